import { and, eq, inArray, ne, or, sql } from 'drizzle-orm';
import type { AppErrorDto } from '../../src-shared/domain/errors.ts';
import type { ReceiptKind } from '../../src-shared/domain/post.ts';
import { wasPublished } from '../../src-shared/domain/target-state.ts';
import type { LibraryDatabase } from '../database.ts';
import { postTarget } from '../schema/posts.ts';
import { createAccountPace } from './account-pace.ts';
import { createClaims } from './claims.ts';
import { isTooLate } from './decide-about.ts';
import { createDeletions } from './deletions.ts';
import { createHolds, waitingState } from './holds.ts';
import { isHeld } from './leases.ts';
import { createMeasuring, firstMeasuringAt } from './measuring.ts';
import { createReceiptChain } from './receipt-chain.ts';
import { createPostStore, released, type PostRow, type TargetPatch, type TargetRow } from './post-store.ts';

export interface Outcome {
  kind: ReceiptKind;
  detail: string;
  error?: AppErrorDto | null;
  url?: string | null;
}

/**
 * What the worker records on the way from a waiting target to a published one. A try holds a lease: whoever has lost it
 * may still say that something *is* published, since that is a fact, and nothing else.
 */
export function createPublishingRepository(database: LibraryDatabase, now: () => Date = () => new Date()) {
  const store = createPostStore(database, now);
  const pace = createAccountPace(database);
  const holds = createHolds(database, store, now);
  const chain = createReceiptChain(store, now);

  function later(milliseconds: number): string {
    return new Date(now().getTime() + milliseconds).toISOString();
  }

  /** Writes as long as the lease is this owner's. */
  function asOwner(
    targetId: string,
    owner: string,
    write: (target: TargetRow, row: PostRow) => TargetPatch | null,
    receipt?: (target: TargetRow) => Outcome,
  ): boolean {
    return database.transaction(() => {
      const target = store.findTarget(targetId);
      if (target?.leaseOwner !== owner) return false;
      const found = store.find(target.postId);
      if (found === undefined) return false;
      const patch = write(target, found.row);
      if (patch === null) return false;
      store.setTarget(target, patch);
      if (receipt !== undefined) addReceipt(target, receipt(target));
      return true;
    });
  }

  function addReceipt(target: TargetRow, { kind, detail, error = null, url = null }: Outcome): void {
    chain.add(target, { kind, detail, url, errorCode: error?.code ?? null });
  }

  /**
   * Just before it leaves: whether it is not to be sent any more by this try, after a sleep or a long look. Then its
   * lateness decides what becomes of it.
   */
  function isGivenBack(target: TargetRow, row: PostRow): boolean {
    if (target.maybeSentAt !== null) return false;
    const isInHand = isHeld(target, now());
    if (isInHand && !isTooLate(row, target, now())) return false;
    if (!isInHand) chain.interrupt(target);
    store.setTarget(target, { state: 'waiting', ...released });
    return true;
  }

  return {
    ...store,
    ...createClaims(database, store, now),
    ...createDeletions(database, store, now),
    ...createMeasuring(database, store, now),

    /** Posts that somebody had taken in hand when last heard of. */
    listInHand(): string[] {
      const rows = database.orm
        .selectDistinct({ postId: postTarget.postId })
        .from(postTarget)
        .where(inArray(postTarget.state, ['preparing', 'publishing']))
        .all();
      return rows.map(({ postId }) => postId);
    },

    /**
     * False: the lease went to somebody else meanwhile, the post was changed, or the lease has run out before anything
     * was sent, as in a sleep, so that the post's lateness decides what becomes of it.
     */
    renewLease: (targetId: string, owner: string, leaseMs: number) =>
      asOwner(targetId, owner, (target) =>
        target.maybeSentAt === null && !isHeld(target, now()) ? null : { leaseUntil: later(leaseMs) },
      ),

    /** Keeps what will be sent, with its handle; false where the post has changed since it was made. */
    saveFrozen: (targetId: string, owner: string, frozen: unknown, revision: number) =>
      asOwner(
        targetId,
        owner,
        (_target, row) => (row.revision === revision ? { frozen, frozenRevision: revision } : null),
        () => ({
          kind: 'prepared',
          detail: 'What will be sent is saved, with the key under which the platform knows it.',
        }),
      ),

    /** Prepared ahead: it waits for its time. */
    endPreparing: (targetId: string, owner: string) =>
      asOwner(targetId, owner, () => ({ state: 'waiting', ...released })),

    /**
     * Written before the first byte. Gives the instant of the first sending; null: it must not be sent, at least not now.
     */
    beginSending(targetId: string, owner: string): string | null {
      const at = now().toISOString();
      let firstSentAt: string | null = null;
      asOwner(targetId, owner, (target, row) => {
        if (target.state !== 'publishing' || target.frozen === null) return null;
        if (isGivenBack(target, row)) return null;
        if (holds.putOff(target)) {
          addReceipt(target, {
            kind: 'rate-limited',
            detail: 'The platform has asked this account to wait meanwhile. Nothing was sent.',
          });
          return null;
        }
        chain.endWait(target);
        firstSentAt = target.maybeSentAt ?? at;
        return { maybeSentAt: firstSentAt };
      });
      return firstSentAt;
    },

    /** Whatever the lease says: it is there. Returns false where that was known. */
    recordPublished(
      targetId: string,
      published: { remoteId: string; url: string | null },
      detail: string,
    ): boolean {
      return database.transaction(() => {
        const target = store.findTarget(targetId);
        if (target === undefined || wasPublished(target.state)) return false;
        store.setTarget(target, {
          state: 'published',
          published,
          remoteId: published.remoteId,
          url: published.url,
          publishedAt: now().toISOString(),
          maybeSentAt: null,
          isLookFirst: false,
          error: null,
          nextTryAt: null,
          unknownSince: null,
          metricsDueAt: firstMeasuringAt(now()),
          ...released,
        });
        addReceipt(target, { kind: 'published', detail, url: published.url });
        return true;
      });
    },

    /** The platform has answered, and did not take it. It may be changed again; the next try looks all the same. */
    recordNotSent: (targetId: string, owner: string) =>
      asOwner(targetId, owner, () => ({ maybeSentAt: null, isLookFirst: true })),

    /** What was made ready is gone, before anything of it was sent: it is made anew. */
    discardFrozen: (targetId: string, owner: string) =>
      asOwner(targetId, owner, () => ({
        ...{ frozen: null, frozenRevision: null },
        ...{ maybeSentAt: null, isLookFirst: true },
      })),

    /** Looked, and it was not there. */
    recordAbsent: (targetId: string, owner: string, detail: string) =>
      asOwner(
        targetId,
        owner,
        () => ({ maybeSentAt: null, isLookFirst: false, unknownSince: null }),
        () => ({ kind: 'looked', detail }),
      ),

    /** Looked, and a part of it was there: the rest is sent, however late, since it cannot be taken back unseen. */
    recordBegun: (targetId: string, owner: string, detail: string) =>
      asOwner(
        targetId,
        owner,
        ({ maybeSentAt }) => ({ maybeSentAt: maybeSentAt ?? now().toISOString() }),
        () => ({ kind: 'looked', detail }),
      ),

    /** Whether it is another publication of ours that has this id there. */
    isAnother: (
      { targetId, accountId }: Pick<TargetRow, 'targetId' | 'accountId'>,
      remoteId: string,
    ): boolean =>
      database.orm
        .select({ targetId: postTarget.targetId })
        .from(postTarget)
        .where(
          and(
            eq(postTarget.accountId, accountId),
            ne(postTarget.targetId, targetId),
            or(
              eq(postTarget.remoteId, remoteId),
              sql`EXISTS (SELECT 1 FROM json_each(${postTarget.published}, '$.answerIds') WHERE value = ${remoteId})`,
            ),
          ),
        )
        .limit(1)
        .get() !== undefined,

    note: (targetId: string, owner: string, outcome: Outcome) =>
      asOwner(
        targetId,
        owner,
        () => ({}),
        () => outcome,
      ),

    /**
     * It waits for another try. `askedMs`: the platform wants nothing of the account before. `isFirst`: of a kind whose
     * tries are counted from here.
     */
    recordRetry: (
      targetId: string,
      owner: string,
      {
        afterMs,
        askedMs = 0,
        isBlocked = false,
        isFirst = false,
        ...outcome
      }: Outcome & { afterMs: number; askedMs?: number; isBlocked?: boolean; isFirst?: boolean },
    ) =>
      asOwner(
        targetId,
        owner,
        (target) => {
          if (askedMs > 0) pace.hold(target.accountId, now(), askedMs);
          return {
            state: waitingState(target),
            nextTryAt: later(Math.max(afterMs, askedMs)),
            isBlocked,
            failureCount: isFirst ? 1 : target.failureCount + 1,
            error: outcome.error ?? null,
            ...released,
          };
        },
        () => outcome,
      ),

    /** The platform has asked to wait: for this target and everything else of its account. */
    recordRateLimit: (
      targetId: string,
      owner: string,
      { afterMs, ...outcome }: Outcome & { afterMs: number },
    ) =>
      asOwner(
        targetId,
        owner,
        (target) => {
          pace.hold(target.accountId, now(), afterMs);
          return {
            state: waitingState(target),
            nextTryAt: later(afterMs),
            error: outcome.error ?? null,
            ...released,
          };
        },
        () => outcome,
      ),

    /** It ends here, for the person to look at; what is posted by hand only as long as it is in time. */
    recordEnd: (
      targetId: string,
      owner: string,
      state: 'failed' | 'unconfirmed' | 'to-mark',
      outcome: Outcome,
    ) =>
      asOwner(
        targetId,
        owner,
        (target, row) => {
          if (state === 'to-mark' && isGivenBack(target, row)) return null;
          return {
            state,
            error: outcome.error ?? null,
            nextTryAt: null,
            ...(state === 'failed' ? { maybeSentAt: null, isLookFirst: false } : {}),
            ...released,
          };
        },
        () => outcome,
      ),

    /** Accounts that were connected again: what waited for them goes on. */
    unblock(postId: string, isConnected: (accountId: string) => boolean): void {
      for (const target of store.listTargets(postId)) {
        if (target.isBlocked && isConnected(target.accountId)) {
          store.setTarget(target, { isBlocked: false, nextTryAt: null, turnAt: null, error: null });
        }
      }
    },

    /** The workflow runs, so the work engine has acknowledged it. Said once. */
    noteScheduled(postId: string): void {
      database.transaction(() => {
        if (store.listReceipts(postId).some(({ kind }) => kind === 'scheduled')) return;
        store.addReceipt({ postId, kind: 'scheduled', detail: 'The work engine has acknowledged it.' });
      });
    },
  };
}
