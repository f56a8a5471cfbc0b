import type { PostState } from '../posts/post-words.ts';
import type { Platform } from '../posts/platform-words.ts';

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
export function inOrder(entries: readonly CalendarEntry[]): CalendarEntry[] {
  return entries.toSorted(
    (one, other) => one.dueAt.localeCompare(other.dueAt) || one.postId.localeCompare(other.postId),
  );
}
