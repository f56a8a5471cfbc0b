import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Download, ScrollText, ShieldCheck, ShieldX } from 'lucide-react';
import { useDeferredValue, useState } from 'react';
import { toast } from 'sonner';
import type { AuditRow } from '../../../src-shared/domain/audit.ts';
import { bridge } from '../../app/bridge.ts';
import { callCommand, commandQuery, useCommand } from '../../app/command-data.ts';
import { toErrorDto, type CommandError } from '../../app/command-error.ts';
import { ErrorNotice } from '../../app/error-notice.tsx';
import { showError } from '../../app/error-toast.tsx';
import { useZone } from '../../app/zone.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { TextInput } from '../../ui/field.tsx';
import { formatQuantity } from '../../ui/format.ts';
import { Segmented } from '../../ui/segmented.tsx';
import { formatDateTimeIn } from '../../ui/zone-time.ts';
import { commandTitle, principalTitle } from '../approvals/approval-words.ts';
import { Group, RowsSkeleton } from '../settings/section-parts.tsx';
import { doorTitle, outcomeTitle, outcomeTone } from './audit-words.ts';
import { joinParts } from './export-audit.ts';

const shown = [
  { value: 'all', label: 'Everything' },
  { value: 'refused', label: 'Refused' },
] as const;

async function exportAll(): Promise<void> {
  try {
    const { fileName, text, rowCount } = await joinParts((after) => callCommand('exportAudit', { after }));
    const saved = await bridge.saveTextFile(fileName, text);
    if (!saved.ok) showError(saved.error, { onRetry: () => void exportAll() });
    else if (saved.value.savedAs !== null)
      toast.success(`${formatQuantity(rowCount, 'line')} saved`, { description: saved.value.savedAs });
  } catch (thrown) {
    showError(toErrorDto(thrown), { onRetry: () => void exportAll() });
  }
}

/** Who did or tried what, through which door, and what came of it; never changed afterwards. */
export function AuditSection() {
  const [text, setText] = useState('');
  const [kind, setKind] = useState<'all' | 'refused'>('all');
  const wanted = useDeferredValue(text.trim());
  return (
    <>
      <Verification />
      <Group
        title="Log"
        description="Every change, also those that were refused. Never a secret."
        action={
          <Button onClick={() => void exportAll()}>
            <Download /> Export…
          </Button>
        }
      >
        <div className="mb-3 flex flex-wrap items-center gap-2">
          <TextInput
            type="search"
            aria-label="Search the audit"
            placeholder="Who, what, where, or an id"
            value={text}
            onChange={({ target }) => setText(target.value)}
            className="w-72"
          />
          <Segmented label="Which lines" value={kind} options={shown} onChange={setKind} />
        </div>
        <AuditRows text={wanted} onlyRefused={kind === 'refused'} />
      </Group>
    </>
  );
}

function Verification() {
  const check = useCommand('verifyAudit');
  const result = check.data;
  return (
    <Group>
      <div className="flex items-center gap-3.5 rounded-xl border border-line bg-raised px-4 py-3 shadow-card">
        {result?.isWhole === false ? (
          <ShieldX className="size-5 shrink-0 text-bad" />
        ) : (
          <ShieldCheck
            className={`size-5 shrink-0 ${result === undefined ? 'text-ink-faint' : 'text-good'}`}
          />
        )}
        <div className="min-w-0 flex-1" role="status">
          <p className="font-medium">
            {result === undefined
              ? 'Each line holds the fingerprint of the one before'
              : result.isWhole
                ? `Nothing was changed in ${formatQuantity(result.rowCount, 'line')}`
                : `The chain is broken at line ${result.firstBrokenSequence ?? '?'}`}
          </p>
          <p className="mt-0.5 text-xs break-words text-ink-soft">
            {result === undefined
              ? 'A line that is changed or taken out breaks the chain.'
              : `Newest fingerprint: ${result.newestHash.slice(0, 24)}…`}
          </p>
        </div>
        <Button disabled={check.isPending} onClick={() => check.mutate({})}>
          Check the chain
        </Button>
      </div>
    </Group>
  );
}

