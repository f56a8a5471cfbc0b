import { Check, Repeat, X } from 'lucide-react';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { Approval } from '../../../src-shared/domain/approval.ts';
import {
  approvalStateTitles,
  letThroughTitle,
  outcomeOf,
  wasLetThrough,
} from '../../../src-shared/domain/approval-words.ts';
import { workflowIds } from '../../../src-shared/domain/workflows.ts';
import { useZone } from '../../app/zone.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { formatRelative } from '../../ui/format.ts';
import { Kbd } from '../../ui/kbd.tsx';
import { useNow } from '../../ui/now.ts';
import { formatDateTimeIn } from '../../ui/zone-time.ts';
import { approvalStateTones, commandTitle } from './approval-words.ts';
import { CommandPreviewCard } from './command-preview-card.tsx';
import { GrantDialog } from './grant-dialog.tsx';

interface ApprovalDetailProps {
  approval: Approval;
  onDecide: (decision: 'approve' | 'reject') => void;
}

/** One request: who asks, exactly what would happen, and until when it can be answered. */
export function ApprovalDetail({ approval, onDecide }: ApprovalDetailProps) {
  const zone = useZone();
  const nowMs = useNow(15_000);
  const [isGranting, setIsGranting] = useState(false);
  const isPending = approval.state === 'pending';
  const outcome = outcomeOf(approval);
  const postId = postOf(approval);
  return (
    <div className="flex h-full flex-col">
      <div className="min-h-0 flex-1 overflow-y-auto" tabIndex={0} role="region" aria-label="Request">
        <div className="mx-auto max-w-2xl px-8 pt-8 pb-12">
          <p className="mb-4 text-ink-soft">
            <span className="font-medium text-ink">{approval.principalLabel}</span> wants to use{' '}
            <span className="font-medium text-ink">{commandTitle(approval.command)}</span>. Asked{' '}
            {formatRelative(approval.createdAt, nowMs)}.
          </p>
          <CommandPreviewCard
            preview={approval.preview}
            status={
              <Badge tone={approvalStateTones[approval.state]}>{approvalStateTitles[approval.state]}</Badge>
            }
          />
          {outcome === null ? null : (
            <p
              className={`selectable mt-4 rounded-lg px-4 py-3 ${approval.state === 'failed' ? 'bg-bad-soft' : approval.state === 'approved' ? 'bg-good-soft' : 'bg-panel'}`}
            >
              {outcome}
              {postId === null ? null : (
                <Link
                  to="/post/$postId"
                  params={{ postId }}
                  className="ml-2 font-medium text-accent hover:underline"
                >
                  See where it stands now
                </Link>
              )}
            </p>
          )}
          <p className="mt-4 text-xs text-ink-soft">
            {isPending
              ? `Without your approval it expires ${formatRelative(approval.expiresAt, nowMs)}, on ${formatDateTimeIn(approval.expiresAt, zone)}, and nothing is done. Your answer holds for exactly what stands here: a change asks you again.`
              : approval.decidedAt === null
                ? null
                : `${wasLetThrough(approval) ? letThroughTitle : 'Decided'} ${formatDateTimeIn(approval.decidedAt, zone)}.`}
          </p>
        </div>
      </div>
      {isPending ? (
        <footer className="flex shrink-0 flex-wrap items-center justify-center gap-2 border-t border-line bg-panel px-6 py-3">
          <Button size="large" look="danger" onClick={() => onDecide('reject')}>
            <X /> Reject <Kbd>R</Kbd>
          </Button>
          <Button size="large" onClick={() => setIsGranting(true)}>
            <Repeat /> Always allow…
          </Button>
          <Button size="large" look="good" onClick={() => onDecide('approve')}>
            <Check /> Approve <Kbd>A</Kbd>
          </Button>
        </footer>
      ) : null}
      <GrantDialog
        isOpen={isGranting}
        onOpenChange={setIsGranting}
        command={approval.command}
        principal={approval.principal}
        onGiven={() => onDecide('approve')}
      />
    </div>
  );
}

/** What it answered was true at that moment; the post tells how it went on. */
function postOf({ result }: Approval): string | null {
  if (result === null || !('entityId' in result)) return null;
  return result.workflowId === workflowIds.schedulePost(result.entityId) ? result.entityId : null;
}
