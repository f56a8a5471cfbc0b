import type { OutboxMessage } from '../../src-data/outbox.ts';
import { createWantedWork } from '../../src-data/wanted-work.ts';
import type { Logger } from '../../src-node/logger.ts';
import { workflowIds } from '../../src-shared/domain/workflows.ts';
import type { CommandServices } from '../commands/services.ts';
import type { OutboxDispatcher } from './outbox-dispatcher.ts';
import { reconcilePosts } from './reconcile-posts.ts';
import { releaseForgotten } from './release-forgotten.ts';
import {
  startApprovalExpiry,
  startChatModelPull,
  startDescribe,
  startIngest,
  startModelPull,
  startRendering,
  startWatching,
} from './start-messages.ts';
import type { WorkEngine } from './temporal-client.ts';

const lookUpsAtOnce = 8;

export interface ReconcileOptions {
  services: Pick<
    CommandServices,
    | 'database'
    | 'postQueries'
    | 'approvals'
    | 'assets'
    | 'credits'
    | 'folders'
    | 'models'
    | 'chatModels'
    | 'outbox'
    | 'renderings'
    | 'steps'
  >;
  engine: Pick<WorkEngine, 'isRunning' | 'listRunning'>;
  dispatcher: Pick<OutboxDispatcher, 'wake'>;
  logger: Logger;
}

/**
 * Makes the work engine's state follow the database: whatever should have a workflow and has none gets one again.
 * Called when the engine becomes ready; with an engine made anew this rebuilds everything.
 * @returns the ids of the workflows that were armed again
 */
export async function reconcile({
  services,
  engine,
  dispatcher,
  logger,
}: ReconcileOptions): Promise<string[]> {
  const candidates = listDue(services);
  const due = candidates.values();
  const armed: string[] = [];
  const lanes = Array.from({ length: lookUpsAtOnce }, async () => {
    for (const candidate of due) {
      const { workflowId } = candidate.message;
      if (services.outbox.hasPending(workflowId) || (await engine.isRunning(workflowId))) continue;
      // Meanwhile it may have ended, or been asked for anew.
      const isArmed = services.database.transaction(() => {
        if (!candidate.isStillDue() || services.outbox.hasPending(workflowId)) return false;
        services.outbox.add(candidate.message);
        return true;
      });
      if (isArmed) armed.push(workflowId);
    }
  });
  await Promise.all(lanes);
  armed.push(...(await reconcilePosts(services, engine)));
  if (armed.length > 0) {
    logger.info({ count: armed.length, armed: armed.slice(0, 20) }, 'work was armed again from the database');
    dispatcher.wake();
  }
  const dueWorkflowIds = new Set([
    ...candidates.map(({ message }) => message.workflowId),
    ...[...services.postQueries.listOpenPostIds(), ...services.postQueries.listUndecidedPostIds()].map(
      (postId) => workflowIds.schedulePost(postId),
    ),
  ]);
  await releaseForgotten({ services, engine, dueWorkflowIds, logger });
  return armed;
}

interface Candidate {
  message: OutboxMessage;
  isStillDue: () => boolean;
}

function listDue({
  database,
  approvals,
  assets,
  folders,
  models,
  chatModels,
  renderings,
  steps,
}: ReconcileOptions['services']): Candidate[] {
  const wanted = createWantedWork(database);
  const ingesting = assets.listByStatus('ingesting').map(({ assetId }) => ({
    message: startIngest(assetId),
    isStillDue: () => wanted.ingestAsset(assetId),
  }));
  const describing = [
    ...steps.listAssetIds('describe', 'running'),
    ...steps.listAssetIds('describe', 'waiting'),
  ]
    .filter((assetId) => hasEndedIngest(assets.find(assetId)?.status))
    .map((assetId) => ({ message: startDescribe(assetId), isStillDue: () => wanted.describeAsset(assetId) }));
  const watching = folders.list().map(({ folderId, state }) => ({
    message: startWatching(folderId, state === 'paused'),
    isStillDue: () => folders.find(folderId)?.state === state,
  }));
  const pulling = models
    .list()
    .filter(({ state }) => state === 'downloading')
    .map(({ modelId }) => ({
      message: startModelPull(modelId),
      isStillDue: () => wanted.pullSpeechModel(modelId),
    }));
  const pullingChat = chatModels
    .list()
    .filter(({ state }) => state === 'downloading')
    .map(({ name }) => ({
      message: startChatModelPull(name),
      isStillDue: () => wanted.pullChatModel(name),
    }));
  const rendering = renderings.listOpen().map(({ renderingId }) => ({
    message: startRendering(renderingId),
    isStillDue: () => wanted.renderVariant(renderingId),
  }));
  const waiting = approvals.listPending().map(({ approvalId, expiresAt }) => ({
    message: startApprovalExpiry(approvalId, expiresAt),
    isStillDue: () => approvals.isOpen(approvalId),
  }));
  return [...ingesting, ...describing, ...watching, ...pulling, ...pullingChat, ...rendering, ...waiting];
}

function hasEndedIngest(status: string | undefined): boolean {
  return status === 'review' || status === 'approved' || status === 'rejected';
}
