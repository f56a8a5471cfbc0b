import type { Approval } from '../../../src-shared/domain/approval.ts';
import { approvalStateTitles } from '../../../src-shared/domain/approval-words.ts';
import { formatRelative } from '../../ui/format.ts';
import { useNow } from '../../ui/now.ts';
import { QueueList } from '../../ui/queue-list.tsx';

interface ApprovalListProps {
  approvals: readonly Approval[];
  currentId: string | undefined;
  onOpen: (approval: Approval) => void;
}

export function ApprovalList({ approvals, currentId, onOpen }: ApprovalListProps) {
  const nowMs = useNow(30_000);
  return (
    <QueueList
      label="List of requests"
      items={approvals}
      idOf={({ approvalId }) => approvalId}
      currentId={currentId}
      onOpen={onOpen}
    >
      {({ preview, state, principalLabel, createdAt }) => (
        <>
          <span className="line-clamp-2 font-medium" title={preview.title}>
            {preview.title}
          </span>
          <span className="flex justify-between gap-2 text-xs text-ink-soft">
            <span className="truncate">
              {state === 'pending' ? principalLabel : approvalStateTitles[state]}
            </span>
            <span className="shrink-0 tabular">{formatRelative(createdAt, nowMs)}</span>
          </span>
        </>
      )}
    </QueueList>
  );
}
