import { and, eq, isNotNull } from 'drizzle-orm';
import type { LibraryDatabase } from '../database.ts';
import { accountPace, postTarget } from '../schema/posts.ts';

/** Keeps the posts of an account apart, so that those which came due together never go out in a burst. */
export function createAccountPace(database: LibraryDatabase) {
  const { orm } = database;

  function read(accountId: string) {
    return orm.select().from(accountPace).where(eq(accountPace.accountId, accountId)).get();
  }

  function write(accountId: string, values: { nextTurnAt: string; lastSentAt?: string }): void {
    orm
      .insert(accountPace)
      .values({ accountId, ...values })
      .onConflictDoUpdate({ target: accountPace.accountId, set: values })
      .run();
  }

  /** The next free place in the account's queue. Call inside a transaction. */
  function takeTurn(accountId: string, at: Date, spacingMs: number): string {
    const nextTurnAt = read(accountId)?.nextTurnAt;
    const turn = Math.max(at.getTime(), nextTurnAt === undefined ? 0 : Date.parse(nextTurnAt));
    write(accountId, { nextTurnAt: new Date(turn + spacingMs).toISOString() });
    return new Date(turn).toISOString();
  }

  return {
    takeTurn,

    /** Whether the account may send now; if so it counts as having sent. Call inside the transaction of the claim. */
    mayStartNow(accountId: string, at: Date, spacingMs: number): boolean {
      const present = read(accountId);
      const lastSentMs =
        present?.lastSentAt === undefined || present.lastSentAt === null ? 0 : Date.parse(present.lastSentAt);
      // A clock that was set back must not keep the account waiting for what is now the future.
      const isTooSoon = lastSentMs <= at.getTime() && lastSentMs + spacingMs > at.getTime();
      if (isTooSoon) return false;
      const next = Math.max(
        at.getTime() + spacingMs,
        present === undefined ? 0 : Date.parse(present.nextTurnAt),
      );
      write(accountId, { nextTurnAt: new Date(next).toISOString(), lastSentAt: at.toISOString() });
      return true;
    },

    /** The platform asks to wait: nothing of this account goes out before, and the queue is made anew after it. */
    holdUntil(accountId: string, until: Date): void {
      write(accountId, { nextTurnAt: until.toISOString() });
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
