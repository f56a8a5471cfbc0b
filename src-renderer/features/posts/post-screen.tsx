import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { commandQuery } from '../../app/command-data.ts';
import { ErrorNotice } from '../../app/error-notice.tsx';
import { useHotkeys } from '../../app/hotkeys.ts';
import { Badge } from '../../ui/badge.tsx';
import { useNow } from '../../ui/now.ts';
import { Skeleton } from '../../ui/skeleton.tsx';
import { TwoPanes } from '../../ui/two-panes.tsx';
import { formatMomentIn, zoneCity } from '../../ui/zone-time.ts';
import { headingOf, type PostState } from '../../../src-shared/domain/post.ts';
import { BackToCalendar } from './back-to-calendar.tsx';
import type { OpenPost } from './open-post.ts';
import { PostActions } from './post-actions.tsx';
import { stateTitleOf, stateTones } from './post-words.ts';
import { ReceiptChain } from './receipt-chain.tsx';
import { TargetCard } from './target-card.tsx';
import { latenessTitle } from './lateness-words.ts';

const route = getRouteApi('/post/$postId');

/** In these it is still of interest what happens where it is late. */
const statesAhead: ReadonlySet<PostState> = new Set(['draft', 'waiting', 'preparing', 'needs-decision']);

/** One post: where it stands for each account, what can be done about it, and how it came to that. */
export function PostScreen() {
  const { postId } = route.useParams();
  const { data: post, error, refetch } = useQuery(commandQuery('readPost', { postId }));
  const navigate = useNavigate();
  useHotkeys({ escape: () => void navigate({ to: '/calendar' }) });
  return (
    <div className="flex h-full flex-col">
      {post === undefined ? (
        error === null ? (
          <PostSkeleton />
        ) : (
          <div className="mx-auto w-full max-w-2xl p-8">
            <BackToCalendar />
            <ErrorNotice error={error.dto} retry={() => void refetch()} className="mt-6" />
          </div>
        )
      ) : (
        <OpenedPost post={post} />
      )}
    </div>
  );
}

function OpenedPost({ post }: { post: OpenPost }) {
  const nowMs = useNow(30_000);
  const { due } = post;
  const targets = post.targets.map((target) => {
    const account = post.accounts.find(({ accountId }) => accountId === target.accountId);
    return {
      targetId: target.targetId,
      platform: account?.platform ?? '',
      accountName: account?.name ?? 'A removed account',
    };
  });
  return (
    <>
      <header className="shrink-0 border-b border-line px-6 pt-4 pb-4">
        <div className="flex items-center gap-2">
          <BackToCalendar />
          <div className="ml-auto flex flex-wrap items-center justify-end gap-2">
            <PostActions post={post} />
          </div>
        </div>
        <h1
          dir="auto"
          className="mt-1.5 max-w-4xl font-serif text-2xl leading-tight font-medium tracking-tight text-balance"
        >
          {headingOf(post.content)}
        </h1>
        <div className="mt-2 flex flex-wrap items-center gap-x-3 gap-y-1 text-ink-soft">
          <Badge tone={stateTones[post.state]}>{stateTitleOf(post)}</Badge>
          {due === null ? (
            <span>No time yet</span>
          ) : (
            <span className="tabular">
              {formatMomentIn(due.dueAt, due.zone, nowMs)} ({zoneCity(due.zone)})
            </span>
          )}
          {statesAhead.has(post.state) ? (
            <span className="text-xs">{latenessTitle(post.lateness)}</span>
          ) : null}
        </div>
      </header>
      <TwoPanes
        label="Accounts"
        asideLabel="What happened"
        asideClassName="w-92 px-5 py-5 max-xl:w-80 max-lg:w-72"
        aside={
          <>
            <h2 className="mb-4 font-semibold">What happened</h2>
            {post.receipts.length === 0 ? (
              <p className="text-xs text-ink-soft">Nothing yet: a draft goes nowhere by itself.</p>
            ) : (
              <ReceiptChain receipts={post.receipts} targets={targets} />
            )}
          </>
        }
      >
        <div className="mx-auto flex max-w-3xl flex-col gap-4 px-6 py-6">
          {post.targets.length === 0 ? (
            <p className="rounded-xl border border-dashed border-line-strong px-4 py-8 text-center text-ink-soft">
              No account is chosen for it yet.
            </p>
          ) : (
            post.targets.map((target) => <TargetCard key={target.targetId} post={post} target={target} />)
          )}
        </div>
      </TwoPanes>
    </>
  );
}

function PostSkeleton() {
  return (
    <div role="status" aria-label="Loading the post" className="p-6">
      <Skeleton className="h-8 w-1/2" />
      <Skeleton className="mt-3 h-5 w-1/4" />
      <div className="mt-8 flex gap-6">
        <Skeleton className="h-64 flex-1 rounded-xl" />
        <Skeleton className="h-96 w-80 rounded-xl" />
      </div>
    </div>
  );
}
