import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { Stamp } from 'lucide-react';
import { useState } from 'react';
import { toast } from 'sonner';
import type { Approval } from '../../../src-shared/domain/approval.ts';
import { outcomeOf } from '../../../src-shared/domain/approval-words.ts';
import { commandQuery, useCommand } from '../../app/command-data.ts';
import { ErrorNotice } from '../../app/error-notice.tsx';
import { showError } from '../../app/error-toast.tsx';
import { useHotkeys } from '../../app/hotkeys.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { formatQuantity } from '../../ui/format.ts';
import { useCurrent } from '../../ui/current-item.ts';
import { Segmented } from '../../ui/segmented.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { ApprovalDetail } from './approval-detail.tsx';
import { ApprovalList } from './approval-list.tsx';
import type { ApprovalTab } from './approvals-search.ts';
import { GrantsPanel } from './grants-panel.tsx';

const route = getRouteApi('/approvals');

const tabs = [
  { value: 'waiting', label: 'Waiting' },
  { value: 'decided', label: 'Decided' },
  { value: 'standing', label: 'Standing' },
] as const satisfies readonly { value: ApprovalTab; label: string }[];

type Decision = 'approve' | 'reject';

const idOf = ({ approvalId }: Approval) => approvalId;

/** What agents ask for, and what they may do without asking. */
export function ApprovalsScreen() {
  const { tab = 'waiting', approval: wantedId } = route.useSearch();
  const navigate = useNavigate();
  const isWaiting = tab === 'waiting';
  const { data, error, refetch } = useQuery({
    ...commandQuery('listApprovals', {
      states: isWaiting ? ['pending'] : ['approved', 'rejected', 'expired', 'voided', 'failed'],
    }),
    enabled: tab !== 'standing',
  });
  const [decidingIds, setDecidingIds] = useState<ReadonlySet<string>>(new Set());
  const setDeciding = (approvalId: string, isDeciding: boolean) =>
    setDecidingIds((ids) => {
      const next = new Set(ids);
      if (isDeciding) next.add(approvalId);
      else next.delete(approvalId);
      return next;
    });
  // Whatever was answered, the list is read again before this one may stand in it.
  const listAnew = ({ approvalId }: { approvalId: string }) =>
    void refetch().then(() => setDeciding(approvalId, false));
  const decide = useCommand('decideApproval', {
    onError: ({ dto }, input) => {
      listAnew(input);
      showError(dto);
    },
    onSuccess: ({ approval }, input) => {
      listAnew(input);
      const { decision } = input;
      if (decision === 'reject') toast('Rejected', { description: approval.preview.title });
      else if (approval.state === 'approved')
        toast.success(outcomeOf(approval) ?? 'Approved', { description: approval.preview.title });
      else toast.warning('Not done', { description: outcomeOf(approval) ?? approval.preview.title });
    },
  });

  const list = data?.approvals.filter(({ approvalId }) => !decidingIds.has(approvalId)) ?? [];
  const current = useCurrent(list, idOf, wantedId);
  const open = (approval: Approval | undefined, nextTab: ApprovalTab = tab) =>
    void navigate({
      to: '/approvals',
      search: {
        ...(nextTab === 'waiting' ? {} : { tab: nextTab }),
        ...(approval === undefined ? {} : { approval: approval.approvalId }),
      },
      replace: true,
    });
  const move = (by: 1 | -1) => {
    const index = list.findIndex(({ approvalId }) => approvalId === current?.approvalId);
    open(list[Math.min(Math.max(0, index + by), list.length - 1)]);
  };
  const answer = (decision: Decision) => {
    if (current === undefined || !isWaiting) return;
    const { approvalId, contentHash } = current;
    const index = list.indexOf(current);
    setDeciding(approvalId, true);
    open(list[index + 1] ?? list[index - 1]);
    decide.mutate({ approvalId, decision, contentHash });
  };
  useHotkeys({
    j: () => move(1),
    k: () => move(-1),
    arrowdown: () => move(1),
    arrowup: () => move(-1),
    a: () => answer('approve'),
    r: () => answer('reject'),
  });

  return (
    <div className="flex h-full">
      <section aria-label="Requests" className="flex w-80 shrink-0 flex-col border-r border-line max-lg:w-64">
        <header className="px-5 pt-5 pb-3">
          <h1 className="font-serif text-3xl leading-none font-medium tracking-tight">Approvals</h1>
          <p role="status" className="mt-2 mb-3 text-ink-soft">
            {data === undefined || !isWaiting
              ? ' '
              : list.length === 0
                ? 'Nothing waits'
                : `${formatQuantity(list.length, 'request')} to decide`}
          </p>
          <Segmented
            label="Which requests"
            value={tab}
            options={tabs}
            onChange={(next) => open(undefined, next)}
          />
        </header>
        {tab === 'standing' ? (
          <p className="px-5 pt-1 text-xs text-ink-soft">
            A standing approval lets an agent do one thing without asking each time. You can take it back
            whenever you like.
          </p>
        ) : (
          <ApprovalList approvals={list} currentId={current?.approvalId} onOpen={open} />
        )}
      </section>
      <div className="min-w-0 flex-1">
        {tab === 'standing' ? (
          <GrantsPanel />
        ) : data === undefined ? (
          error === null ? (
            <div role="status" aria-label="Loading the requests" className="mx-auto max-w-2xl p-8">
              <Skeleton className="h-64 rounded-xl" />
            </div>
          ) : (
            <ErrorNotice error={error.dto} retry={() => void refetch()} className="m-6" />
          )
        ) : current === undefined ? (
          <EmptyState
            icon={<Stamp />}
            title={isWaiting ? 'Nothing needs your approval' : 'Nothing was decided yet'}
          >
            {isWaiting
              ? 'When the assistant or another program wants to do something that leaves this computer, it asks here first and shows exactly what would happen.'
              : 'What you approve or reject is kept here, with what came of it.'}
          </EmptyState>
        ) : (
          <ApprovalDetail key={current.approvalId} approval={current} onDecide={answer} />
        )}
      </div>
    </div>
  );
}
