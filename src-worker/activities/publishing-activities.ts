import { planTarget, type TargetFacts } from '../../src-shared/domain/plan-target.ts';
import { isHeld } from '../../src-data/posts/leases.ts';
import type { TargetRow } from '../../src-data/posts/post-store.ts';
import type { PostPlan, PublishingActivities } from '../workflows/activity-contracts.ts';
import type { WorkerDependencies } from './dependencies.ts';
import { deleteTarget } from './publishing/delete-target.ts';
import { measureTarget } from './publishing/measure-target.ts';
import { prepareTarget } from './publishing/prepare-target.ts';
import { publishTarget } from './publishing/publish-target.ts';
import { runActivity } from './run-activity.ts';
import { heartbeatEveryMs } from './work-in-hand.ts';

/** What a post's workflow does. Each try records its own outcome, so that nothing depends on what Temporal remembers. */
export function createPublishingActivities(dependencies: WorkerDependencies): PublishingActivities {
  const { logger } = dependencies;
  const sending = { heartbeatEveryMs };
  return {
    planPost: ({ postId, isFirst }) =>
      runActivity(logger, { heartbeatEveryMs: null }, () => planPost(dependencies, postId, isFirst)),
    prepareTarget: ({ targetId }) =>
      runActivity(logger, sending, ({ signal }) => prepareTarget(dependencies, targetId, signal)),
    publishTarget: ({ targetId }) =>
      runActivity(logger, sending, ({ signal }) => publishTarget(dependencies, targetId, signal)),
    measureTarget: ({ targetId }) =>
      runActivity(logger, sending, ({ signal }) => measureTarget(dependencies, targetId, signal)),
    deleteTarget: ({ targetId }) =>
      runActivity(logger, sending, ({ signal }) => deleteTarget(dependencies, targetId, signal)),
  };
}

async function planPost(
  dependencies: WorkerDependencies,
  postId: string,
  isFirst: boolean,
): Promise<PostPlan> {
  const { posts, triage, accounts, now } = dependencies;
  const found = posts.find(postId);
  if (found === undefined) return { work: [], waitMs: null, isOver: true };
  if (isFirst) posts.noteScheduled(postId);
  posts.unblock(postId, (accountId) => accounts.find(accountId)?.state === 'connected');
  const { dueAt } = found.row;
  const isDue = dueAt !== null && Date.parse(dueAt) <= now().getTime();
  if (isDue && triage.concerns(postId)) await triage.runInParts();

  const at = now();
  const nowMs = at.getTime();
  const steps = posts
    .listTargets(postId)
    .map((target) => ({ targetId: target.targetId, step: planTarget(toFacts(target, dueAt, at), nowMs) }));
  const waits = steps.flatMap(({ step }) => (step.kind === 'wait' ? [step.untilMs - nowMs] : []));
  return {
    work: steps.flatMap(({ targetId, step }) =>
      step.kind === 'wait' || step.kind === 'over' ? [] : [{ targetId, step: step.kind }],
    ),
    waitMs: waits.length === 0 ? null : Math.max(1, Math.min(...waits)),
    isOver: steps.every(({ step }) => step.kind === 'over'),
  };
}

function toFacts(target: TargetRow, dueAt: string | null, at: Date): TargetFacts {
  const { state, isBlocked, frozen, prepareCount } = target;
  return {
    state,
    isBlocked,
    prepareCount,
    isFrozen: frozen !== null,
    dueAtMs: toMs(dueAt),
    turnAtMs: toMs(target.turnAt),
    nextTryAtMs: toMs(target.nextTryAt),
    leaseUntilMs: isHeld(target, at) ? toMs(target.leaseUntil) : null,
    metricsDueAtMs: toMs(target.metricsDueAt),
  };
}

function toMs(instant: string | null): number | null {
  return instant === null ? null : Date.parse(instant);
}
