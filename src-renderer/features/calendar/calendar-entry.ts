import type { Platform } from '../../../src-shared/domain/account.ts';
import type { PostState, PostSummary } from '../../../src-shared/domain/post.ts';
import { toPlatform } from '../posts/platform-words.ts';

/** A post as the calendar shows it. */
export interface CalendarEntry {
  postId: string;
  /** The beginning of its text. */
  title: string;
  dueAt: string;
  state: PostState;
  platforms: readonly Platform[];
  /** Only what has not been sent yet can get another time. */
  canMove: boolean;
}

/** In the order in which they are due; of two at the same time the one with the smaller id first. */
function inOrder(entries: readonly CalendarEntry[]): CalendarEntry[] {
  return entries.toSorted(
    (one, other) => one.dueAt.localeCompare(other.dueAt) || one.postId.localeCompare(other.postId),
  );
}

const movable: readonly PostState[] = ['waiting', 'missed', 'needs-decision'];

/** Posts that have a time, as the calendar shows them, in order. */
export function toEntries(
  posts: readonly PostSummary[],
  accounts: readonly { accountId: string; platform: string }[],
  /** Times that were given just now. */
  moved: ReadonlyMap<string, string> = new Map(),
): CalendarEntry[] {
  const platformOf = new Map(accounts.map(({ accountId, platform }) => [accountId, toPlatform(platform)]));
  const entries = posts.flatMap((post): CalendarEntry[] => {
    if (post.due === null) return [];
    const platforms = post.targets.flatMap(({ accountId }) => platformOf.get(accountId) ?? []);
    return [
      {
        postId: post.postId,
        title: post.heading,
        dueAt: moved.get(post.postId) ?? post.due.dueAt,
        state: post.state,
        platforms: [...new Set(platforms)],
        canMove: movable.includes(post.state),
      },
    ];
  });
  return inOrder(entries);
}
