import { randomUUID } from 'node:crypto';
import { AppError } from '../../src-shared/domain/errors.ts';
import type { LatenessPolicy } from '../../src-shared/domain/lateness.ts';
import type { DueTime, TargetState } from '../../src-shared/domain/post.ts';
import { isActive, isEditable, isSettled } from '../../src-shared/domain/target-state.ts';
import type { VariantContent } from '../../src-shared/domain/variant-content.ts';
import { workflowIds } from '../../src-shared/domain/workflows.ts';
import type { LibraryDatabase } from '../database.ts';
import { createAccountPosts } from './account-posts.ts';
import { createDeletions } from './deletions.ts';
import { createPostStore, released, type StoredPost, type TargetRow } from './post-store.ts';

export interface TargetWish {
  accountId: string;
  variant: VariantContent | null;
}

export interface PostWish {
  content: VariantContent;
  targets: readonly TargetWish[];
  due: DueTime | null;
  lateness: LatenessPolicy;
}

/** Its outcome is open or being made: nothing may change under it. */
function isBeingSent({ state, maybeSentAt }: TargetRow): boolean {
  return state === 'publishing' || (maybeSentAt !== null && isActive(state));
}

/** Before anything of it left. What was prepared ahead was made of other words or for another time. */
const notPrepared = { frozen: null, frozenRevision: null, prepareCount: 0 } as const;

/** Set when a target begins to wait anew. */
const waitingAnew = {
  state: 'waiting',
  turnAt: null,
  expectedAt: null,
  nextTryAt: null,
  failureCount: 0,
  isBlocked: false,
  error: null,
  ...released,
} as const;

export type PostChanges = ReturnType<typeof createPostChanges>;

