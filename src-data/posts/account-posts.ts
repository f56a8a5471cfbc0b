import { and, eq, inArray, or, sql } from 'drizzle-orm';
import { AppError } from '../../src-shared/domain/errors.ts';
import type { LibraryDatabase } from '../database.ts';
import { postTarget } from '../schema/posts.ts';
import type { PostStore, TargetRow } from './post-store.ts';

const open = ['waiting', 'preparing', 'publishing'] as const;

/** What becomes of posts when the account they are for can be used again, or never any more. */
export function createAccountPosts({ orm }: LibraryDatabase, store: PostStore, now: () => Date) {
  /** The last try had no credentials to use, and its next one is minutes away. */
  const lacksCredentials = sql`json_extract(${postTarget.error}, '$.code') LIKE 'credentials.%'`;

  function goOn(targets: readonly TargetRow[]): string[] {
    for (const target of targets) {
      store.setTarget(target, {
        isBlocked: false,
        nextTryAt: null,
        turnAt: null,
        failureCount: 0,
        error: null,
      });
    }
    return [...new Set(targets.map(({ postId }) => postId))];
  }

  function isHeld({ state, leaseUntil }: TargetRow): boolean {
    return state === 'publishing' && leaseUntil !== null && leaseUntil > now().toISOString();
  }

  function stopTarget(target: TargetRow, accountName: string): void {
    const mayBeThere = target.maybeSentAt !== null;
    const error = accountDisconnected(accountName, mayBeThere);
    const state = mayBeThere ? 'unconfirmed' : 'failed';
    store.setTarget(target, {
      state,
      error: error.toDto(),
      ...{ nextTryAt: null, turnAt: null, leaseOwner: null, leaseUntil: null, isBlocked: false },
    });
    const { postId, targetId, attempt } = target;
    store.addReceipt({
      ...{ postId, targetId, attempt, errorCode: error.code },
      kind: state,
      detail: error.userMessage,
    });
  }

  return {
    /** The account is connected again: whatever waited for that goes on now. Returns the posts to be woken. */
    goOnWithAccount: (accountId: string): string[] =>
      goOn(
        orm
          .select()
          .from(postTarget)
          .where(
            and(
              eq(postTarget.accountId, accountId),
              eq(postTarget.state, 'waiting'),
              or(eq(postTarget.isBlocked, true), lacksCredentials),
            ),
          )
          .all(),
      ),

    /** The credentials can be read again. What a platform has refused waits on: that is for its account to mend. */
    goOnUnlocked: (): string[] =>
      goOn(
        orm
          .select()
          .from(postTarget)
          .where(and(eq(postTarget.state, 'waiting'), eq(postTarget.isBlocked, false), lacksCredentials))
          .all(),
      ),

    /** Posts that would be stopped if the account were disconnected. */
    listWaitingFor: (accountId: string): string[] =>
      orm
        .selectDistinct({ postId: postTarget.postId })
        .from(postTarget)
        .where(and(eq(postTarget.accountId, accountId), inArray(postTarget.state, [...open])))
        .all()
        .map(({ postId }) => postId),

    /**
     * The creator disconnects the account: what waits for it is not sent, and says so where it stands. What may have
     * arrived is left to the creator, since nobody can look any more. Returns the posts that were stopped.
     * @throws AppError `input.wrong-state` while one of them is being sent
     */
    stopForAccount(accountId: string, accountName: string): string[] {
      const targets = orm
        .select()
        .from(postTarget)
        .where(and(eq(postTarget.accountId, accountId), inArray(postTarget.state, [...open])))
        .all();
      if (targets.some(isHeld)) {
        throw new AppError({
          code: 'input.wrong-state',
          userMessage: `A post is being sent to “${accountName}” right now. Nothing was changed. Disconnect the account in a moment.`,
          retry: 'user',
          details: { accountId },
        });
      }
      for (const target of targets) stopTarget(target, accountName);
      return [...new Set(targets.map(({ postId }) => postId))];
    },
  };
}

export function accountDisconnected(accountName: string, mayBeThere = false): AppError {
  return new AppError({
    code: 'platform.account-disconnected',
    userMessage: mayBeThere
      ? `“${accountName}” was disconnected before it was known whether this arrived. It was not sent again. Look on the platform, then say what you found.`
      : `“${accountName}” was disconnected, so this was not sent. The post is kept. Connect the account again and try this again, or edit the post for another account.`,
    retry: 'user',
  });
}
