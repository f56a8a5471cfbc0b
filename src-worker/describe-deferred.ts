import type { WorkerDependencies } from './activities/dependencies.ts';
import { AppError } from '../src-shared/domain/errors.ts';

const lookEveryMs = 30_000;

/**
 * Asks the boundary to describe what had to wait for a chat model, once there is one. Nothing here must outlive the
 * process: what waits is in the database, and the boundary starts a workflow for each. One look at a time.
 */
export function watchForChatModel(dependencies: WorkerDependencies): { look: () => void; stop: () => void } {
  const { logger } = dependencies;
  const stopping = new AbortController();
  let looking: Promise<void> | undefined;

  function look(): void {
    looking ??= describeDeferred(dependencies, stopping.signal)
      .catch((error: unknown) => {
        if (stopping.signal.aborted) return;
        // The runtime or the api is not there right now: the next look finds the same work.
        if (error instanceof AppError) logger.debug({ err: error }, 'deferred descriptions keep waiting');
        else logger.error({ err: error }, 'could not look after deferred descriptions');
      })
      .finally(() => {
        looking = undefined;
      });
  }

  const timer = setInterval(look, lookEveryMs);
  return {
    look,
    stop() {
      clearInterval(timer);
      stopping.abort();
    },
  };
}

async function describeDeferred(dependencies: WorkerDependencies, signal: AbortSignal): Promise<void> {
  const { assets, steps, settings, chat, boundary, logger } = dependencies;
  const { describeAutomatically } = settings.read();
  if (!describeAutomatically) return;
  const deferred = steps.listAssetIds('describe', 'deferred').flatMap((assetId) => {
    const asset = assets.find(assetId);
    // While it is being ingested its own workflow decides.
    return asset === undefined || asset.status === 'ingesting' ? [] : [asset];
  });
  if (deferred.length === 0) return;
  const model = await chat.findModel({ signal });
  if (model === null) return;
  logger.info({ count: deferred.length, model }, 'a chat model is there: describing what waited for one');
  for (const { assetId, updatedAt } of deferred) {
    signal.throwIfAborted();
    await boundary.describeAsset({ assetId }, `deferred:${assetId}:${updatedAt}`);
  }
}
