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
  preparing: ['waiting', 'publishing', 'failed', 'cancelled', 'missed', 'needs-decision'],
  publishing: ['waiting', 'published', 'unconfirmed', 'failed', 'to-mark'],
  // A platform may have been late in saying so.
  unconfirmed: ['waiting', 'published', 'cancelled'],
  failed: ['waiting', 'published', 'cancelled'],
  missed: ['waiting', 'published', 'cancelled'],
  'needs-decision': ['waiting', 'missed', 'published', 'cancelled'],
  'to-mark': ['waiting', 'published', 'cancelled'],
  cancelled: [],
  published: [],
} as const satisfies Record<TargetState, readonly TargetState[]>;

export function mayFollow(from: TargetState, to: TargetState): boolean {
  return from === to || (followingStates[from] as readonly TargetState[]).includes(to);
}

/** Something is still done for it by itself. */
export function isActive(state: TargetState): boolean {
  return state === 'waiting' || state === 'preparing' || state === 'publishing';
}

/** How far it has come on its way, for those that have not ended. */
const progress: readonly TargetState[] = ['waiting', 'preparing', 'publishing'];

/**
 * The state of a post from those of its targets. What was cancelled for one account says nothing about the others, so it
 * counts only where nothing else is left.
 */
export function stateOfPost(states: readonly TargetState[]): PostState {
  const uncancelled = states.filter((state) => state !== 'cancelled');
  const distinct = [...new Set(uncancelled)];
  const [only] = distinct;
  if (only === undefined) return states.length === 0 ? 'draft' : 'cancelled';
  if (distinct.length === 1) return only;
  if (!distinct.every(isActive)) return 'partial';
  return distinct.reduce((most, state) => (progress.indexOf(state) > progress.indexOf(most) ? state : most));
}
