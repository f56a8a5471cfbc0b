import { and, eq, isNotNull, sql } from 'drizzle-orm';
import type { LibraryDatabase } from '../database.ts';
import { accountPace, postTarget } from '../schema/posts.ts';

/**
 * Timers of many posts fire close together, or a little late. A try that comes before its time waits for it this long;
 * to give it another turn would cost the workflow several steps, and the account its place.
 */
const longestHoldMs = 5_000;

/** Keeps the posts of an account apart, so that those which came due together never go out in a burst. */
export function createAccountPace(database: LibraryDatabase) {
  const { orm } = database;
  const byAccount = orm
    .select()
    .from(accountPace)
    .where(eq(accountPace.accountId, sql.placeholder('accountId')))
    .prepare();

  function read(accountId: string) {
    return byAccount.get({ accountId });
  }

  function write(
    accountId: string,
    at: Date,
    values: { nextTurnAt: string; lastSentAt?: string; heldFrom?: string; heldUntil?: string },
  ): void {
    const set = { ...values, takenAt: at.toISOString() };
    orm
      .insert(accountPace)
      .values({ accountId, ...set })
      .onConflictDoUpdate({ target: accountPace.accountId, set })
      .run();
  }

  /**
   * When the account is free again, and its next place. A clock that was set back must not keep it waiting for what is
   * now the future: what was sent, or given as a place, by a clock that was ahead does not count.
   */
  function readQueue(accountId: string, at: Date, spacingMs: number) {
    const { nextTurnAt, lastSentAt = null, takenAt = null } = read(accountId) ?? {};
    const latestMs = at.getTime() + longestHoldMs;
    const freeMs = lastSentAt === null ? 0 : Date.parse(lastSentAt) + spacingMs;
    const isSentAhead = freeMs > latestMs + spacingMs;
    const isTakenAhead = takenAt !== null && Date.parse(takenAt) > latestMs;
    const isNone = nextTurnAt === undefined || isSentAhead || isTakenAhead;
    return {
      isSentAhead,
      freeMs: isSentAhead ? 0 : freeMs,
      nextTurnMs: isNone ? 0 : Date.parse(nextTurnAt),
    };
  }

  /** The next free place in the account's queue. Call inside a transaction. */
  function takeTurn(accountId: string, at: Date, spacingMs: number): string {
    const { isSentAhead, nextTurnMs } = readQueue(accountId, at, spacingMs);
    const turn = Math.max(at.getTime(), nextTurnMs);
    write(accountId, at, {
      nextTurnAt: new Date(turn + spacingMs).toISOString(),
      // Or every turn from here would be the first one.
      ...(isSentAhead ? { lastSentAt: new Date(at.getTime() - spacingMs).toISOString() } : {}),
    });
    return new Date(turn).toISOString();
  }

  /**
   * Until when the platform wants nothing of the account; null where it may be asked. A hold that begins in the future is
   * one of a clock that was set back since, and counts no more.
   */
  function findHold(accountId: string, at: Date): string | null {
    const { heldFrom = null, heldUntil = null } = read(accountId) ?? {};
    if (heldFrom === null || heldUntil === null) return null;
    const instant = at.toISOString();
    return heldFrom <= instant && instant < heldUntil ? heldUntil : null;
  }

  return {
    takeTurn,
    findHold,

    /**
     * How long to wait until the account may send; it then counts as having sent. Null: longer than it is worth holding
     * a try for. Call inside the transaction of the claim.
     */
    reserveStart(accountId: string, at: Date, spacingMs: number): number | null {
      const nowMs = at.getTime();
      const { freeMs, nextTurnMs } = readQueue(accountId, at, spacingMs);
      const heldUntil = findHold(accountId, at);
      const startMs = Math.max(nowMs, freeMs, heldUntil === null ? 0 : Date.parse(heldUntil));
      if (startMs > nowMs + longestHoldMs) return null;
      const next = Math.max(startMs + spacingMs, nextTurnMs);
      write(accountId, at, {
        nextTurnAt: new Date(next).toISOString(),
        lastSentAt: new Date(startMs).toISOString(),
      });
      return startMs - nowMs;
    },

    /** The platform asks to wait: nothing of this account goes out before, and the queue is made anew after it. */
    hold(accountId: string, at: Date, pauseMs: number): void {
      const asked = new Date(at.getTime() + pauseMs).toISOString();
      const present = findHold(accountId, at);
      const heldUntil = present === null || asked > present ? asked : present;
      write(accountId, at, { nextTurnAt: heldUntil, heldFrom: at.toISOString(), heldUntil });
      orm
        .update(postTarget)
        .set({ turnAt: null })
        .where(
          and(
            eq(postTarget.accountId, accountId),
            eq(postTarget.state, 'waiting'),
            isNotNull(postTarget.turnAt),
          ),
        )
        .run();
    },
  };
}
