import { Copy, ExternalLink as Icon } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { toast } from 'sonner';
import { Button } from '../ui/button.tsx';
import { classNames } from '../ui/class-names.ts';
import { Dialog } from '../ui/dialog.tsx';
import { bridge } from './bridge.ts';
import { showError } from './error-toast.tsx';
import { openLink } from './open-link.ts';

async function copy(address: string): Promise<void> {
  const result = await bridge.copyText(address);
  if (result.ok) toast('Address copied');
  else showError(result.error);
}

interface ExternalLinkProps {
  address: string;
  children: ReactNode;
  className?: string;
}

/**
 * A link out of the window. Its words may come from a model or a stranger's post, so the whole address is shown before
 * it is opened in the browser of the system.
 */
export function ExternalLink({ address, children, className }: ExternalLinkProps) {
  const [isAsking, setIsAsking] = useState(false);
  // Look-alike letters and odd spellings are shown as the browser would take them.
  const shown = URL.canParse(address) ? new URL(address).href : address;
  return (
    <>
      <a
        href={shown}
        title={shown}
        onClick={(event) => {
          event.preventDefault();
          setIsAsking(true);
        }}
        onAuxClick={(event) => event.preventDefault()}
        className={classNames(
          'text-accent underline decoration-accent/40 underline-offset-2 hover:decoration-accent',
          className,
        )}
      >
        {children}
      </a>
      <Dialog
        isOpen={isAsking}
        onOpenChange={setIsAsking}
        title="Open this page?"
        description="It opens in your browser, outside of Longhand."
      >
        <p className="selectable max-h-40 overflow-y-auto rounded-lg bg-panel p-3 font-mono text-xs break-all">
          {shown}
        </p>
        <div className="mt-4 flex justify-end gap-2">
          <Button onClick={() => void copy(shown)}>
            <Copy /> Copy
          </Button>
          <Button
            look="primary"
            onClick={() => {
              setIsAsking(false);
              void openLink(shown);
            }}
          >
            <Icon /> Open in the browser
          </Button>
        </div>
      </Dialog>
    </>
  );
}
