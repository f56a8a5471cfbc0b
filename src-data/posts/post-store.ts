import { and, asc, desc, eq, isNull, or, sql } from 'drizzle-orm';
import {
  isWaitingReceipt,
  type Post,
  type PostTarget,
  type Receipt,
  type ReceiptRepeats,
  type TargetState,
} from '../../src-shared/domain/post.ts';
import { mayFollow, stateOfPost } from '../../src-shared/domain/target-state.ts';
import { createCreditRepository } from '../credits.ts';
import { recordNotFound } from '../database-errors.ts';
import type { LibraryDatabase } from '../database.ts';
import { prepareInsert } from '../prepared-insert.ts';
import { post, postReceipt, postTarget } from '../schema/posts.ts';

export type PostRow = typeof post.$inferSelect;
export type TargetRow = typeof postTarget.$inferSelect;
export type TargetPatch = Partial<Omit<TargetRow, 'targetId' | 'postId' | 'accountId' | 'position'>>;

/** Nobody has it in hand any more. */
export const released = { leaseOwner: null, leaseUntil: null } as const satisfies TargetPatch;

export interface StoredPost {
  row: PostRow;
  targets: TargetRow[];
}

export type NewReceipt = Pick<Receipt, 'kind' | 'detail'> & {
  postId: string;
  targetId?: string | null;
  attempt?: number;
  url?: string | null;
  errorCode?: string | null;
};

export type PostStore = ReturnType<typeof createPostStore>;

/** Rows of posts, targets and receipts. What may happen to them is decided by those who use it, in one transaction. */
export function createPostStore(database: LibraryDatabase, now: () => Date = () => new Date()) {
  const { orm } = database;
  const credits = createCreditRepository(database, now);
  const byId = orm
    .select()
    .from(post)
    .where(eq(post.postId, sql.placeholder('postId')))
    .prepare();
  const targetById = orm
    .select()
    .from(postTarget)
    .where(eq(postTarget.targetId, sql.placeholder('targetId')))
    .prepare();
  const targetsOfPost = orm
    .select()
    .from(postTarget)
    .where(eq(postTarget.postId, sql.placeholder('postId')))
    .orderBy(asc(postTarget.position))
    .prepare();
  const lastReceipt = orm
    .select({ kind: postReceipt.kind, errorCode: postReceipt.errorCode })
    .from(postReceipt)
    .where(
      and(
        eq(postReceipt.postId, sql.placeholder('postId')),
        or(isNull(postReceipt.targetId), eq(postReceipt.targetId, sql.placeholder('targetId'))),
      ),
    )
    .orderBy(desc(postReceipt.receiptId))
    .limit(1)
    .prepare();
  const insertPost = prepareInsert(orm, post, [
    ...(['postId', 'workflowId', 'state', 'content', 'dueAt', 'localTime', 'zone'] as const),
    ...(['lateness', 'revision', 'createdAt', 'updatedAt'] as const),
  ]);
  const insertReceipt = prepareInsert(orm, postReceipt, [
    ...(['postId', 'targetId', 'kind', 'at', 'attempt', 'detail', 'url', 'errorCode'] as const),
  ]);

  function find(postId: string): StoredPost | undefined {
    const row = byId.get({ postId });
    return row && { row, targets: listTargets(postId) };
  }

  function listTargets(postId: string): TargetRow[] {
    return targetsOfPost.all({ postId });
  }

  function settleState(postId: string): void {
    setPost(postId, { state: stateOfPost(listTargets(postId).map(({ state }) => state)) });
  }

  /** What was set aside for it: a post that stands there is spent, one that will not be sent is free again. */
  function settleCredits(
    { postId, accountId }: Pick<TargetRow, 'postId' | 'accountId'>,
    state: TargetState,
  ): void {
    const which = { accountId, unit: 'posts' } as const;
    if (state === 'published') credits.settleReservation(postId, which);
    if (state === 'failed' || state === 'cancelled' || state === 'missed') {
      credits.releaseReservation(postId, which);
    }
    // What rendering took was settled when it was done.
    if (['published', 'failed', 'cancelled', 'missed'].includes(state)) {
      credits.releaseReservation(postId, { accountId, unit: 'rendering-minutes' });
    }
  }

  function setPost(postId: string, patch: Partial<PostRow>): void {
    orm
      .update(post)
      .set({ ...patch, updatedAt: now().toISOString() })
      .where(eq(post.postId, postId))
      .run();
  }

  return {
    find,
    listTargets,
    setPost,
    settleState,

    /** @throws AppError `input.not-found` */
    get(postId: string): StoredPost {
      const found = find(postId);
      if (found === undefined) throw recordNotFound('This post', postId);
      return found;
    },

    findTarget(targetId: string): TargetRow | undefined {
      return targetById.get({ targetId });
    },

    insertPost(row: Omit<PostRow, 'createdAt' | 'updatedAt'>): void {
      const at = now().toISOString();
      insertPost({ ...row, createdAt: at, updatedAt: at });
    },

    insertTarget(
      row: Pick<TargetRow, 'targetId' | 'postId' | 'accountId' | 'position' | 'variant' | 'state'>,
    ): void {
      orm
        .insert(postTarget)
        .values({ ...row, updatedAt: now().toISOString() })
        .run();
    },

    deleteTarget(targetId: string): void {
      orm.delete(postTarget).where(eq(postTarget.targetId, targetId)).run();
    },

    /** Only for posts without receipts: what was accepted once is kept. */
    deletePost(postId: string): void {
      orm.delete(post).where(eq(post.postId, postId)).run();
    },

    /** Changes a target and, with its state, that of the post. */
    setTarget(
      target: Pick<TargetRow, 'targetId' | 'postId' | 'accountId' | 'state'>,
      patch: TargetPatch,
    ): void {
      if (patch.state !== undefined && !mayFollow(target.state, patch.state)) {
        throw new Error(`a target cannot become ${patch.state} after ${target.state}`);
      }
      orm
        .update(postTarget)
        .set({ ...patch, updatedAt: now().toISOString() })
        .where(eq(postTarget.targetId, target.targetId))
        .run();
      if (patch.state === undefined || patch.state === target.state) return;
      settleState(target.postId);
      settleCredits(target, patch.state);
    },

    addReceipt({ targetId = null, attempt = 0, url = null, errorCode = null, ...rest }: NewReceipt): void {
      insertReceipt({ ...rest, targetId, attempt, url, errorCode, at: now().toISOString() });
    },

    /** The newest link about a target, or about its post as a whole. */
    findLastReceipt({
      postId,
      targetId,
    }: Pick<TargetRow, 'postId' | 'targetId'>): Pick<Receipt, 'kind' | 'errorCode'> | undefined {
      return lastReceipt.get({ postId, targetId });
    },

    /** The chain in order. */
    listReceipts(postId: string): Receipt[] {
      const { receiptId, targetId, kind, at, attempt, detail, url, errorCode } = postReceipt;
      const rows = orm
        .select({ receiptId, targetId, kind, at, attempt, detail, url, errorCode })
        .from(postReceipt)
        .where(eq(postReceipt.postId, postId))
        .orderBy(asc(postReceipt.receiptId))
        .all();
      const targets = listTargets(postId);
      return rows.map((row) => ({ ...row, repeats: repeatsOf(row, rows, targets) }));
    },
  };
}

