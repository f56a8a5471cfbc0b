import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { PostSummary } from '../../../src-shared/domain/post.ts';
import { commandQuery } from '../../app/command-data.ts';
import { useZone } from '../../app/zone.ts';
import { formatRelative } from '../../ui/format.ts';
import { useNow } from '../../ui/now.ts';
import { Skeleton } from '../../ui/skeleton.tsx';
import { formatMomentIn } from '../../ui/zone-time.ts';
import { needTitleOf } from '../posts/post-words.ts';

/** Beside the calendar: what needs the creator, and drafts that wait to be finished. */
export function CalendarRail() {
  const { data: needs } = useQuery(
    commandQuery('listPosts', {
      states: ['unconfirmed', 'failed', 'partial', 'missed', 'needs-decision', 'to-mark'],
      limit: 50,
    }),
  );
  const { data: drafts } = useQuery(commandQuery('listPosts', { states: ['draft'], limit: 50 }));
  const nowMs = useNow(30_000);
  const zone = useZone();
  return (
    <aside
      aria-label="Drafts and what needs you"
      tabIndex={0}
      className="w-64 shrink-0 overflow-y-auto border-l border-line bg-panel/60 px-3 pt-5 pb-8 -outline-offset-2 max-lg:w-56"
    >
      {needs === undefined || needs.posts.length === 0 ? null : (
        <Section title="Needs you">
          {needs.posts.map((post) => (
            <li key={post.postId}>
              <Link to="/post/$postId" params={{ postId: post.postId }} className={rowClasses}>
                <Row
                  post={post}
                  detail={
                    <span
                      className={
                        post.state === 'failed' || post.state === 'missed' ? 'text-bad' : 'text-warn'
                      }
                    >
                      {needTitleOf(post)}
                      {post.due === null ? '' : `, ${formatMomentIn(post.due.dueAt, zone, nowMs)}`}
                    </span>
                  }
                />
              </Link>
            </li>
          ))}
        </Section>
      )}
      <Section title="Drafts">
        {drafts === undefined ? (
          <Skeleton className="h-10" />
        ) : drafts.posts.length === 0 ? (
          <li className="px-2 text-xs text-ink-soft">
            None. What you write is kept here until it is scheduled.
          </li>
        ) : (
          drafts.posts.map((post) => (
            <li key={post.postId}>
              <Link to="/compose" search={{ post: post.postId }} className={rowClasses}>
                <Row post={post} detail={formatRelative(post.updatedAt, nowMs)} />
              </Link>
            </li>
          ))
        )}
      </Section>
    </aside>
  );
}

const rowClasses = 'block rounded-lg px-2 py-1.5 hover:bg-hover';

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section aria-label={title} className="mb-6">
      <h2 className="mb-1.5 px-2 font-semibold">{title}</h2>
      <ul className="flex flex-col gap-0.5">{children}</ul>
    </section>
  );
}

function Row({ post, detail }: { post: PostSummary; detail: ReactNode }) {
  return (
    <>
      <span className="line-clamp-2 font-medium">{post.heading}</span>
      <span className="block text-xs text-ink-soft">{detail}</span>
    </>
  );
}
