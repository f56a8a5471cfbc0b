import { Check } from 'lucide-react';
import type { Account } from '../../../src-shared/domain/account.ts';
import { classNames } from '../../ui/class-names.ts';
import { PlatformIcon } from '../posts/platform-icon.tsx';

interface AccountPickerProps {
  accounts: readonly Account[];
  chosenIds: readonly string[];
  onChange: (chosenIds: string[]) => void;
}

/** The accounts as switches side by side; several can be on. */
export function AccountPicker({ accounts, chosenIds, onChange }: AccountPickerProps) {
  return (
    <div role="group" aria-label="Accounts" className="flex flex-wrap gap-1.5">
      {accounts.map((account) => {
        const isChosen = chosenIds.includes(account.accountId);
        return (
          <button
            key={account.accountId}
            type="button"
            aria-pressed={isChosen}
            title={account.handle}
            onClick={() =>
              onChange(
                isChosen
                  ? chosenIds.filter((accountId) => accountId !== account.accountId)
                  : [...chosenIds, account.accountId],
              )
            }
            className={classNames(
              'flex h-8 max-w-56 items-center gap-2 rounded-full border pr-3 pl-2.5 text-xs font-medium transition-colors',
              isChosen
                ? 'border-accent bg-accent-soft text-accent'
                : 'border-line bg-raised text-ink-soft hover:bg-hover hover:text-ink',
            )}
          >
            {isChosen ? (
              <Check className="size-3.5 shrink-0" />
            ) : (
              <PlatformIcon platform={account.platform} className="size-3.5 shrink-0" />
            )}
            <span className="truncate">{account.name}</span>
            {account.state === 'needs-reconnect' ? (
              <span className="size-1.5 shrink-0 rounded-full bg-warn">
                <span className="sr-only">Must be connected again</span>
              </span>
            ) : null}
          </button>
        );
      })}
    </div>
  );
}
