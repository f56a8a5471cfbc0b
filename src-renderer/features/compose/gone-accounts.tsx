import { Unplug } from 'lucide-react';
import { openSettings } from '../../app/navigation.ts';
import { Button } from '../../ui/button.tsx';

export interface GoneAccount {
  accountId: string;
  name: string;
}

interface GoneAccountsProps {
  accounts: readonly GoneAccount[];
  onTakeOff: (accountId: string) => void;
}

/** Accounts that a post was written for and that are disconnected: it cannot go out before they are back or taken off. */
export function GoneAccounts({ accounts, onTakeOff }: GoneAccountsProps) {
  if (accounts.length === 0) return null;
  return (
    <ul aria-label="Disconnected accounts" className="mt-3 flex flex-col gap-1.5">
      {accounts.map(({ accountId, name }) => (
        <li
          key={accountId}
          className="flex flex-wrap items-center gap-2 rounded-lg bg-warn-soft py-2 pr-2 pl-3.5"
        >
          <Unplug className="size-4 shrink-0 text-warn" />
          <span className="min-w-40 flex-1">{name} is disconnected, so this cannot go there.</span>
          <Button size="small" onClick={() => openSettings('accounts')}>
            Connect it again
          </Button>
          <Button size="small" onClick={() => onTakeOff(accountId)}>
            Take it off
          </Button>
        </li>
      ))}
    </ul>
  );
}
