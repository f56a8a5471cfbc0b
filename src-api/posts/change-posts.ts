import type { TargetRow } from '../../src-data/posts/post-store.ts';
import type { ParsedInput } from '../../src-shared/contract/registry.ts';
import type { Cost } from '../../src-shared/domain/access.ts';
import { AppError } from '../../src-shared/domain/errors.ts';
import { contentOf } from '../../src-shared/domain/post.ts';
import type { TargetState } from '../../src-shared/domain/post.ts';
import { isActive, isEditable } from '../../src-shared/domain/target-state.ts';
import type { DurableHandler } from '../commands/handler-types.ts';
import type { CommandServices } from '../commands/services.ts';
import { wrongState } from '../commands/wrong-state.ts';
import { refuseUnfit } from './check-posts.ts';
import { costOfMedia, costOfOpen, costOfPost } from './cost-posts.ts';
import {
  previewCancel,
  previewDecision,
  previewMark,
  previewResolution,
  previewRetry,
} from './preview-changes.ts';
import { previewEdit } from './preview-edit.ts';
import { move, postChange } from './schedule-posts.ts';

export const editPost: DurableHandler<'edit-post'> = {
  cost: costOfEdit,
  record:
    ({ postId, content, targets, lateness, revision }, services) =>
    () => {
      const { posts } = services;
      const present = posts.get(postId);
      if (revision !== undefined && revision !== present.row.revision) {
        throw new AppError({
          code: 'input.conflict',
          userMessage:
            'This post was changed meanwhile. Your change was not made. Look at it again, then change it.',
          retry: 'user',
          details: { postId, revision: present.row.revision },
        });
      }
      const open = present.targets.filter(({ state }) => isEditable(state));
      if (open.length === 0 || present.row.state === 'draft') {
        throw wrongState('Nothing of this post waits to be sent. Nothing was changed.', {
          postId,
          state: present.row.state,
        });
      }
      const wanted = targets ?? open;
      refuseUnfit(
        content ?? present.row.content,
        wanted.map((target) => ({
          accountId: target.accountId,
          variant: contentOf({ content: content ?? present.row.content }, target),
        })),
        services,
      );
      posts.rewrite(postId, {
        ...(content === undefined ? {} : { content }),
        ...(targets === undefined ? {} : { targets }),
        ...(lateness === undefined ? {} : { lateness }),
      });
      const isToBeSent = posts.get(postId).targets.some(({ state }) => isActive(state));
      const [said, detail] = isToBeSent
        ? ['The post is changed. It keeps its time.', 'Changed before it was sent.']
        : ['The post is changed. Nothing is sent by that.', 'Changed. Nothing is sent by that.'];
      posts.addReceipt({ postId, kind: 'edited', detail });
      return postChange(postId, said, 'changed');
    },
  preview: previewEdit,
};

export const cancelPost: DurableHandler<'cancel-post'> = {
  record:
    ({ postId, targetId }, { posts }) =>
    () => {
      if (targetId !== undefined) targetOf(postId, targetId, posts);
      const count = posts.cancel(postId, targetId);
      if (count === 0) {
        throw wrongState('Nothing of this post waits to be sent. Nothing was changed.', { postId });
      }
      return postChange(
        postId,
        `Cancelled for ${count} account${count === 1 ? '' : 's'}. What was published before stays.`,
        'changed',
      );
    },
  preview: previewCancel,
};

/** An edit costs nothing for an account that has it already; media that is new to it has to be made ready. */
function costOfEdit(
  { postId, content, targets }: ParsedInput<'edit-post'>,
  services: CommandServices,
): Cost[] {
  const { row, targets: present } = services.posts.get(postId);
  const isToBeSent = (accountId: string): boolean => {
    const state = present.find((each) => each.accountId === accountId)?.state;
    return state === undefined || isEditable(state) || (state === 'cancelled' && targets !== undefined);
  };
  const next = { content: content ?? row.content };
  const wanted = (targets ?? present)
    .filter(({ accountId }) => isToBeSent(accountId))
    .map((target) => ({ accountId: target.accountId, content: contentOf(next, target) }));
  if (targets !== undefined) return costOfPost(wanted, row.dueAt, services);
  if (content === undefined) return [];
  return wanted.flatMap((target) => costOfMedia(target.accountId, target.content, row.dueAt, services));
}

