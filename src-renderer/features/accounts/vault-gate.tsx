import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { commandQuery } from '../../app/command-data.ts';
import { ProtectForm, UnlockForm } from './vault-forms.tsx';

/** Lets nobody hand over a secret before it is known how it will be kept. */
export function VaultGate({ children }: { children: ReactNode }) {
  const { data: vault } = useQuery(commandQuery('readVaultState', {}));
  if (vault === undefined) return null;
  if (vault.state === 'not-set-up' && !vault.isKeyringAvailable)
    return (
      <>
        <p className="mb-4 rounded-lg bg-panel px-3.5 py-2.5 text-ink-soft">
          First choose how credentials are kept: this system has no keyring that Longhand can use.
        </p>
        <ProtectForm vault={vault} onDone={() => undefined} />
      </>
    );
  if (vault.state === 'locked' || vault.state === 'lost')
    return (
      <>
        <p className="text-ink-soft">{vault.message}</p>
        {vault.state === 'locked' ? <UnlockForm /> : null}
      </>
    );
  return children;
}
