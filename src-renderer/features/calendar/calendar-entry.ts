import type { Platform } from '../../../src-shared/domain/account.ts';
import type { PlanItem } from '../../../src-shared/domain/plan.ts';
import type { PostState, PostSummary } from '../../../src-shared/domain/post.ts';
import { isAhead } from '../../../src-shared/domain/target-state.ts';
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
  /** Of a plan that is only laid out: there is no such post. */
  isGhost: boolean;
}

/** In the order in which they are due; of two at the same time the one with the smaller id first. */
function inOrder(entries: readonly CalendarEntry[]): CalendarEntry[] {
  return entries.toSorted(
    (one, other) => one.dueAt.localeCompare(other.dueAt) || one.postId.localeCompare(other.postId),
  );
}

interface PlatformOfAccount {
  accountId: string;
  platform: string;
}

/** Posts that have a time, as the calendar shows them, in order. */
export function toEntries(
  posts: readonly PostSummary[],
  accounts: readonly PlatformOfAccount[],
  /** Times that were given just now. */
  moved: ReadonlyMap<string, string> = new Map(),
): CalendarEntry[] {
  const entries = posts.flatMap((post): CalendarEntry[] => {
    if (post.due === null) return [];
    return [
      {
        postId: post.postId,
        title: post.heading,
        dueAt: moved.get(post.postId) ?? post.due.dueAt,
        state: post.state,
        platforms: platformsOf(
          post.targets.map(({ accountId }) => accountId),
          accounts,
        ),
        canMove: isAhead(post.state) || post.state === 'missed' || post.state === 'needs-decision',
        isGhost: false,
      },
    ];
  });
  return inOrder(entries);
}

/** What a plan would add to them. */
export function withGhosts(
  entries: readonly CalendarEntry[],
  items: readonly PlanItem[],
  accounts: readonly PlatformOfAccount[],
): CalendarEntry[] {
  const ghosts = items.map(({ title, dueAt, accountIds }, index): CalendarEntry => ({
    postId: `ghost ${index}`,
    title,
    dueAt,
    state: 'draft',
    platforms: platformsOf(accountIds, accounts),
    canMove: false,
    isGhost: true,
  }));
  return inOrder([...entries, ...ghosts]);
}

function platformsOf(accountIds: readonly string[], accounts: readonly PlatformOfAccount[]): Platform[] {
  const found = accountIds.flatMap((id) => accounts.find(({ accountId }) => accountId === id) ?? []);
  return [...new Set(found.flatMap(({ platform }) => toPlatform(platform) ?? []))];
}
