import type { LibraryDatabase } from '../database.ts';
import { createAccountPace } from './account-pace.ts';
import { released, type PostStore, type TargetRow } from './post-store.ts';

/** What a platform that has asked an account to wait is not asked before. */
export function createHolds(database: LibraryDatabase, store: Pick<PostStore, 'setTarget'>, now: () => Date) {
  const pace = createAccountPace(database);
  return {
    /**
     * Whether the platform is not to be asked for anything now: what was to be done of the target is then put off until it
     * may be. Call inside a transaction.
     */
    putOff(target: TargetRow): boolean {
      const heldUntil = pace.findHold(target.accountId, now());
      if (heldUntil === null) return false;
      store.setTarget(
        target,
        target.state === 'published'
          ? { metricsDueAt: heldUntil }
          : { state: waitingState(target), nextTryAt: heldUntil, ...released },
      );
      return true;
    },
  };
}

/** What is to be deleted waits as such. */
export function waitingState({ state }: TargetRow): 'waiting' | 'deleting' {
  return state === 'deleting' ? 'deleting' : 'waiting';
}
