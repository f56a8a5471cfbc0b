import { useQuery } from '@tanstack/react-query';
import { Check, Pencil, X } from 'lucide-react';
import { useState } from 'react';
import type { Approval } from '../../../../src-shared/domain/approval.ts';
import { letThroughTitle, wasLetThrough } from '../../../../src-shared/domain/approval-words.ts';
import type { LiveProposal, Proposal } from '../../../../src-shared/domain/proposal.ts';
import { commandQuery, useCommand } from '../../../app/command-data.ts';
import { ErrorNotice } from '../../../app/error-notice.tsx';
import { ModeBadge } from '../../../app/mode-badge.tsx';
import { Badge } from '../../../ui/badge.tsx';
import { Button } from '../../../ui/button.tsx';
import { formatRelative } from '../../../ui/format.ts';
import { useNow } from '../../../ui/now.ts';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { CommandPreviewCard } from '../../approvals/command-preview-card.tsx';
import { EditProposal } from './edit-proposal.tsx';
import { readEditable } from './proposal-input.ts';
import { ProposalOutcome } from './proposal-outcome.tsx';
import { badgeOf } from './proposal-words.ts';

/** Something real that would happen: exactly what, whether it may, and once it may, what becomes of it. */
export function ProposalCard({ proposal }: { proposal: Proposal }) {
  const { approvalId, title, lines, warnings, mode, reason } = proposal;
  if (approvalId !== null) return <LiveCard approvalId={approvalId} proposal={proposal} />;
  // It was let through at once, and what became of it could not be read then.
  return (
    <CommandPreviewCard
      className="mt-3"
      headingLevel={3}
      preview={{ title, lines, warnings, costs: [] }}
      status={<ModeBadge mode={mode} reason={reason} />}
      actions={
        <p className="selectable text-xs text-ink-soft">
          {letThroughTitle}. <span className="font-mono">{proposal.workflowId}</span>
        </p>
      }
    />
  );
}

/** Follows what waits through edits: an edited version stands in the place of the one before. */
function LiveCard({ approvalId, proposal }: { approvalId: string; proposal: Proposal }) {
  const read = useQuery(commandQuery('readApproval', { approvalId }));
  const { data: states } = useQuery(commandQuery('readProposals', { approvalIds: [approvalId] }));
  const approval = read.data?.approval;
  const live = states?.proposals.find((candidate) => candidate.approvalId === approvalId);
  if (approval === undefined) {
    return read.error === null ? (
      <Skeleton className="mt-3 h-48 rounded-xl" />
    ) : (
      <ErrorNotice error={read.error.dto} retry={() => void read.refetch()} className="mt-3" />
    );
  }
  if (approval.replacedBy !== null) {
    return <LiveCard key={approval.replacedBy} approvalId={approval.replacedBy} proposal={proposal} />;
  }
  return <OneCard approval={approval} live={live} proposal={proposal} />;
}

interface OneCardProps {
  approval: Approval;
  live: LiveProposal | undefined;
  proposal: Proposal;
}

function OneCard({ approval, live, proposal }: OneCardProps) {
  const { title, tone } = badgeOf(approval, live);
  return (
    <div role="group" aria-label={`Proposal: ${approval.preview.title}`} className="mt-3">
      <CommandPreviewCard
        headingLevel={3}
        preview={approval.preview}
        status={
          <>
            <Badge tone={tone}>{title}</Badge>
            <ModeBadge mode={proposal.mode} reason={proposal.reason} />
          </>
        }
        actions={
          approval.state === 'pending' ? (
            <Decision approval={approval} reason={proposal.reason} />
          ) : (
            <>
              {wasLetThrough(approval) ? (
                <p className="w-full text-xs text-ink-soft">{letThroughTitle}.</p>
              ) : null}
              <ProposalOutcome live={live} />
            </>
          )
        }
      />
    </div>
  );
}

/** One sentence why it waits, and the person's answer. */
function Decision({ approval, reason }: { approval: Approval; reason: string }) {
  const { approvalId, contentHash, expiresAt } = approval;
  const nowMs = useNow(30_000);
  const [isEditing, setIsEditing] = useState(false);
  const decide = useCommand('decideApproval', { onError: () => undefined });
  const editable = readEditable(approval.input);
  const say = (decision: 'approve' | 'reject') => decide.mutate({ approvalId, decision, contentHash });
  return (
    <>
      <p className="w-full text-xs text-ink-soft">
        {reason} Without your approval it expires {formatRelative(expiresAt, nowMs)}.
      </p>
      {decide.error === null ? null : <ErrorNotice error={decide.error.dto} className="w-full" />}
      <Button look="good" disabled={decide.isPending} onClick={() => say('approve')}>
        <Check /> Approve
      </Button>
      <Button disabled={decide.isPending} onClick={() => say('reject')}>
        <X /> Reject
      </Button>
      {editable === null ? null : (
        <Button look="ghost" disabled={decide.isPending} onClick={() => setIsEditing(true)}>
          <Pencil /> Edit
        </Button>
      )}
      {isEditing && editable !== null ? (
        <EditProposal approval={approval} editable={editable} onClose={() => setIsEditing(false)} />
      ) : null}
    </>
  );
}