function AuditRows({ text, onlyRefused }: { text: string; onlyRefused: boolean }) {
  const input = { ...(text === '' ? {} : { text }), onlyRefused, limit: 100 };
  const { data, error, refetch, fetchNextPage, hasNextPage, isFetchingNextPage } = useInfiniteQuery<
    Awaited<ReturnType<typeof readPage>>,
    CommandError,
    { pages: Awaited<ReturnType<typeof readPage>>[] },
    readonly ['searchAudit', typeof input, 'pages'],
    number | undefined
  >({
    queryKey: ['searchAudit', input, 'pages'],
    queryFn: ({ pageParam }) => readPage(input, pageParam),
    initialPageParam: undefined,
    getNextPageParam: ({ rows, hasMore }) => (hasMore ? rows.at(-1)?.sequence : undefined),
    placeholderData: (previous) => previous,
  });
  if (data === undefined)
    return error === null ? (
      <RowsSkeleton count={6} />
    ) : (
      <ErrorNotice error={error.dto} retry={() => void refetch()} />
    );
  const rows = data.pages.flatMap((page) => page.rows);
  if (rows.length === 0)
    return (
      <EmptyState
        icon={<ScrollText />}
        title={text === '' ? 'Nothing to show' : `Nothing found for “${text}”`}
      >
        {onlyRefused ? 'Nothing was refused.' : 'Try fewer or other words.'}
      </EmptyState>
    );
  return (
    <>
      <div
        role="region"
        aria-label="Audit lines"
        tabIndex={0}
        className="overflow-x-auto rounded-xl border border-line bg-raised shadow-card"
      >
        <table className="w-full text-left">
          <thead className="border-b border-line text-xs text-ink-soft">
            <tr>
              {['When', 'Who', 'What', 'Outcome'].map((title) => (
                <th key={title} scope="col" className="px-2 py-2 font-medium first:pl-4 last:pr-4 lg:px-3">
                  {title}
                </th>
              ))}
            </tr>
          </thead>
          <tbody className="divide-y divide-line">
            {rows.map((row) => (
              <AuditLine key={row.sequence} row={row} />
            ))}
          </tbody>
        </table>
      </div>
      {hasNextPage ? (
        <div className="mt-3 flex justify-center">
          <Button look="ghost" disabled={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            Older lines
          </Button>
        </div>
      ) : null}
    </>
  );
}

function readPage(input: { text?: string; onlyRefused: boolean; limit: number }, before: number | undefined) {
  return callCommand('searchAudit', { ...input, ...(before === undefined ? {} : { before }) });
}

function AuditLine({ row }: { row: AuditRow }) {
  const zone = useZone();
  const { data: tokens } = useQuery(commandQuery('listTokens', {}));
  const cell = 'px-2 py-2 align-top lg:px-3';
  return (
    <tr>
      <td className={`${cell} min-w-28 pl-4 text-ink-soft lg:pl-4 lg:whitespace-nowrap tabular`}>
        {formatDateTimeIn(row.at, zone)}
      </td>
      <td className={`${cell} whitespace-nowrap`}>
        {principalTitle(row.principal, tokens?.tokens)}
        <div className="text-xs text-ink-soft">{doorTitle(row.door)}</div>
      </td>
      <td className={`${cell} w-full min-w-32 selectable`}>
        {commandTitle(row.command)}
        <div className="w-0 min-w-full truncate font-mono text-2xs text-ink-faint" title={row.entityId ?? ''}>
          {row.entityId}
        </div>
      </td>
      <td className={`${cell} pr-4 lg:pr-4`}>
        <Badge
          tone={outcomeTone(row.outcome)}
          className="h-auto min-h-5 w-max max-w-24 whitespace-normal lg:max-w-52"
        >
          {outcomeTitle(row.outcome, row.command)}
        </Badge>
      </td>
    </tr>
  );
}
