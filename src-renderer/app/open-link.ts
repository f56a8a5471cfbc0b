import { bridge } from './bridge.ts';
import { showError } from './error-toast.tsx';

/** Opens a page in the browser of the system; nothing foreign is ever shown in the window itself. */
export async function openLink(url: string): Promise<void> {
  const result = await bridge.openLink(url);
  if (!result.ok) showError(result.error);
}
