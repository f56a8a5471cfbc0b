import type { NativeConnection } from '@temporalio/worker';
import { isGrpcServiceError } from '@temporalio/client';
import { ingestStepNameSchema } from '../src-shared/domain/asset.ts';
import { workflowIds } from '../src-shared/domain/workflows.ts';
import type { WorkerDependencies } from './activities/dependencies.ts';

/** PENDING_ACTIVITY_STATE_STARTED of temporal.api.enums.v1: a worker has it. */
const startedState = 2;

/** How many are looked at at once. */
const batchSize = 8;

/** Where work may be in hand, as far as our own database knows. */
function listWorkflowIds({ steps, folders, models, posts }: WorkerDependencies): string[] {
  const running = new Set(
    ingestStepNameSchema.options.flatMap((step) => steps.listAssetIds(step, 'running')),
  );
  return [
    ...[...running].flatMap((assetId) => [
      workflowIds.ingestAsset(assetId),
      workflowIds.describeAsset(assetId),
    ]),
    ...folders.list().map(({ folderId }) => workflowIds.watchFolder(folderId)),
    ...models
      .list()
      .filter(({ state }) => state === 'downloading')
      .map(({ modelId }) => workflowIds.pullSpeechModel(modelId)),
    ...posts.listInHand().map((postId) => workflowIds.schedulePost(postId)),
  ];
}

/**
 * Hands back what a worker that is gone had taken, so that it is begun again at once instead of after the heartbeat
 * timeout (a minute, for a watched folder). There is one worker per data folder, so whatever another identity holds
 * now is held by nobody. Best effort: the timeouts find what this misses.
 * @returns how many activities were handed back
 */
export async function releaseOrphans(
  connection: NativeConnection,
  options: { namespace: string; identity: string; dependencies: WorkerDependencies },
): Promise<number> {
  const { logger } = options.dependencies;
  const ids = listWorkflowIds(options.dependencies);
  let count = 0;
  for (let start = 0; start < ids.length; start += batchSize) {
    const batch = ids.slice(start, start + batchSize);
    const outcomes = await Promise.allSettled(
      batch.map((workflowId) => releaseOrphansOf(connection, { ...options, workflowId })),
    );
    for (const outcome of outcomes) {
      if (outcome.status === 'fulfilled') count += outcome.value;
      else logger.warn({ err: outcome.reason }, 'could not look for orphaned work');
    }
  }
  if (count > 0) logger.info({ count }, 'took over work of an earlier worker');
  return count;
}

async function releaseOrphansOf(
  { workflowService }: NativeConnection,
  options: { namespace: string; identity: string; workflowId: string },
): Promise<number> {
  const { namespace, identity, workflowId } = options;
  try {
    const { pendingActivities } = await workflowService.describeWorkflowExecution({
      namespace,
      execution: { workflowId },
    });
    const orphans = pendingActivities.filter(
      ({ state, lastWorkerIdentity }) => Number(state) === startedState && lastWorkerIdentity !== identity,
    );
    for (const { activityId } of orphans) {
      await workflowService.respondActivityTaskFailedById({
        namespace,
        workflowId,
        activityId: activityId ?? '',
        identity,
        failure: {
          message: 'The worker that did this is gone.',
          applicationFailureInfo: { type: 'worker-gone', nextRetryDelay: { nanos: 1_000_000 } },
        },
      });
    }
    return orphans.length;
  } catch (error) {
    // The workflow has ended, or never began; the activity was answered meanwhile.
    if (isGrpcServiceError(error) && codeNumber(error.code) === notFoundCode) return 0;
    throw error;
  }
}

/** The enum of the codes belongs to a package that is not ours to import. */
function codeNumber(code: number): number {
  return code;
}

/** https://grpc.io/docs/guides/status-codes/ */
const notFoundCode = 5;
