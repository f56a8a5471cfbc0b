import { randomUUID } from 'node:crypto';
import type { WhenInput } from '../../src-shared/contract/post-inputs.ts';
import type { ParsedInput } from '../../src-shared/contract/registry.ts';
import { AppError } from '../../src-shared/domain/errors.ts';
import { defaultLateness } from '../../src-shared/domain/lateness.ts';
import { headingOf } from '../../src-shared/domain/post.ts';
import { isMovable } from '../../src-shared/domain/target-state.ts';
import { workflowIds } from '../../src-shared/domain/workflows.ts';
import { startPost, wakePosts } from '../boundary/start-messages.ts';
import type { DurableChange, DurableHandler } from '../commands/handler-types.ts';
import type { CommandServices } from '../commands/services.ts';
import { wrongState } from '../commands/wrong-state.ts';
import { refuseUnfit } from './check-posts.ts';
import { costOfOpen, costOfWish } from './cost-posts.ts';
import { previewReschedule } from './preview-changes.ts';
import { previewPublishNow, previewSchedule } from './preview-posts.ts';
import { resolveWhen } from './resolve-when.ts';

export const schedulePost: DurableHandler<'schedule-post'> = {
  record:
    ({ when, ...wish }, services) =>
    () =>
      schedule(wish, when, services),
  preview: previewSchedule,
  cost: costOfWish,
};

export const publishNow: DurableHandler<'publish-now'> = {
  record: (wish, services) => () => {
    const present = wish.postId === undefined ? undefined : services.posts.get(wish.postId);
    if (wish.postId === undefined || present?.row.state === 'draft') {
      return schedule(wish, { kind: 'now' }, services);
    }
    if (wish.content !== undefined || wish.targets !== undefined) {
      throw wrongState(
        'This post is scheduled already. Nothing was changed. Edit it first, then publish it now.',
        {
          postId: wish.postId,
        },
      );
    }
    return move(wish.postId, { kind: 'now' }, services);
  },
  preview: previewPublishNow,
  cost(wish, services) {
    const { postId } = wish;
    const isWaiting = postId !== undefined && services.posts.get(postId).row.state !== 'draft';
    const when = { kind: 'now' } as const;
    return isWaiting ? costOfOpen({ postId, when }, services) : costOfWish({ ...wish, when }, services);
  },
};

export const reschedulePost: DurableHandler<'reschedule-post'> = {
  record:
    ({ postId, when }, services) =>
    () =>
      move(postId, when, services),
  preview: previewReschedule,
  cost: costOfOpen,
};

type Wish = Omit<ParsedInput<'schedule-post'>, 'when'>;

function schedule(wish: Wish, when: WhenInput, services: CommandServices): DurableChange {
  const { posts } = services;
  const { postId, ...content } = completeWish(wish, services);
  refuseUnfit(content.content, content.targets, services);
  const accountIds = content.targets.map(({ accountId }) => accountId);
  const { due, sentence } = resolveWhen(when, accountIds, services, postId);
  if (wish.postId === undefined) {
    posts.insert(postId, { ...content, due }, 'waiting');
  } else {
    posts.rewrite(postId, content);
    posts.accept(postId, due);
  }
  posts.addReceipt({ postId, kind: 'accepted', detail: sentence });
  return postChange(postId, sentence, 'start');
}

/** A draft with what is said anew about it, or all of it from the call. */
function completeWish(wish: Wish, { posts }: CommandServices) {
  if (wish.postId === undefined) {
    if (wish.content === undefined)
      throw incomplete('It has no content. Give `content`, or the `postId` of a draft.');
    return {
      postId: randomUUID(),
      content: wish.content,
      targets: atLeastOne(wish.targets ?? []),
      lateness: wish.lateness ?? defaultLateness,
    };
  }
  const { row, targets } = posts.get(wish.postId);
  if (row.state !== 'draft') {
    throw wrongState('This post is scheduled already. Nothing was changed. Reschedule or edit it instead.', {
      postId: wish.postId,
      state: row.state,
    });
  }
  return {
    postId: wish.postId,
    content: wish.content ?? row.content,
    targets: atLeastOne(wish.targets ?? targets.map(({ accountId, variant }) => ({ accountId, variant }))),
    lateness: wish.lateness ?? row.lateness,
  };
}

function atLeastOne<Target>(targets: readonly Target[]): readonly Target[] {
  if (targets.length === 0) throw incomplete('No account is chosen. Choose at least one.');
  return targets;
}

function incomplete(what: string): AppError {
  return new AppError({ code: 'input.invalid', userMessage: `${what} Nothing was changed.`, retry: 'never' });
}

/** Another time for a post that waits, was missed, or needs a decision. */
export function move(postId: string, when: WhenInput, services: CommandServices): DurableChange {
  const { posts } = services;
  const { row, targets } = posts.get(postId);
  const movable = targets.filter(({ state }) => isMovable(state));
  if (movable.length === 0) {
    throw wrongState(
      row.state === 'draft'
        ? 'This post is a draft. Nothing was changed. Schedule it instead.'
        : 'Nothing of this post waits any more. Nothing was changed.',
      { postId, state: row.state },
    );
  }
  const accountIds = movable.map(({ accountId }) => accountId);
  const { due, isNow, sentence } = resolveWhen(when, accountIds, services, postId);
  posts.moveTo(postId, due);
  posts.addReceipt({ postId, kind: 'rescheduled', detail: sentence });
  return postChange(postId, isNow ? `“${headingOf(row.content)}” is being sent now.` : sentence, 'changed');
}

/** What the work engine hears of a post. Only a new one needs no word to a workflow that may be waiting. */
export function postChange(postId: string, message: string, kind: 'start' | 'changed'): DurableChange {
  return {
    entityId: postId,
    workflowId: workflowIds.schedulePost(postId),
    message,
    // In this order: a workflow that hears the news goes on with it, and one that has just ended is started again.
    messages: kind === 'start' ? [startPost(postId)] : wakePosts([postId]),
  };
}
