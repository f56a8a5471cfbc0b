import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { ListChecks, PenLine } from 'lucide-react';
import { useState } from 'react';
import { toast } from 'sonner';
import { useCommand } from '../../app/command-data.ts';
import { ErrorNotice } from '../../app/error-notice.tsx';
import { showError } from '../../app/error-toast.tsx';
import { useHotkeys } from '../../app/hotkeys.ts';
import { Button } from '../../ui/button.tsx';
import { useCurrent } from '../../ui/current-item.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { formatQuantity } from '../../ui/format.ts';
import { Skeleton } from '../../ui/skeleton.tsx';
import { usePagedAssets, type FoundAsset } from '../library/use-paged-assets.ts';
import { nextInQueue, withoutDecided } from './queue.ts';
import { ReviewCard } from './review-card.tsx';
import { ReviewList } from './review-list.tsx';

const route = getRouteApi('/review');
const inReview = { statuses: ['review' as const], sort: 'newest' as const };
/** As many as the list shows; the rest moves up as decisions are made. */
const mostShown = 100;

type Decision = 'approve' | 'reject';

const idOf = ({ assetId }: FoundAsset) => assetId;

export function ReviewScreen() {
  const { asset: wantedId } = route.useSearch();
  const navigate = useNavigate();
  const assets = usePagedAssets(inReview);
  // A decision takes its asset off the list at once, not when the answer comes.
  const [decidedIds, setDecidedIds] = useState<ReadonlySet<string>>(new Set());
  const { totalCount } = assets;
  const loaded = Array.from({ length: Math.min(totalCount ?? 0, mostShown) }, (_, index) =>
    assets.itemAt(index),
  );
  const queue = withoutDecided(
    loaded.filter((asset) => asset !== undefined),
    decidedIds,
  );
  const current = useCurrent(queue, idOf, wantedId);

  const open = (asset: FoundAsset | undefined) =>
    void navigate({
      to: '/review',
      search: asset === undefined ? {} : { asset: asset.assetId },
      replace: true,
    });
  const setDecided = (assetId: string, isDecided: boolean) =>
    setDecidedIds((ids) => {
      const next = new Set(ids);
      if (isDecided) next.add(assetId);
      else next.delete(assetId);
      return next;
    });
  // With the command, not with the call: a call forgets what was to follow once there is another one.
  const review = useCommand('reviewAsset', {
    onError: ({ dto }, { assetId }) => {
      setDecided(assetId, false);
      showError(dto);
    },
  });
  const takeBack = (asset: FoundAsset) => {
    review.mutate({ assetId: asset.assetId, decision: 'return-to-review' });
    setDecided(asset.assetId, false);
    open(asset);
  };
  const decide = (decision: Decision) => {
    if (current === undefined) return;
    setDecided(current.assetId, true);
    open(nextInQueue(queue, current.assetId));
    review.mutate({ assetId: current.assetId, decision });
    toast(decision === 'approve' ? 'Approved' : 'Rejected', {
      description: current.title,
      action: { label: 'Undo', onClick: () => takeBack(current) },
    });
  };
  const move = (by: 1 | -1) => {
    const index = queue.findIndex(({ assetId }) => assetId === current?.assetId);
    const target = queue[Math.min(Math.max(0, index + by), queue.length - 1)];
    if (target !== undefined) open(target);
  };
  const edit = () => {
    if (current === undefined) return;
    void navigate({
      to: '/asset/$assetId',
      params: { assetId: current.assetId },
      search: { from: 'review' },
    });
  };
  useHotkeys({
    j: () => move(1),
    k: () => move(-1),
    arrowdown: () => move(1),
    arrowup: () => move(-1),
    a: () => decide('approve'),
    r: () => decide('reject'),
    e: edit,
    enter: edit,
  });

  if (totalCount === undefined) {
    return assets.error === null ? (
      <ReviewSkeleton />
    ) : (
      <ErrorNotice error={assets.error.dto} retry={assets.retry} className="m-6" />
    );
  }
  const leavingCount = loaded.filter((asset) => asset !== undefined && decidedIds.has(asset.assetId)).length;
  const leftCount = totalCount - leavingCount;
  return (
    <div className="flex h-full">
      <section aria-label="Queue" className="flex w-72 shrink-0 flex-col border-r border-line max-lg:w-56">
        <header className="px-5 pt-5 pb-3">
          <h1 className="font-serif text-3xl leading-none font-medium tracking-tight">Review</h1>
          <p role="status" className="mt-2 text-ink-soft">
            {queue.length === 0 ? 'All done' : `${formatQuantity(leftCount, 'item')} to review`}
          </p>
        </header>
        <ReviewList queue={queue} currentId={current?.assetId} onOpen={open} />
      </section>
      <div className="min-w-0 flex-1">
        {current === undefined ? (
          <EmptyState
            icon={<ListChecks />}
            title="Nothing waits for you"
            actions={
              <Button onClick={() => void navigate({ to: '/compose' })}>
                <PenLine /> Write a post
              </Button>
            }
          >
            New recordings arrive here once they are transcribed. Approve what is right, reject what is not.
          </EmptyState>
        ) : (
          <ReviewCard key={current.assetId} assetId={current.assetId} onDecide={decide} onEdit={edit} />
        )}
      </div>
    </div>
  );
}

function ReviewSkeleton() {
  return (
    <div role="status" aria-label="Loading the review queue" className="flex h-full">
      <div className="w-72 border-r border-line p-5 max-lg:w-56">
        <Skeleton className="mb-6 h-8 w-28" />
        {Array.from({ length: 6 }, (_, index) => (
          <Skeleton key={index} className="mb-2.5 h-12" />
        ))}
      </div>
      <div className="flex-1 p-10">
        <Skeleton className="h-8 w-1/2" />
        <Skeleton className="mt-6 h-24" />
        <Skeleton className="mt-6 h-48" />
      </div>
    </div>
  );
}
