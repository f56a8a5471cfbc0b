import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { AlarmClockCheck, Ban, CalendarClock, Send } from 'lucide-react';
import { toast } from 'sonner';
import { commandQuery, useCommand, type MethodOutput } from '../../app/command-data.ts';
import { ErrorNotice } from '../../app/error-notice.tsx';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { formatDuration, formatQuantity, formatRelative } from '../../ui/format.ts';
import { useNow } from '../../ui/now.ts';
import { formatMomentIn, zoneCity } from '../../ui/zone-time.ts';
import { RowsSkeleton } from '../settings/section-parts.tsx';
import { BackToCalendar } from './back-to-calendar.tsx';
import { latenessTitle } from './lateness-words.ts';
import { MovePopover } from './move-popover.tsx';
import { stateTitles, stateTones } from './post-words.ts';

type LatePost = MethodOutput<'listLatePosts'>['posts'][number];

/** What came due while nobody was there: what was done about it by itself, and what is to be decided. */
export function LatePostsScreen() {
  const { data, error, refetch } = useQuery(commandQuery('listLatePosts', {}));
  const posts = data?.posts ?? [];
  const open = posts.filter(isOpen);
  const settled = posts.filter((post) => !isOpen(post));
  return (
    <div className="h-full overflow-y-auto" tabIndex={0} role="region" aria-label="While you were away">
      <div className="mx-auto max-w-3xl px-6 pt-4 pb-16">
        <BackToCalendar />
        <h1 className="mt-2 font-serif text-3xl leading-none font-medium tracking-tight">
          While you were away
        </h1>
        <p role="status" className="mt-2 mb-6 text-ink-soft">
          {data === undefined
            ? ' '
            : open.length === 0
              ? 'Nothing waits for a decision.'
              : `${formatQuantity(open.length, 'post')} came due and ${open.length === 1 ? 'waits' : 'wait'} for you. Take your time: nothing goes out before you say so.`}
        </p>
        {data === undefined ? (
          error === null ? (
            <RowsSkeleton count={4} />
          ) : (
            <ErrorNotice error={error.dto} retry={() => void refetch()} />
          )
        ) : posts.length === 0 ? (
          <EmptyState icon={<AlarmClockCheck />} title="Nothing came due late">
            When the computer slept through the time of a post, it is listed here with what can be done.
          </EmptyState>
        ) : (
          <>
            <LateList title="To decide" posts={open} />
            <LateList title="Settled" posts={settled} />
          </>
        )}
      </div>
    </div>
  );
}

function isOpen({ target }: LatePost): boolean {
  return target.state === 'needs-decision';
}

function LateList({ title, posts }: { title: string; posts: readonly LatePost[] }) {
  if (posts.length === 0) return null;
  return (
    <section aria-label={title} className="mb-7">
      <h2 className="mb-2 font-semibold">{title}</h2>
      <ul className="divide-y divide-line rounded-xl border border-line bg-raised shadow-card">
        {posts.map((post) => (
          <li key={post.target.targetId} className="px-4 py-3">
            <LateRow post={post} />
          </li>
        ))}
      </ul>
    </section>
  );
}

const tell = { onSuccess: ({ message }: { message: string }) => toast(message) };

function LateRow({ post }: { post: LatePost }) {
  const nowMs = useNow(15_000);
  const { data } = useQuery(commandQuery('listAccounts', {}));
  const { postId, due, target } = post;
  const account = data?.accounts.find(({ accountId }) => accountId === target.accountId);
  const decide = useCommand('decideLatePost', tell);
  const reschedule = useCommand('reschedulePost', tell);
  const publishNow = useCommand('publishNow', tell);
  const isAsked = isOpen(post);
  const isMissed = target.state === 'missed';
  return (
    <>
      <div className="flex items-start gap-3">
        <div className="min-w-0 flex-1">
          <Link to="/post/$postId" params={{ postId }} className="block truncate font-medium hover:underline">
            {post.heading}
          </Link>
          <p className="mt-0.5 text-xs text-ink-soft tabular">
            {account === undefined ? '' : `${account.name}, `}
            {formatMomentIn(due.dueAt, due.zone, nowMs)} ({zoneCity(due.zone)}),{' '}
            {formatDuration(post.lateByMs)} late
          </p>
          <p className="mt-0.5 text-xs text-ink-faint">
            {target.nextTryAt === null || isAsked || isMissed
              ? latenessTitle(post.lateness)
              : `Goes out ${formatRelative(target.nextTryAt, nowMs)}`}
          </p>
        </div>
        <Badge tone={stateTones[target.state]}>{stateTitles[target.state]}</Badge>
      </div>
      {isAsked || isMissed ? (
        <div className="mt-2.5 flex flex-wrap gap-2">
          <Button
            size="small"
            look={isAsked ? 'primary' : 'plain'}
            onClick={() =>
              isAsked
                ? decide.mutate({ postId, decision: { kind: 'publish' } })
                : publishNow.mutate({ postId })
            }
          >
            <Send /> {isAsked ? 'Publish late' : 'Publish it after all'}
          </Button>
          <MovePopover
            due={due}
            accountIds={[target.accountId]}
            trigger={
              <Button size="small">
                <CalendarClock /> Another time…
              </Button>
            }
            onMove={(when) =>
              isAsked
                ? decide.mutate({ postId, decision: { kind: 'reschedule', when } })
                : reschedule.mutate({ postId, when })
            }
          />
          {isAsked ? (
            <Button size="small" onClick={() => decide.mutate({ postId, decision: { kind: 'skip' } })}>
              <Ban /> Skip it
            </Button>
          ) : null}
        </div>
      ) : null}
    </>
  );
}
