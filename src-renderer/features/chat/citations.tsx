import { Link } from '@tanstack/react-router';
import { Play } from 'lucide-react';
import { createContext, use, type ReactNode } from 'react';
import type { Components } from 'react-markdown';
import type { Citation } from '../../../src-shared/domain/conversation.ts';
import { formatClock } from '../../ui/format.ts';
import { Tooltip } from '../../ui/tooltip.tsx';

const CitationsContext = createContext<readonly Citation[]>([]);

export function Citations({ citations, children }: { citations: readonly Citation[]; children: ReactNode }) {
  return <CitationsContext value={citations}>{children}</CitationsContext>;
}

/** Draws the marks that citationPlugin has found. */
export const citationComponents: Components = {
  cite: ({ node, children }) => <Mark number={Number(node?.properties['dataNumber'])}>{children}</Mark>,
};

/** A mark in the text: the time, and a click plays that moment. A number that stands for nothing stays text. */
function Mark({ number, children }: { number: number; children: ReactNode }) {
  const citation = use(CitationsContext).find((candidate) => candidate.number === number);
  if (citation === undefined) return children;
  return (
    <Tooltip text={`${citation.assetTitle}: “${citation.quote.slice(0, 160)}”`}>
      <MomentLink
        citation={citation}
        className="ml-0.5 inline-flex h-4.5 items-center rounded bg-accent-soft px-1.25 align-[0.1em] text-2xs font-medium text-accent tabular hover:bg-accent hover:text-on-accent"
      >
        {formatClock(citation.startMs)}
      </MomentLink>
    </Tooltip>
  );
}

/** Where an answer has its words from: title, time and what was said. */
export function Sources({ citations }: { citations: readonly Citation[] }) {
  const named = citations.filter(({ isNamed }) => isNamed);
  const others = citations.filter(({ isNamed }) => !isNamed);
  if (citations.length === 0) return null;
  return (
    <section aria-label="Sources" className="mt-3 flex flex-col items-start gap-1.5">
      {named.length === 0 ? null : (
        <ul className="flex flex-wrap gap-1.5">
          {named.map((citation) => (
            <SourceChip key={citation.number} citation={citation} />
          ))}
        </ul>
      )}
      {others.length === 0 ? null : (
        <details className="group/read w-full">
          <summary className="inline-flex h-6 list-none items-center rounded text-xs text-ink-soft hover:text-ink">
            {named.length === 0 ? 'Read for this' : 'Also read for this'}: {others.length}
          </summary>
          <ul className="mt-1.5 flex flex-wrap gap-1.5">
            {others.map((citation) => (
              <SourceChip key={citation.number} citation={citation} />
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}

function SourceChip({ citation }: { citation: Citation }) {
  return (
    <li className="max-w-full">
      <Tooltip text={`“${citation.quote.slice(0, 200)}”`} side="top">
        <MomentLink
          citation={citation}
          className="group/chip flex h-6.5 max-w-72 items-center gap-1.5 rounded-full border border-line bg-raised pr-2.5 pl-1.5 text-xs shadow-card hover:border-accent"
        >
          <Play className="size-3.5 shrink-0 rounded-full bg-accent-soft p-0.75 text-accent group-hover/chip:bg-accent group-hover/chip:text-on-accent" />
          <span className="truncate">{citation.assetTitle}</span>
          <span className="shrink-0 text-ink-soft tabular">{formatClock(citation.startMs)}</span>
        </MomentLink>
      </Tooltip>
    </li>
  );
}

interface MomentLinkProps {
  citation: Citation;
  className: string;
  children: ReactNode;
}

function MomentLink({ citation, className, children, ...rest }: MomentLinkProps) {
  return (
    <Link
      to="/asset/$assetId"
      params={{ assetId: citation.assetId }}
      search={{ at: citation.startMs, play: true }}
      aria-label={`Play ${citation.assetTitle} from ${formatClock(citation.startMs)}`}
      className={className}
      {...rest}
    >
      {children}
    </Link>
  );
}
