import { platformWindows } from '../../../src-connectors/windows.ts';
import type { Account } from '../../../src-shared/domain/account.ts';
import { Dialog } from '../../ui/dialog.tsx';

interface ReconnectDialogProps {
  account: Account;
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
}

/** Gives an account a new secret. What waits for it goes on by itself. */
export function ReconnectDialog({ account, isOpen, onOpenChange }: ReconnectDialogProps) {
  const { ReconnectForm } = platformWindows[account.platform];
  return (
    <Dialog
      isOpen={isOpen}
      onOpenChange={onOpenChange}
      title={`Connect ${account.name} again`}
      description="Posts that wait for it go on by themselves."
    >
      {ReconnectForm === undefined ? null : (
        <ReconnectForm account={account} onDone={() => onOpenChange(false)} />
      )}
    </Dialog>
  );
}
