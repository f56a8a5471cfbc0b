import { useQuery } from '@tanstack/react-query';
import { commandQuery } from '../../app/command-data.ts';
import { useZone } from '../../app/zone.ts';
import { formatQuantity } from '../../ui/format.ts';
import { formatDateTimeIn } from '../../ui/zone-time.ts';
import { principalTitle } from '../approvals/approval-words.ts';
import { Group } from '../settings/section-parts.tsx';
import { operationTitles, unitNouns } from './unit-words.ts';

/** Line by line what was set aside, spent and given back; the sums are what the budgets show. */
export function Ledger() {
  const zone = useZone();
  const { data } = useQuery(commandQuery('readLedger', { limit: 50 }));
  const { data: accounts } = useQuery(commandQuery('listAccounts', {}));
  const { data: tokens } = useQuery(commandQuery('listTokens', {}));
  const placeOf = (accountId: string | null) => {
    const account = accounts?.accounts.find((one) => one.accountId === accountId);
    return account === undefined ? '' : ` · ${account.name}`;
  };
  if (data === undefined || data.entries.length === 0) return null;
  return (
    <Group
      title="Ledger"
      description={data.totals
        .filter(({ spent, reserved }) => spent > 0 || reserved > 0)
        .map(
          ({ unit, spent, reserved }) =>
            `${formatQuantity(spent, unitNouns[unit])} spent${reserved === 0 ? '' : `, ${reserved} set aside`}`,
        )
        .join('; ')}
    >
      <ul className="divide-y divide-line rounded-xl border border-line bg-raised shadow-card">
        {data.entries.map((entry) => (
          <li key={entry.entryId} className="flex items-baseline gap-3 px-4 py-2">
            <span className="w-24 shrink-0 font-medium">{operationTitles[entry.operation]}</span>
            <span className="min-w-0 flex-1 truncate text-ink-soft">
              {formatQuantity(
                Math.max(Math.abs(entry.reserved), Math.abs(entry.spent)),
                unitNouns[entry.unit],
              )}
              {placeOf(entry.accountId)} · {principalTitle(entry.principal, tokens?.tokens)}
              {entry.note === null ? '' : `: ${entry.note}`}
            </span>
            <time dateTime={entry.at} className="shrink-0 text-xs text-ink-soft tabular">
              {formatDateTimeIn(entry.at, zone)}
            </time>
          </li>
        ))}
      </ul>
    </Group>
  );
}
