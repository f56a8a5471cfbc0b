import { useState } from 'react';
import type { VaultProtection, VaultState } from '../../../src-shared/domain/account.ts';
import { useCommand } from '../../app/command-data.ts';
import { Button } from '../../ui/button.tsx';
import { Select, TextInput } from '../../ui/field.tsx';
import { Labelled } from '../../ui/labelled.tsx';
import { FormError } from './form-parts.tsx';

export const protectionTitles: Record<VaultProtection, string> = {
  keyring: 'In the system keyring',
  passphrase: 'Behind a passphrase',
  'this-run': 'For this run only',
};

/** Opens the credentials with the passphrase, once per start. */
export function UnlockForm() {
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

/** Chooses where the key to the credentials is kept. */
export function ProtectForm({ vault, onDone }: { vault: VaultState; onDone: () => void }) {
  const [protection, setProtection] = useState<VaultProtection>(
    vault.protection ?? (vault.isKeyringAvailable ? 'keyring' : 'passphrase'),
  );
  const [passphrase, setPassphrase] = useState('');
  const protect = useCommand('protectVault', { onSuccess: onDone, onError: () => undefined });
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
        hint={vault.isKeyringAvailable ? undefined : 'This system has no keyring that Longhand can use.'}
      >
        <Select
          className="w-full"
          value={protection}
          onChange={({ target }) => setProtection(target.value as VaultProtection)}
        >
          {Object.entries(protectionTitles).map(([value, title]) => (
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
      <FormError error={protect.error} />
      <div className="flex justify-end gap-2">
        <Button look="primary" type="submit" disabled={isShort || protect.isPending}>
          Save
        </Button>
      </div>
    </form>
  );
}
