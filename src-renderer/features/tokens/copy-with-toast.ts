import { toast } from 'sonner';
import { bridge } from '../../app/bridge.ts';
import { showError } from '../../app/error-toast.tsx';

/** Puts a text on the clipboard and says so. */
export async function copyWithToast(text: string, message: string): Promise<void> {
  const result = await bridge.copyText(text);
  if (result.ok) toast.success(message);
  else showError(result.error);
}
