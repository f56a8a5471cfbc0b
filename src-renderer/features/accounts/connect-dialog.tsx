import { platformWindows } from '../../../src-connectors/windows.ts';
import type { Platform } from '../../../src-shared/domain/account.ts';
import { descriptionOf, usualPlatform } from '../../../src-shared/domain/platforms/known-platforms.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { VaultGate } from './vault-gate.tsx';

interface ConnectDialogProps {
  /** Null while it is closed. */
  platform: Platform | null;
  onClose: () => void;
}

/** Connects an account; each platform has a form of its own. */
export function ConnectDialog({ platform, onClose }: ConnectDialogProps) {
  const { title, description, Form } = platformWindows[platform ?? usualPlatform].connect;
  const form = <Form onDone={onClose} />;
  return (
    <Dialog
      isOpen={platform !== null}
      onOpenChange={(isOpen) => {
        if (!isOpen) onClose();
      }}
      title={title}
      description={description}
    >
      {platform === null ? null : descriptionOf(platform).hasCredentials ? (
        <VaultGate>{form}</VaultGate>
      ) : (
        form
      )}
    </Dialog>
  );
}
