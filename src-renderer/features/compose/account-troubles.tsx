import { Unplug } from 'lucide-react';
import { openSettings } from '../../app/navigation.ts';
import { Button } from '../../ui/button.tsx';

export interface NamedAccount {
  accountId: string;
  name: string;
}

interface AccountTroublesProps {
  /** Disconnected: the post cannot go out before they are back or taken off. */
  gone: readonly NamedAccount[];
  /** Their platform refuses the credentials: the post waits until they are connected again. */
  refused: readonly NamedAccount[];
  onTakeOff: (accountId: string) => void;
}

/** Accounts of a post that it cannot reach as things are, and what can be done. */
export function AccountTroubles({ gone, refused, onTakeOff }: AccountTroublesProps) {
  if (gone.length + refused.length === 0) return null;
  return (
    <ul aria-label="Accounts out of reach" className="mt-3 flex flex-col gap-1.5">
      {[...gone, ...refused].map(({ accountId, name }) => {
        const isGone = gone.some((account) => account.accountId === accountId);
        return (
          <li
            key={accountId}
            className="flex flex-wrap items-center gap-2 rounded-lg bg-warn-soft py-2 pr-2 pl-3.5"
          >
            <Unplug className="size-4 shrink-0 text-warn" />
            <span className="min-w-40 flex-1">
              {isGone
                ? `${name} is disconnected, so this cannot go there.`
                : `${name} must be connected again. Until then this waits.`}
            </span>
            <Button size="small" onClick={() => openSettings('accounts')}>
              Connect it again
            </Button>
            {isGone ? (
              <Button size="small" onClick={() => onTakeOff(accountId)}>
                Take it off
              </Button>
            ) : null}
          </li>
        );
      })}
    </ul>
  );
}
