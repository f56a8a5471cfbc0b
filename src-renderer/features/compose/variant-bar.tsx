import { PenLine } from 'lucide-react';
import type { Account } from '../../../src-shared/domain/account.ts';
import type { PostCheck } from '../../../src-shared/domain/post-check.ts';
import type { VariantContent } from '../../../src-shared/domain/variant-content.ts';
import { Button } from '../../ui/button.tsx';
import { classNames } from '../../ui/class-names.ts';
import { PlatformIcon } from '../posts/platform-icon.tsx';

interface VariantBarProps {
  accounts: readonly Account[];
  variants: Readonly<Record<string, VariantContent>>;
  /** The account that is looked at; null: all. */
  shownId: string | null;
  checks: readonly PostCheck[];
  onShow: (accountId: string | null) => void;
  onSeparate: (accountId: string) => void;
  onJoin: (accountId: string) => void;
}

/** Whose words are written: those for all, or those of one account. Shown once there is something to choose. */
export function VariantBar(props: VariantBarProps) {
  const { accounts, variants, shownId, checks, onShow, onSeparate, onJoin } = props;
  if (accounts.length < 2) return <div className="h-5" />;
  const shown = accounts.find(({ accountId }) => accountId === shownId);
  const hasErrors = (accountId: string) =>
    checks.some(
      (check) => check.accountId === accountId && check.findings.some(({ severity }) => severity === 'error'),
    );
  const tab =
    'relative -mb-px flex h-9 items-center gap-1.5 border-b-2 border-transparent px-0.5 font-medium text-ink-soft hover:text-ink aria-pressed:border-accent aria-pressed:text-ink';
  return (
    <>
      <div
        role="group"
        aria-label="Whose words"
        className="mt-4 mb-4 flex flex-wrap gap-x-5 border-b border-line"
      >
        <button type="button" aria-pressed={shown === undefined} className={tab} onClick={() => onShow(null)}>
          For all
        </button>
        {accounts.map(({ accountId, name, platform }) => (
          <button
            key={accountId}
            type="button"
            aria-pressed={accountId === shownId}
            className={classNames(tab, 'max-w-44')}
            onClick={() => onShow(accountId)}
          >
            <PlatformIcon platform={platform} className="size-3.5" />
            <span className="truncate">{name}</span>
            {variants[accountId] === undefined ? null : (
              <PenLine aria-label="Has its own version" className="size-3.5 shrink-0 text-accent" />
            )}
            {hasErrors(accountId) ? (
              <span className="size-1.5 shrink-0 rounded-full bg-bad">
                <span className="sr-only">Does not fit yet</span>
              </span>
            ) : null}
          </button>
        ))}
      </div>
      {shown === undefined ? null : variants[shown.accountId] === undefined ? (
        <div className="mb-3 flex items-center gap-3 rounded-lg bg-panel px-3.5 py-2 text-ink-soft">
          <span className="flex-1">{shown.name} gets the text for all.</span>
          <Button size="small" onClick={() => onSeparate(shown.accountId)}>
            Write a version for it
          </Button>
        </div>
      ) : (
        <div className="mb-3 flex items-center gap-3 rounded-lg bg-accent-soft/60 px-3.5 py-2">
          <span className="flex-1">Only {shown.name} gets this text.</span>
          <Button size="small" onClick={() => onJoin(shown.accountId)}>
            Use the text for all
          </Button>
        </div>
      )}
    </>
  );
}