export const retryTarget: DurableHandler<'retry-target'> = {
  cost: costOfOpen,
  record:
    ({ postId, targetId }, { posts }) =>
    () => {
      const target = targetOf(postId, targetId, posts, ['failed', 'missed', 'waiting']);
      if (target.state === 'waiting' && target.error === null) {
        throw wrongState('This account waits for its time. Nothing was changed.', { postId, targetId });
      }
      posts.retry(target);
      posts.addReceipt({
        postId,
        targetId,
        kind: 'decided',
        attempt: target.attempt,
        detail: 'Another try was asked for.',
      });
      return postChange(postId, 'It is tried again for this account. The others are left alone.', 'changed');
    },
  preview: previewRetry,
};

export const resolveTarget: DurableHandler<'resolve-target'> = {
  record:
    ({ postId, targetId, resolution }, { posts }) =>
    () => {
      const target = targetOf(postId, targetId, posts, ['unconfirmed']);
      const say = (detail: string, url: string | null = null): void =>
        posts.addReceipt({ postId, targetId, kind: 'resolved', attempt: target.attempt, detail, url });
      switch (resolution.kind) {
        case 'look-again':
          posts.retry(target);
          say('The platform is looked at once more, before anything else is done.');
          return postChange(postId, 'The platform is looked at again.', 'changed');
        case 'mark-published':
          posts.markPublished(target, resolution.url);
          say('Found on the platform by the creator, and marked as published.', resolution.url);
          return postChange(postId, 'Marked as published.', 'changed');
        case 'send-again':
          posts.sendAgain(target);
          say('Not found by the creator, who chose to send it again. It may stand there twice.');
          return postChange(postId, 'It is sent again, as you chose.', 'changed');
      }
    },
  preview: previewResolution,
};

export const decideLatePost: DurableHandler<'decide-late-post'> = {
  cost({ postId, decision }, services) {
    if (decision.kind === 'skip') return [];
    const when = decision.kind === 'reschedule' ? decision.when : ({ kind: 'now' } as const);
    return costOfOpen({ postId, when }, services);
  },
  record:
    ({ postId, decision }, services) =>
    () => {
      const { posts } = services;
      if (decision.kind === 'reschedule') return move(postId, decision.when, services);
      const isToPublish = decision.kind === 'publish';
      if (posts.decideLate(postId, isToPublish) === 0) {
        throw wrongState('This post waits for no decision. Nothing was changed.', { postId });
      }
      const detail = isToPublish ? 'The creator chose to publish it late.' : 'The creator chose to skip it.';
      posts.addReceipt({ postId, kind: 'decided', detail });
      return postChange(postId, isToPublish ? 'It is published late.' : 'It is skipped.', 'changed');
    },
  preview: previewDecision,
};

export const markPosted: DurableHandler<'mark-posted'> = {
  record:
    ({ postId, targetId, url }, { posts }) =>
    () => {
      const target = targetOf(postId, targetId, posts, [
        'to-mark',
        'waiting',
        'failed',
        'needs-decision',
        'missed',
      ]);
      if (target.state === 'waiting' && target.maybeSentAt !== null) {
        throw wrongState('This post is being sent right now. Nothing was changed. Look again in a moment.', {
          postId,
          targetId,
        });
      }
      posts.markPublished(target, url);
      posts.addReceipt({
        postId,
        targetId,
        kind: 'marked',
        attempt: target.attempt,
        detail: 'Posted by hand, says the creator.',
        url,
      });
      return postChange(postId, 'Marked as posted.', 'changed');
    },
  preview: previewMark,
};

/** @throws AppError `input.not-found`, or `input.wrong-state` in a state other than those that are allowed */
export function targetOf(
  postId: string,
  targetId: string,
  posts: CommandServices['posts'],
  allowed?: readonly TargetState[],
): TargetRow {
  const target = posts.get(postId).targets.find((candidate) => candidate.targetId === targetId);
  if (target === undefined) {
    throw new AppError({
      code: 'input.not-found',
      userMessage: 'The post is not for this account. Nothing was changed. Look at the post again.',
      retry: 'never',
      details: { postId, targetId },
    });
  }
  if (allowed === undefined || allowed.includes(target.state)) return target;
  throw wrongState(`That is not possible while it is ${target.state}. Nothing was changed.`, {
    postId,
    targetId,
    state: target.state,
  });
}
