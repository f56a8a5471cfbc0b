import { useQuery } from '@tanstack/react-query';
import { TriangleAlert } from 'lucide-react';
import type { LiveProposal, Proposal } from '../../../../src-shared/domain/proposal.ts';
import { commandQuery } from '../../../app/command-data.ts';
import { ErrorNotice } from '../../../app/error-notice.tsx';
import { ExternalLink } from '../../../app/external-link.tsx';
import { ModeBadge } from '../../../app/mode-badge.tsx';
import { Badge } from '../../../ui/badge.tsx';
import { proposalStateTitles, proposalStateTones } from './proposal-words.ts';
import { Timeline } from './timeline.tsx';

interface ProposalCardProps {
  proposal: Proposal;
}

/** What would happen exactly, and, once it was let through, what becomes of it. */
export function ProposalCard({ proposal }: ProposalCardProps) {
  const { approvalId } = proposal;
  const { data, error, refetch } = useQuery({
    ...commandQuery('readProposals', { approvalIds: approvalId === null ? [] : [approvalId] }),
    enabled: approvalId !== null,
  });
  const live = data?.proposals.find((candidate) => candidate.approvalId === approvalId);
  return (
    <section
      aria-label={proposal.title}
      className="mt-3 overflow-hidden rounded-xl border border-line-strong bg-raised shadow-card"
    >
      <header className="px-4 pt-3">
        <div className="flex items-start gap-2.5">
          <h3 className="min-w-0 flex-1 text-base font-semibold">{proposal.title}</h3>
          {live === undefined ? null : (
            <Badge tone={proposalStateTones[live.state]}>{proposalStateTitles[live.state]}</Badge>
          )}
          <ModeBadge mode={proposal.mode} reason={proposal.reason} />
        </div>
        <p className="mt-0.5 text-xs text-ink-soft">{proposal.reason}</p>
      </header>
      <ProposalLines proposal={proposal} />
      {error === null ? null : <ErrorNotice error={error.dto} retry={() => void refetch()} className="m-3" />}
      {live === undefined ? null : <Outcome live={live} />}
    </section>
  );
}

function ProposalLines({ proposal }: { proposal: Proposal }) {
  const { lines, costs, warnings } = proposal;
  return (
    <>
      <dl className="selectable flex flex-col gap-2 px-4 py-3">
        {lines.map(({ label, value }) => (
          <div key={label} className="flex gap-3">
            <dt className="w-24 shrink-0 text-xs leading-5 text-ink-soft">{label}</dt>
            <dd className="min-w-0 flex-1 wrap-anywhere whitespace-pre-wrap">{value}</dd>
          </div>
        ))}
        {costs.length === 0 ? null : (
          <div className="flex gap-3">
            <dt className="w-24 shrink-0 text-xs leading-5 text-ink-soft">Costs</dt>
            <dd>
              {costs
                .map(({ unit, amount, account }) =>
                  account === null ? `${amount} ${unit}` : `${amount} ${unit} on ${account}`,
                )
                .join(', ')}
            </dd>
          </div>
        )}
      </dl>
      {warnings.length === 0 ? null : (
        <ul className="mx-4 mb-3 flex flex-col gap-1 rounded-lg bg-warn-soft px-3 py-2">
          {warnings.map((warning) => (
            <li key={warning} className="flex gap-2">
              <TriangleAlert aria-label="Warning" className="mt-0.5 size-4 shrink-0 text-warn" /> {warning}
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

/** What has become of it: stays true for as long as the card is looked at. */
function Outcome({ live }: { live: LiveProposal }) {
  if (live.state === 'pending') return null;
  return (
    <div className="border-t border-line bg-panel/60">
      <p role="status" className="px-4 py-2.5">
        {live.message}
        {live.workflowId === null ? null : (
          <span className="selectable mt-0.5 block font-mono text-2xs break-all text-ink-faint">
            {live.workflowId}
          </span>
        )}
      </p>
      {live.receipts.length === 0 ? null : (
        <div className="border-t border-line">
          <Timeline
            label="Receipts"
            steps={live.receipts.map(({ at, title, detail, url }) => ({
              at,
              title,
              detail,
              isEmphasised: false,
              link: url === null ? null : <ExternalLink address={url}>{new URL(url).host}</ExternalLink>,
            }))}
          />
        </div>
      )}
    </div>
  );
}