export function toPost({ row, targets }: StoredPost): Post {
  const { postId, workflowId, state, content, lateness, revision, createdAt, updatedAt } = row;
  return {
    ...{ postId, workflowId, state, content, lateness, revision, createdAt, updatedAt },
    due: toDue(row),
    targets: targets.map(toTarget),
  };
}

export function toDue({
  dueAt,
  zone,
  localTime,
}: Pick<PostRow, 'dueAt' | 'zone' | 'localTime'>): Post['due'] {
  return dueAt === null || zone === null || localTime === null ? null : { dueAt, zone, localTime };
}

function toTarget(row: TargetRow): PostTarget {
  const { targetId, accountId, state, variant, attempt, url, publishedAt, error, metrics } = row;
  const { nextTryAt, turnAt } = row;
  const next = state === 'waiting' || state === 'deleting' ? laterOf(nextTryAt, turnAt) : null;
  return { targetId, accountId, state, variant, attempt, nextTryAt: next, url, publishedAt, error, metrics };
}

/** Instants are compared as text: they are all ISO 8601 in UTC. */
export function laterOf(left: string | null, right: string | null): string | null {
  if (left === null || right === null) return left ?? right;
  return left > right ? left : right;
}

/** Those of the last wait of a target are counted with it. */
function repeatsOf(
  { receiptId, targetId, kind }: Pick<Receipt, 'receiptId' | 'targetId' | 'kind'>,
  rows: readonly Pick<Receipt, 'receiptId' | 'targetId' | 'kind'>[],
  targets: readonly TargetRow[],
): ReceiptRepeats | null {
  if (!isWaitingReceipt(kind)) return null;
  const last = rows.findLast((row) => row.targetId === targetId && isWaitingReceipt(row.kind));
  if (last?.receiptId !== receiptId) return null;
  return targets.find((target) => target.targetId === targetId)?.repeats ?? null;
}
