import { and, asc, eq, inArray, isNotNull, or, sql, type SQL } from 'drizzle-orm';
import { AppError } from '../../src-shared/domain/errors.ts';
import { contentOf, headingOf } from '../../src-shared/domain/post.ts';
import type { LibraryDatabase } from '../database.ts';
import { createNoticeRepository } from '../notices.ts';
import { post, postTarget } from '../schema/posts.ts';
import { createDeletions } from './deletions.ts';
import { isHeld } from './leases.ts';
import { released, type PostRow, type PostStore, type TargetRow } from './post-store.ts';

const open = ['waiting', 'preparing', 'publishing'] as const;
/** What goes on by itself once its account can be used. */
const waiting = ['waiting', 'deleting'] as const;

/** A post that was stopped when its account was disconnected. */
export interface StoppedTarget {
  row: PostRow;
  target: TargetRow;
}

/** What becomes of posts when the account they are for can be used again, or never any more. */
export function createAccountPosts(database: LibraryDatabase, store: PostStore, now: () => Date) {
  const { orm } = database;
  const deletions = createDeletions(database, store, now);
  const notices = createNoticeRepository(database, now);
  /** The last try had no credentials to use, and its next one is minutes away. */
  const lacksCredentials = sql`json_extract(${postTarget.error}, '$.code') LIKE 'credentials.%'`;
  // As the index has it: thousands of posts may wait for nothing but their time.
  const hasError = (code: string) =>
    and(isNotNull(postTarget.error), sql`json_extract(${postTarget.error}, '$.code') = ${code}`);
  const isLocked = hasError('credentials.locked');
  const lacksFolder = hasError('platform.folder-missing');
  const lacksPlatform = hasError('platform.unreachable');
  const isWaiting = and(inArray(postTarget.state, [...waiting]), eq(postTarget.isBlocked, false));

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

  function goOnWith(accountId: string, what: SQL | undefined): string[] {
    return goOn(
      orm
        .select()
        .from(postTarget)
        .where(and(eq(postTarget.accountId, accountId), isWaiting, what))
        .all(),
    );
  }

  function listAccountsThatLack(what: SQL | undefined): string[] {
    return orm
      .selectDistinct({ accountId: postTarget.accountId })
      .from(postTarget)
      .where(and(isWaiting, what))
      .all()
      .map(({ accountId }) => accountId);
  }

  function isInHand(target: TargetRow): boolean {
    return (target.state === 'publishing' || target.state === 'deleting') && isHeld(target, now());
  }

  function stopTarget(target: TargetRow, accountName: string): void {
    if (target.state === 'deleting') {
      const error = accountDisconnected(accountName, 'deletion');
      deletions.stopDeleting(target, error.toDto());
      tell(target, 'Could not be deleted', accountName, error);
      return;
    }
    const mayBeThere = target.maybeSentAt !== null;
    const error = accountDisconnected(accountName, mayBeThere ? 'unknown-outcome' : 'sending');
    const state = mayBeThere ? 'unconfirmed' : 'failed';
    store.setTarget(target, {
      state,
      error: error.toDto(),
      ...{ nextTryAt: null, turnAt: null, isBlocked: false },
      ...released,
    });
    const { postId, targetId, attempt } = target;
    store.addReceipt({
      ...{ postId, targetId, attempt, errorCode: error.code },
      kind: state,
      detail: error.userMessage,
    });
    // Of the others the one who disconnects it is told; whether this arrived, nobody but the creator can find out.
    if (mayBeThere) tell(target, 'Could not be confirmed', accountName, error);
  }

  function tell(target: TargetRow, what: string, accountName: string, error: AppError): void {
    const { row } = store.get(target.postId);
    notices.add({
      kind: 'post-problem',
      title: `${what}: ${headingOf(contentOf(row, target))}`,
      body: `${accountName}: ${error.userMessage}`,
      target: { screen: 'post', postId: target.postId },
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
              inArray(postTarget.state, [...waiting]),
              or(eq(postTarget.isBlocked, true), lacksCredentials),
            ),
          )
          .all(),
      ),

    /** The credentials can be read again. What a platform has refused waits on: that is for its account to mend. */
    goOnUnlocked: (): string[] =>
      goOn(orm.select().from(postTarget).where(and(isWaiting, lacksCredentials)).all()),

    /** Whether something waits until the credentials can be read. */
    isUnlockAwaited: (): boolean =>
      orm
        .select({ targetId: postTarget.targetId })
        .from(postTarget)
        .where(and(isWaiting, isLocked))
        .limit(1)
        .get() !== undefined,

    /** Accounts whose folder is on a drive that is away. */
    listAwaitedFolders: () => listAccountsThatLack(lacksFolder),

    /** Accounts whose platform could not be reached. */
    listAwaitedPlatforms: () => listAccountsThatLack(lacksPlatform),

    /** The folder of the account is there again. Returns the posts to be woken. */
    goOnWithFolder: (accountId: string) => goOnWith(accountId, lacksFolder),

    /** The platform can be reached again. Returns the posts to be woken. */
    goOnWithPlatform: (accountId: string) => goOnWith(accountId, lacksPlatform),

    /** Whether anything was ever published there. */
    hasPublished: (accountId: string): boolean =>
      orm
        .select({ targetId: postTarget.targetId })
        .from(postTarget)
        .where(
          and(
            eq(postTarget.accountId, accountId),
            inArray(postTarget.state, ['published', 'deleting', 'deleted']),
          ),
        )
        .limit(1)
        .get() !== undefined,

    /** Posts that would be stopped if the account were disconnected. */
    listWaitingFor: (accountId: string): string[] =>
      orm
        .selectDistinct({ postId: postTarget.postId })
        .from(postTarget)
        .where(and(eq(postTarget.accountId, accountId), inArray(postTarget.state, [...open])))
        .all()
        .map(({ postId }) => postId),

    /** Posts that were stopped when the account was disconnected and that nobody has taken up since, the soonest first. */
    listStopped: (accountId: string): StoppedTarget[] =>
      orm
        .select({ row: post, target: postTarget })
        .from(postTarget)
        .innerJoin(post, eq(post.postId, postTarget.postId))
        .where(
          and(
            eq(postTarget.accountId, accountId),
            inArray(postTarget.state, ['failed', 'unconfirmed']),
            sql`json_extract(${postTarget.error}, '$.code') = 'platform.account-disconnected'`,
          ),
        )
        .orderBy(asc(post.dueAt))
        .all(),

    /**
     * The creator disconnects the account: what waits for it is not sent, and says so where it stands. What may have
     * arrived is left to the creator, since nobody can look any more. Returns the posts that were stopped.
     * @throws AppError `input.wrong-state` while one of them is being sent
     */
    stopForAccount(accountId: string, accountName: string): string[] {
      const targets = orm
        .select()
        .from(postTarget)
        .where(and(eq(postTarget.accountId, accountId), inArray(postTarget.state, [...open, 'deleting'])))
        .all();
      if (targets.some(isInHand)) {
        throw new AppError({
          code: 'input.wrong-state',
          userMessage: `A post is being sent to “${accountName}” or deleted there right now. Nothing was changed. Disconnect the account in a moment.`,
          retry: 'user',
          details: { accountId },
        });
      }
      for (const target of targets) stopTarget(target, accountName);
      return [...new Set(targets.map(({ postId }) => postId))];
    },
  };
}

/** What was under way when the account was disconnected, and how that left the post. */
const disconnectedSentences = {
  sending:
    'was disconnected, so this was not sent. The post is kept. Connect the account again and try this again, or edit the post for another account.',
  'unknown-outcome':
    'was disconnected before it was known whether this arrived. It was not sent again. Look on the platform, then say what you found.',
  deletion:
    'was disconnected, so this was not deleted: it stands where it was. Connect the account again and delete it then, or delete it on the platform.',
} as const;

export function accountDisconnected(
  accountName: string,
  underWay: keyof typeof disconnectedSentences = 'sending',
): AppError {
  return new AppError({
    code: 'platform.account-disconnected',
    userMessage: `“${accountName}” ${disconnectedSentences[underWay]}`,
    retry: 'user',
  });
}
