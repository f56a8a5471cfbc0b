import type { AppErrorDto } from '../../src-shared/domain/errors.ts';
import type { LibraryDatabase } from '../database.ts';
import type { Claim, ClaimRefusal } from './claims.ts';
import { createHolds } from './holds.ts';
import { isHeld } from './leases.ts';
import { released, type PostStore, type TargetPatch, type TargetRow } from './post-store.ts';

const settled = { ...released, nextTryAt: null, isBlocked: false } as const;

/** Taking what was published off its platform again: asked for, done, or not possible. */
export function createDeletions(database: LibraryDatabase, store: PostStore, now: () => Date) {
  const holds = createHolds(database, store, now);

  function end(
    target: TargetRow,
    patch: TargetPatch & { state: 'published' | 'deleted' },
    { detail, error = null }: { detail: string; error?: AppErrorDto | null },
  ): void {
    store.setTarget(target, { ...settled, error, ...patch });
    const { postId, targetId, attempt } = target;
    store.addReceipt({
      ...{ postId, targetId, attempt, detail },
      kind: patch.state === 'deleted' ? 'deleted' : 'not-deleted',
      errorCode: error?.code ?? null,
    });
  }

  /** Nothing is counted any more of what is gone. */
  const gone = { state: 'deleted', metricsDueAt: null } as const;

  return {
    /** Call inside the transaction of the command, as the next two. */
    askToDelete(target: TargetRow): void {
      store.setTarget(target, { ...settled, state: 'deleting', error: null, failureCount: 0 });
      const { postId, targetId, attempt } = target;
      store.addReceipt({
        postId,
        targetId,
        attempt,
        kind: 'deleting',
        detail: 'Its deletion was asked for.',
      });
    },

    /** The creator says that it is gone. */
    markDeleted: (target: TargetRow): void =>
      end(target, gone, { detail: 'Deleted by hand, says the creator.' }),

    /** The creator leaves it where it is, after it could not be deleted. */
    keepPublished(target: TargetRow): void {
      store.setTarget(target, { error: null });
      const { postId, targetId, attempt } = target;
      store.addReceipt({
        ...{ postId, targetId, attempt },
        kind: 'decided',
        detail: 'The creator chose to leave it where it is.',
      });
    },

    /** Takes a target for deleting it. */
    claimToDelete({
      targetId,
      owner,
      leaseMs,
    }: {
      targetId: string;
      owner: string;
      leaseMs: number;
    }): Claim | ClaimRefusal {
      return database.transaction(() => {
        const target = store.findTarget(targetId);
        const row = target && store.find(target.postId)?.row;
        if (target === undefined || row === undefined) return 'gone';
        if (target.state !== 'deleting') return 'not-now';
        if (isHeld(target, now())) return 'busy';
        if (holds.putOff(target)) return 'not-its-turn';
        const leaseUntil = new Date(now().getTime() + leaseMs).toISOString();
        const patch = { leaseOwner: owner, leaseUntil, nextTryAt: null };
        store.setTarget(target, patch);
        return { row, target: { ...target, ...patch }, isToLookFirst: false, startAfterMs: 0 };
      });
    },

    /** Whatever the lease says: it is gone. Returns false where that was known. */
    recordDeleted(targetId: string, detail: string): boolean {
      return database.transaction(() => {
        const target = store.findTarget(targetId);
        if (target === undefined || target.state === 'deleted') return false;
        end(target, gone, { detail });
        return true;
      });
    },

    /** Its platform does not let go of it: it stays published, and says so. */
    recordNotDeleted(targetId: string, owner: string, error: AppErrorDto): boolean {
      return database.transaction(() => {
        const target = store.findTarget(targetId);
        if (target?.leaseOwner !== owner || target.state !== 'deleting') return false;
        end(target, { state: 'published' }, { detail: error.userMessage, error });
        return true;
      });
    },

    /** The same without a try: its account is disconnected. Call inside the transaction. */
    stopDeleting: (target: TargetRow, error: AppErrorDto): void =>
      end(target, { state: 'published' }, { detail: error.userMessage, error }),
  };
}
