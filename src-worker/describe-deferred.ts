import type { WorkerDependencies } from './activities/dependencies.ts';
import { AppError } from '../src-shared/domain/errors.ts';

const lookEveryMs = 30_000;

type DeferredDependencies = Pick<
  WorkerDependencies,
  'assets' | 'steps' | 'settings' | 'chat' | 'boundary' | 'logger'
>;

/**
 * Asks the boundary to describe what had to wait for a chat model, once there is one. Nothing here must outlive the
 * process: what waits is in the database, and the boundary starts a workflow for each. One look at a time; a look never
 * rejects.
 */
export function watchForChatModel(dependencies: DeferredDependencies): {
  look: () => Promise<void>;
  stop: () => void;
} {
  const { logger } = dependencies;
  const stopping = new AbortController();
  let looking: Promise<void> | undefined;

  function look(): Promise<void> {
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
    return looking;
  }

  const timer = setInterval(() => void look(), lookEveryMs);
  return {
    look,
    stop() {
      clearInterval(timer);
      stopping.abort();
    },
  };
}

async function describeDeferred(dependencies: DeferredDependencies, signal: AbortSignal): Promise<void> {
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
  for (const { assetId } of deferred) {
    signal.throwIfAborted();
    // Of this putting off: an answer that got lost is asked for again, and one put off anew is asked for anew.
    const putOffAt = steps.list(assetId).find(({ step }) => step === 'describe')?.endedAt ?? '';
    await boundary.describeAsset({ assetId }, `deferred:${assetId}:${putOffAt}`);
  }
}