/** What a person or an agent can do to posts. Each is called inside the transaction of its command. */
export function createPostChanges(database: LibraryDatabase, now: () => Date = () => new Date()) {
  const store = createPostStore(database, now);

  /** @throws AppError `input.wrong-state` while anything of the post is being sent */
  function refuseWhileSent({ targets }: StoredPost): void {
    const inHand = targets.find(isBeingSent);
    if (inHand === undefined) return;
    throw new AppError({
      code: 'input.wrong-state',
      userMessage:
        inHand.state === 'publishing'
          ? 'This post is being sent right now, so it cannot be changed any more. Nothing was changed. Look again in a moment.'
          : 'This post may have been sent already. It is looked for on its platform as soon as that can be reached, and cannot be changed before. Nothing was changed.',
      retry: 'user',
      details: { targetId: inHand.targetId, state: inHand.state },
    });
  }

  function insert(postId: string, wish: PostWish, state: 'draft' | 'waiting'): void {
    const { content, due, lateness, targets } = wish;
    store.insertPost({
      postId,
      workflowId: workflowIds.schedulePost(postId),
      state,
      content,
      dueAt: due?.dueAt ?? null,
      localTime: due?.localTime ?? null,
      zone: due?.zone ?? null,
      lateness,
      revision: 0,
    });
    replaceTargets({ row: { postId }, targets: [] }, targets, state);
  }

  /** Keeps the targets that stay, with what is known of them; adds and removes the others. */
  function replaceTargets(
    { row: { postId }, targets }: { row: { postId: string }; targets: readonly TargetRow[] },
    wished: readonly TargetWish[],
    state: 'draft' | 'waiting',
  ): void {
    const present = new Map(targets.map((target) => [target.accountId, target]));
    for (const target of targets) {
      if (wished.some(({ accountId }) => accountId === target.accountId)) continue;
      if (target.state === 'draft') store.deleteTarget(target.targetId);
      else if (!isSettled(target.state)) cancelTarget(target);
    }
    for (const [position, { accountId, variant }] of wished.entries()) {
      const target = present.get(accountId);
      if (target === undefined) {
        store.insertTarget({ targetId: randomUUID(), postId, accountId, position, variant, state });
      } else if (isEditable(target.state)) {
        store.setTarget(target, { variant });
      } else if (target.state === 'cancelled') {
        wantAgain(target, variant);
      }
    }
    store.settleState(postId);
  }

  function cancelTarget(target: TargetRow): void {
    store.setTarget(target, { state: 'cancelled', nextTryAt: null, turnAt: null, error: null, ...released });
    store.addReceipt({
      postId: target.postId,
      targetId: target.targetId,
      kind: 'cancelled',
      attempt: target.attempt,
      detail:
        target.state === 'unconfirmed'
          ? 'Cancelled. It may have arrived before; it is not sent again.'
          : 'Cancelled before it was sent.',
    });
  }

  /** An earlier edit had taken its account away, or it was cancelled for it. */
  function wantAgain(target: TargetRow, variant: VariantContent | null): void {
    waitAnew(target, { lateAcceptedAt: null, variant });
    const { postId, targetId, attempt } = target;
    store.addReceipt({
      ...{ postId, targetId, attempt },
      kind: 'decided',
      detail: 'Wanted for this account again.',
    });
  }

  function setDue(postId: string, due: DueTime): void {
    store.setPost(postId, { dueAt: due.dueAt, zone: due.zone, localTime: due.localTime });
  }

  /** The creator wants it although it is late. Of what is not due yet nothing was said about being late. */
  function acceptedNow(postId: string): string | null {
    const at = now().toISOString();
    const { dueAt } = store.get(postId).row;
    return dueAt !== null && dueAt <= at ? at : null;
  }

  function waitAnew(target: TargetRow, patch: Partial<TargetRow> = {}): void {
    store.setTarget(target, {
      ...waitingAnew,
      ...(target.maybeSentAt === null ? notPrepared : {}),
      ...patch,
    });
  }

  return {
    ...store,
    ...createAccountPosts(database, store, now),
    ...createDeletions(database, store, now),
    insert,

    /** Changes a draft, or what a scheduled post says. Targets that are published, or may be, keep what they said. */
    rewrite(postId: string, wish: Partial<PostWish>): void {
      const found = store.get(postId);
      refuseWhileSent(found);
      const { row, targets } = found;
      if (wish.content !== undefined) {
        for (const target of targets) {
          if (!isEditable(target.state) && target.state !== 'cancelled' && target.variant === null) {
            store.setTarget(target, { variant: row.content });
          }
        }
      }
      store.setPost(postId, {
        ...(wish.content === undefined ? {} : { content: wish.content }),
        ...(wish.lateness === undefined ? {} : { lateness: wish.lateness }),
        ...(wish.due === undefined
          ? {}
          : {
              dueAt: wish.due?.dueAt ?? null,
              zone: wish.due?.zone ?? null,
              localTime: wish.due?.localTime ?? null,
            }),
        revision: row.revision + 1,
      });
      for (const target of targets.filter(({ state }) => state === 'waiting' || state === 'preparing')) {
        store.setTarget(target, { state: 'waiting', ...notPrepared, ...released });
      }
      if (wish.targets !== undefined) {
        replaceTargets(found, wish.targets, row.state === 'draft' ? 'draft' : 'waiting');
      }
    },

    /** A draft becomes a promise. */
    accept(postId: string, due: DueTime): void {
      const { targets } = store.get(postId);
      setDue(postId, due);
      for (const target of targets) store.setTarget(target, waitingAnew);
      store.settleState(postId);
    },

    /** Another time for everything that was not sent yet. */
    moveTo(postId: string, due: DueTime): void {
      const found = store.get(postId);
      refuseWhileSent(found);
      setDue(postId, due);
      for (const target of found.targets) {
        if (['waiting', 'preparing', 'missed', 'needs-decision'].includes(target.state)) {
          waitAnew(target, { lateAcceptedAt: null });
        }
      }
    },

    /** Returns how many accounts it was taken back for. */
    cancel(postId: string, targetId: string | undefined): number {
      const found = store.get(postId);
      const chosen = found.targets.filter((target) => targetId === undefined || target.targetId === targetId);
      refuseWhileSent({ ...found, targets: chosen });
      const open = chosen.filter(({ state }) => !isSettled(state) && state !== 'draft');
      for (const target of open) cancelTarget(target);
      return open.length;
    },

    /** Another try for one account, now. It is looked for first: platforms have said no and published all the same. */
    retry(target: TargetRow): void {
      waitAnew(target, { lateAcceptedAt: acceptedNow(target.postId), isLookFirst: true });
    },

    /** Its account is connected again: as it was planned, and where its time has passed, by its own policy. */
    takeUp(target: TargetRow): void {
      waitAnew(target, { lateAcceptedAt: null, isLookFirst: true });
    },

    /** The creator has looked and wants it sent although it may be there: under a new key, so that it can be. */
    sendAgain(target: TargetRow): void {
      waitAnew(target, {
        ...notPrepared,
        generation: target.generation + 1,
        maybeSentAt: null,
        lateAcceptedAt: acceptedNow(target.postId),
      });
    },

    /** The creator says that it stands there. */
    markPublished(target: TargetRow, url: string | null): void {
      store.setTarget(target, {
        state: 'published',
        url,
        publishedAt: now().toISOString(),
        maybeSentAt: null,
        error: null,
        ...released,
      });
    },

    /** Late posts: publish or skip. Returns how many accounts it was decided for. */
    decideLate(postId: string, isToPublish: boolean): number {
      const { targets } = store.get(postId);
      const decidable: TargetState[] = isToPublish ? ['needs-decision', 'missed'] : ['needs-decision'];
      const late = targets.filter(({ state }) => decidable.includes(state));
      for (const target of late) {
        if (isToPublish) waitAnew(target, { lateAcceptedAt: acceptedNow(postId) });
        else store.setTarget(target, { state: 'missed' });
      }
      return late.length;
    },
  };
}
