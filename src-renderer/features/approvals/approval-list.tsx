import { useEffect, useRef } from 'react';
import type { Approval } from '../../../src-shared/domain/approval.ts';
import { classNames } from '../../ui/class-names.ts';
import { formatRelative } from '../../ui/format.ts';
import { useNow } from '../../ui/now.ts';
import { approvalStateTitles } from './approval-words.ts';

interface ApprovalListProps {
  approvals: readonly Approval[];
  currentId: string | undefined;
  onOpen: (approval: Approval) => void;
}

export function ApprovalList({ approvals, currentId, onOpen }: ApprovalListProps) {
  const nowMs = useNow(30_000);
  const listRef = useRef<HTMLUListElement>(null);
  useEffect(() => {
    listRef.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest' });
  }, [currentId]);
  return (
    <div
      role="region"
      aria-label="List of requests"
      tabIndex={0}
      className="min-h-0 flex-1 overflow-y-auto px-3 pb-4 -outline-offset-2"
    >
      <ul ref={listRef}>
        {approvals.map((approval) => (
          <li key={approval.approvalId}>
            <button
              type="button"
              tabIndex={-1}
              {...(approval.approvalId === currentId ? { 'aria-current': 'true' as const } : {})}
              onClick={() => onOpen(approval)}
              className={classNames(
                'block w-full rounded-lg px-2.5 py-2 text-left hover:bg-hover',
                approval.approvalId === currentId && 'bg-pressed hover:bg-pressed',
              )}
            >
              <span className="block truncate font-medium">{approval.preview.title}</span>
              <span className="flex justify-between gap-2 text-xs text-ink-soft">
                <span className="truncate">
                  {approval.state === 'pending'
                    ? approval.principalLabel
                    : approvalStateTitles[approval.state]}
                </span>
                <span className="shrink-0 tabular">{formatRelative(approval.createdAt, nowMs)}</span>
              </span>
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
