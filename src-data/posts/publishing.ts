import { inArray } from 'drizzle-orm';
import type { AppErrorDto } from '../../src-shared/domain/errors.ts';
import type { PostMetrics, ReceiptKind } from '../../src-shared/domain/post.ts';
import type { LibraryDatabase } from '../database.ts';
import { postTarget } from '../schema/posts.ts';
import { createAccountPace } from './account-pace.ts';
import { createClaims } from './claims.ts';
import { createDeletions } from './deletions.ts';
import { createHolds, waitingState } from './holds.ts';
import { createReceiptChain } from './receipt-chain.ts';
import { createPostStore, released, type PostRow, type TargetPatch, type TargetRow } from './post-store.ts';

export interface Outcome {
  kind: ReceiptKind;
  detail: string;
  error?: AppErrorDto | null;
  url?: string | null;
}

/** One read a day for a week: the first after an hour. */
const measureAfterMs = [3_600_000, 24 * 3_600_000, 7 * 24 * 3_600_000] as const;

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

  return {
    ...store,
    ...createClaims(database, store, now),
    ...createDeletions(database, store, now),

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
      asOwner(targetId, owner, ({ maybeSentAt, leaseUntil }) =>
        maybeSentAt === null && leaseUntil !== null && leaseUntil <= now().toISOString()
          ? null
          : { leaseUntil: later(leaseMs) },
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
      asOwner(targetId, owner, (target) => {
        if (target.state !== 'publishing' || target.frozen === null) return null;
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
        if (target === undefined || target.state === 'published') return false;
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
          metricsDueAt: later(measureAfterMs[0]),
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
        () => ({ maybeSentAt: null, isLookFirst: false }),
        () => ({ kind: 'looked', detail }),
      ),

    note: (targetId: string, owner: string, outcome: Outcome) =>
      asOwner(
        targetId,
        owner,
        () => ({}),
        () => outcome,
      ),

    /** It waits for another try. `askedMs`: the platform wants nothing of the account before. */
    recordRetry: (
      targetId: string,
      owner: string,
      {
        afterMs,
        askedMs = 0,
        isBlocked = false,
        ...outcome
      }: Outcome & { afterMs: number; askedMs?: number; isBlocked?: boolean },
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
            failureCount: target.failureCount + 1,
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

    /** It ends here, for the person to look at. */
    recordEnd: (
      targetId: string,
      owner: string,
      state: 'failed' | 'unconfirmed' | 'to-mark',
      outcome: Outcome,
    ) =>
      asOwner(
        targetId,
        owner,
        () => ({
          state,
          error: outcome.error ?? null,
          nextTryAt: null,
          ...(state === 'failed' ? { maybeSentAt: null, isLookFirst: false } : {}),
          ...released,
        }),
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

    /** Whether the platform may be asked for numbers now; where it asked the account to wait, their time is put off. */
    mayMeasure(targetId: string): boolean {
      return database.transaction(() => {
        const target = store.findTarget(targetId);
        return target !== undefined && !holds.putOff(target);
      });
    },

    /** The platform has asked to wait, and not in a try that records it. */
    holdAccount: (accountId: string, askedMs: number): void =>
      database.transaction(() => pace.hold(accountId, now(), askedMs)),

    recordMetrics(targetId: string, metrics: PostMetrics | null): void {
      database.transaction(() => {
        const target = store.findTarget(targetId);
        if (target?.state !== 'published' || target.publishedAt === null) return;
        const metricsCount = target.metricsCount + 1;
        const afterMs = measureAfterMs[metricsCount];
        store.setTarget(target, {
          ...(metrics === null ? {} : { metrics }),
          metricsCount,
          metricsDueAt:
            afterMs === undefined ? null : new Date(Date.parse(target.publishedAt) + afterMs).toISOString(),
        });
        if (metrics === null) return;
        addReceipt(target, { kind: 'measured', detail: describeMetrics(metrics), url: target.url });
      });
    },
  };
}

function describeMetrics({ likes, reposts, replies }: PostMetrics): string {
  const parts = [
    likes === null ? null : `${likes} likes`,
    reposts === null ? null : `${reposts} reposts`,
    replies === null ? null : `${replies} replies`,
  ].filter((part) => part !== null);
  return parts.length === 0 ? 'The platform tells no numbers.' : `${parts.join(', ')}.`;
}
