import { useQuery } from '@tanstack/react-query';
import { TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import type { CommandPreview } from '../../../src-shared/domain/approval.ts';
import { commandQuery } from '../../app/command-data.ts';
import { classNames } from '../../ui/class-names.ts';
import { formatQuantity } from '../../ui/format.ts';

interface CommandPreviewCardProps {
  preview: CommandPreview;
  /** What it is at: a badge, an expiry. */
  status?: ReactNode;
  /** Approve, reject, open. */
  actions?: ReactNode;
  /** Of the title; 2 unless the card stands under a heading of its own. */
  headingLevel?: 2 | 3;
  className?: string;
}

/** Exactly what a command would do, as a card to read before it is done. */
export function CommandPreviewCard(props: CommandPreviewCardProps) {
  const { preview, status, actions, headingLevel = 2, className } = props;
  const Heading = headingLevel === 2 ? 'h2' : 'h3';
  // The posts of a plan stand beside their times.
  const hasWideLabels = preview.lines.some(({ label }) => label.length > 16);
  const { data } = useQuery(commandQuery('listAccounts', {}));
  const nameOf = (accountId: string) =>
    data?.accounts.find((account) => account.accountId === accountId)?.name ?? 'an account';
  return (
    <article className={classNames('rounded-xl border border-line bg-raised shadow-card', className)}>
      <header className="flex flex-wrap items-start gap-x-3 gap-y-1 px-4 pt-3.5 pb-2.5">
        <Heading className="min-w-48 flex-1 text-base font-semibold">{preview.title}</Heading>
        {status === undefined ? null : <div className="flex shrink-0 items-center gap-2">{status}</div>}
      </header>
      <dl className="selectable flex flex-col gap-2.5 px-4 pb-4">
        {preview.lines.map(({ label, value }, index) => (
          <PreviewLine key={`${label} ${index}`} label={label} value={value} hasWideLabels={hasWideLabels} />
        ))}
        {preview.costs.length === 0 ? null : (
          <PreviewLine
            label="Costs"
            value={preview.costs.map((cost) => costText(cost, nameOf)).join(', ')}
            hasWideLabels={hasWideLabels}
          />
        )}
      </dl>
      {preview.warnings.length === 0 ? null : (
        <ul className="mx-4 mb-4 flex flex-col gap-1 rounded-lg bg-warn-soft px-3 py-2">
          {preview.warnings.map((warning) => (
            <li key={warning} className="flex gap-2">
              <TriangleAlert aria-label="Warning" className="mt-0.5 size-4 shrink-0 text-warn" />
              <span>{warning}</span>
            </li>
          ))}
        </ul>
      )}
      {actions === undefined ? null : (
        <footer className="flex flex-wrap items-center gap-2 rounded-b-xl border-t border-line bg-panel px-4 py-2.5">
          {actions}
        </footer>
      )}
    </article>
  );
}

interface PreviewLineProps {
  label: string;
  value: string;
  hasWideLabels: boolean;
}

/** Short values stand beside their label; what somebody would read stands below it, as it would be published. */
function PreviewLine({ label, value, hasWideLabels }: PreviewLineProps) {
  const isLong = value.length > 90 || value.includes('\n');
  return (
    <div className={isLong ? '' : 'flex gap-3'}>
      <dt
        className={classNames(
          'text-xs leading-5 text-ink-soft',
          isLong ? 'mb-1' : hasWideLabels ? 'w-56 shrink-0' : 'w-24 shrink-0',
        )}
      >
        {label}
      </dt>
      <dd
        className={classNames(
          'min-w-0 break-words whitespace-pre-wrap',
          isLong && 'max-h-72 overflow-y-auto rounded-lg bg-panel px-3 py-2',
        )}
      >
        {value}
      </dd>
    </div>
  );
}

const unitNouns = {
  posts: 'post',
  'model-minutes': 'model minute',
  'rendering-minutes': 'rendering minute',
} as const satisfies Record<CommandPreview['costs'][number]['unit'], string>;

function costText(
  { unit, amount, account }: CommandPreview['costs'][number],
  nameOf: (accountId: string) => string,
): string {
  const cost = formatQuantity(amount, unitNouns[unit]);
  return account === undefined ? cost : `${cost} on ${nameOf(account)}`;
}
