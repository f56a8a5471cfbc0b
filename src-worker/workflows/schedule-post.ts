import {
  allHandlersFinished,
  condition,
  continueAsNew,
  defineUpdate,
  isCancellation,
  log,
  proxyActivities,
  proxyLocalActivities,
  setHandler,
  sleep,
  workflowInfo,
} from '@temporalio/workflow';
import { workflowUpdates, type WorkflowInputs } from '../../src-shared/domain/workflows.ts';
import type { PostPlan, PublishingActivities } from './activity-contracts.ts';
import { planOptions, publishOptions } from './activity-options.ts';

export type SchedulePostInput = WorkflowInputs['schedulePost'] & {
  /** Set by a run that continues an earlier one. */
  isContinued?: boolean;
};

const postChanged = defineUpdate(workflowUpdates.postChanged);

/** Run within the task of the workflow: with ten thousand posts a task of their own for each look would be most of the work. */
const quick = proxyLocalActivities<Pick<PublishingActivities, 'planPost'>>(planOptions);
const sending = proxyActivities<Omit<PublishingActivities, 'planPost'>>(publishOptions);

/** A wait is looked at anew after this long, so that a timer set under a wrong clock does little harm. */
const longestWaitMs = 24 * 3_600_000;
const pauseAfterProblemMs = 30_000;

const activityOf = {
  prepare: sending.prepareTarget,
  publish: sending.publishTarget,
  measure: sending.measureTarget,
  delete: sending.deleteTarget,
} as const;

/**
 * Sees a post through: waits until it is due, has it made ready ahead of that, published for each account by itself, and
 * measured or deleted later. What is to be done next it reads from the database each time; edits, other times and cancellations
 * reach it as updates and only make it read again. It ends when nothing goes on by itself any more.
 */
export async function schedulePost({ postId, isContinued = false }: SchedulePostInput): Promise<'over'> {
  let news = 0;
  const inHand = new Set<string>();
  setHandler(postChanged, () => {
    news += 1;
  });

  for (let isFirst = !isContinued; ; isFirst = false) {
    const seen = news;
    const plan = await planAnyway(postId, isFirst);
    for (const { targetId, step } of plan.work) {
      if (inHand.has(targetId)) continue;
      inHand.add(targetId);
      void perform(step, targetId).then(() => {
        inHand.delete(targetId);
        news += 1;
      });
    }
    if (inHand.size === 0 && news === seen) {
      if (plan.isOver) return 'over';
      if (workflowInfo().continueAsNewSuggested) {
        await condition(allHandlersFinished);
        return continueAsNew<typeof schedulePost>({ postId, isContinued: true });
      }
    }
    await condition(() => news !== seen, Math.min(longestWaitMs, plan.waitMs ?? longestWaitMs));
  }
}

/** Never rejects: what it has recorded counts, and what it could not record is found by the next plan. */
async function perform(step: keyof typeof activityOf, targetId: string): Promise<void> {
  try {
    await activityOf[step]({ targetId });
  } catch (failure) {
    log.warn('a step of a post was not finished', { targetId, step, failure: String(failure) });
    if (!isCancellation(failure)) await sleep(pauseAfterProblemMs);
  }
}

/** A full disk or a busy database must not end what was promised. */
async function planAnyway(postId: string, isFirst: boolean): Promise<PostPlan> {
  for (;;) {
    try {
      return await quick.planPost({ postId, isFirst });
    } catch (failure) {
      log.warn('a post could not be planned; it is tried again', { postId, failure: String(failure) });
      await sleep(pauseAfterProblemMs);
    }
  }
}
