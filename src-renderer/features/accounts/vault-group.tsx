import { KeyRound, LockKeyhole, LockKeyholeOpen } from 'lucide-react';
import { useState } from 'react';
import type { VaultProtection, VaultState } from '../../../src-shared/domain/account.ts';
import { useCommand } from '../../app/command-data.ts';
import { Button } from '../../ui/button.tsx';
import { Confirm } from '../../ui/confirm.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Select, TextInput } from '../../ui/field.tsx';
import { Labelled } from '../../ui/labelled.tsx';
import { Group } from '../settings/section-parts.tsx';

const protections: Record<VaultProtection, string> = {
  keyring: 'In the keyring of the system',
  passphrase: 'Behind a passphrase',
  'this-run': 'For this run only',
};

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
                    : protections[vault.protection]}
            </p>
            <p className="mt-0.5 text-xs text-ink-soft">{vault.message}</p>
            {vault.state === 'locked' ? <UnlockForm /> : null}
          </div>
          {isShut ? (
            <Button size="small" onClick={() => setDialog('reset')}>
              Start anew…
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

function UnlockForm() {
  const [passphrase, setPassphrase] = useState('');
  const unlock = useCommand('unlockVault', { onError: () => undefined });
  return (
    <form
      className="mt-2.5 flex max-w-sm gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        unlock.mutate({ passphrase });
      }}
    >
      <div className="min-w-0 flex-1">
        <TextInput
          type="password"
          aria-label="Passphrase"
          placeholder="Passphrase"
          autoComplete="off"
          aria-invalid={unlock.isError}
          value={passphrase}
          onChange={({ target }) => setPassphrase(target.value)}
        />
        {unlock.error === null ? null : (
          <p role="alert" className="mt-1 text-xs text-bad">
            {unlock.error.dto.userMessage}
          </p>
        )}
      </div>
      <Button look="primary" type="submit" disabled={passphrase === '' || unlock.isPending}>
        Unlock
      </Button>
    </form>
  );
}

function ProtectForm({ vault, onDone }: { vault: VaultState; onDone: () => void }) {
  const [protection, setProtection] = useState<VaultProtection>(
    vault.protection ?? (vault.isKeyringAvailable ? 'keyring' : 'passphrase'),
  );
  const [passphrase, setPassphrase] = useState('');
  const protect = useCommand('protectVault', { onSuccess: onDone });
  const isShort = protection === 'passphrase' && passphrase.length < 8;
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        if (isShort) return;
        protect.mutate({ protection, ...(protection === 'passphrase' ? { passphrase } : {}) });
      }}
    >
      <Labelled
        label="The key is kept"
        hint={vault.isKeyringAvailable ? undefined : 'This system has no keyring that Longhand could use.'}
      >
        <Select
          className="w-full"
          value={protection}
          onChange={({ target }) => setProtection(target.value as VaultProtection)}
        >
          {Object.entries(protections).map(([value, title]) => (
            <option key={value} value={value} disabled={value === 'keyring' && !vault.isKeyringAvailable}>
              {title}
            </option>
          ))}
        </Select>
      </Labelled>
      {protection === 'passphrase' ? (
        <Labelled label="Passphrase" hint="At least 8 characters. Asked for once after each start.">
          <TextInput
            type="password"
            autoComplete="new-password"
            value={passphrase}
            onChange={({ target }) => setPassphrase(target.value)}
          />
        </Labelled>
      ) : null}
      {protection === 'this-run' ? (
        <p className="text-xs text-ink-soft">
          Accounts must be connected again after each start; what is due before that waits.
        </p>
      ) : null}
      <div className="flex justify-end gap-2">
        <Button onClick={onDone}>Cancel</Button>
        <Button look="primary" type="submit" disabled={isShort || protect.isPending}>
          Keep them so
        </Button>
      </div>
    </form>
  );
}
