import type { PostState, TargetState } from './post.ts';

/** Which states may follow which. Everything else is a bug and is refused by the repository. */
export const followingStates = {
  draft: ['waiting'],
  waiting: [
    'preparing',
    'publishing',
    'published',
    'failed',
    'unconfirmed',
    'cancelled',
    'missed',
    'needs-decision',
    'to-mark',
  ],
  preparing: ['waiting', 'failed', 'cancelled'],
  publishing: ['waiting', 'published', 'unconfirmed', 'failed', 'to-mark'],
  // A platform may have been late in saying so.
  unconfirmed: ['waiting', 'published', 'cancelled'],
  failed: ['waiting', 'published', 'cancelled'],
  missed: ['waiting', 'published', 'cancelled'],
  'needs-decision': ['waiting', 'missed', 'published', 'cancelled'],
  'to-mark': ['waiting', 'published', 'cancelled'],
  // An edit can want it again; what nobody could confirm when it was cancelled may turn out to be there.
  cancelled: ['waiting', 'published'],
  published: ['deleting', 'deleted'],
  // A platform that does not let go of it leaves it where it was.
  deleting: ['published', 'deleted'],
  deleted: [],
} as const satisfies Record<TargetState, readonly TargetState[]>;

export function mayFollow(from: TargetState, to: TargetState): boolean {
  return from === to || (followingStates[from] as readonly TargetState[]).includes(to);
}

/** Something is still done for it by itself. */
export function isActive(state: TargetState): boolean {
  return state === 'waiting' || state === 'preparing' || state === 'publishing' || state === 'deleting';
}

/** Nothing of it was sent yet: it waits for its time, or is made ready for it. */
export function isAhead(state: PostState): boolean {
  return state === 'waiting' || state === 'preparing';
}

/** It stands on its platform, or stood there: what it said is history. */
export function wasPublished(state: TargetState): boolean {
  return state === 'published' || state === 'deleting' || state === 'deleted';
}

/** Another time for the post is another time for it. */
export function isMovable(state: TargetState): boolean {
  return ['waiting', 'preparing', 'publishing', 'missed', 'needs-decision'].includes(state);
}

/** Nothing is sent for it any more. */
export function isSettled(state: TargetState): boolean {
  return wasPublished(state) || state === 'cancelled';
}

/** An edit changes what it says. What may be on its platform already says what it said. */
export function isEditable(state: TargetState): boolean {
  return !isSettled(state) && state !== 'unconfirmed';
}

/** How far it has come on its way, for those that have not ended. */
const progress: readonly TargetState[] = ['deleting', 'waiting', 'preparing', 'publishing'];

/**
 * The state of a post from those of its targets. What was cancelled or deleted for one account says nothing about the
 * others, so it counts only where nothing else is left.
 */
export function stateOfPost(states: readonly TargetState[]): PostState {
  const remaining = states.filter((state) => state !== 'cancelled' && state !== 'deleted');
  const distinct = [...new Set(remaining)];
  const [only] = distinct;
  if (only === undefined) {
    if (states.length === 0) return 'draft';
    return states.includes('deleted') ? 'deleted' : 'cancelled';
  }
  if (distinct.length === 1) return only;
  if (distinct.every((state) => state === 'published' || state === 'deleting')) return 'deleting';
  if (!distinct.every(isActive)) return 'partial';
  return distinct.reduce((most, state) => (progress.indexOf(state) > progress.indexOf(most) ? state : most));
}
