import { KeyRound, LockKeyhole, LockKeyholeOpen } from 'lucide-react';
import { useState } from 'react';
import type { VaultState } from '../../../src-shared/domain/account.ts';
import { useCommand } from '../../app/command-data.ts';
import { Button } from '../../ui/button.tsx';
import { Confirm } from '../../ui/confirm.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Group } from '../settings/section-parts.tsx';
import { ProtectForm, protectionTitles, UnlockForm } from './vault-forms.tsx';

/** How the credentials are kept, and the way to them where they are locked. */
export function VaultGroup({ vault }: { vault: VaultState }) {
  const [dialog, setDialog] = useState<'protect' | 'reset' | null>(null);
  const reset = useCommand('resetVault');
  const isShut = vault.state === 'locked' || vault.state === 'lost';
  return (
    <Group title="Credentials">
      <div
        className={`rounded-xl border px-4 py-3 shadow-card ${isShut ? 'border-transparent bg-warn-soft' : 'border-line bg-raised'}`}
      >
        <div className="flex items-start gap-3.5">
          {isShut ? (
            <LockKeyhole className="mt-0.5 size-5 shrink-0 text-warn" />
          ) : vault.state === 'unlocked' ? (
            <LockKeyholeOpen className="mt-0.5 size-5 shrink-0 text-good" />
          ) : (
            <KeyRound className="mt-0.5 size-5 shrink-0 text-ink-soft" />
          )}
          <div className="min-w-0 flex-1">
            <p className="font-medium">
              {vault.state === 'locked'
                ? 'The credentials are locked'
                : vault.state === 'lost'
                  ? 'The key to the credentials is gone'
                  : vault.protection === null
                    ? 'Nothing is kept yet'
                    : protectionTitles[vault.protection]}
            </p>
            <p className="mt-0.5 text-xs text-ink-soft">{vault.message}</p>
            {vault.state === 'locked' ? <UnlockForm /> : null}
          </div>
          {isShut ? (
            <Button size="small" onClick={() => setDialog('reset')}>
              Start over…
            </Button>
          ) : (
            <Button size="small" onClick={() => setDialog('protect')}>
              Change…
            </Button>
          )}
        </div>
      </div>
      <Dialog
        isOpen={dialog === 'protect'}
        onOpenChange={() => setDialog(null)}
        title="How credentials are kept"
        description="They are encrypted in any case; this is about the key."
      >
        <ProtectForm vault={vault} onDone={() => setDialog(null)} />
      </Dialog>
      <Confirm
        isOpen={dialog === 'reset'}
        onOpenChange={() => setDialog(null)}
        title="Forget all credentials?"
        description="Each account must be connected again. Posts, drafts and receipts stay; what waits goes on once its account is back."
        action="Forget them"
        onConfirm={() => reset.mutate({})}
      />
    </Group>
  );
}
