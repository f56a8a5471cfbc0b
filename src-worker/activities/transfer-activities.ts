import type { QuickModelActivities, TransferActivities } from '../workflows/activity-contracts.ts';
import type { WorkerDependencies } from './dependencies.ts';
import { recordCancelled } from './record-cancelled.ts';
import { runActivity } from './run-activity.ts';
import { heartbeatEveryMs } from './work-in-hand.ts';
import { throttleProgress } from './throttle-progress.ts';
import { withProgressMark } from './translate-error.ts';

/** Downloads of speech models. */
export function createTransferActivities(dependencies: WorkerDependencies): TransferActivities {
  const { logger, models, speechModels } = dependencies;
  return {
    downloadSpeechModel: ({ modelId }) =>
      runActivity(logger, { heartbeatEveryMs }, async ({ signal }) => {
        let downloadedBytes = models.find(modelId)?.downloadedBytes ?? 0;
        const report = throttleProgress({
          write: ({ remainingMs }) => models.setProgress(modelId, { downloadedBytes, remainingMs }),
        });
        try {
          const { sizeBytes } = await speechModels.download(modelId, {
            signal,
            onProgress(progress) {
              ({ downloadedBytes } = progress);
              report(
                progress.sizeBytes === 0 ? null : downloadedBytes / progress.sizeBytes,
                progress.remainingMs,
              );
            },
          });
          models.setProgress(modelId, { downloadedBytes: sizeBytes, remainingMs: 0 });
        } catch (thrown) {
          if (signal.aborted) throw thrown;
          throw withProgressMark(thrown, downloadedBytes);
        }
      }),
  };
}

/** What becomes of a download, in the database. */
export function createQuickModelActivities(dependencies: WorkerDependencies): QuickModelActivities {
  const { logger, models, notices, database } = dependencies;
  const quickly = (work: () => void) => runActivity(logger, { heartbeatEveryMs: null }, work);
  return {
    recordModelInstalled: ({ modelId }) =>
      quickly(() =>
        database.transaction(() => {
          const model = models.find(modelId);
          if (model === undefined || model.state === 'installed') return;
          models.setInstalled(modelId, model.downloadedBytes);
          notices.add({
            kind: 'model-ready',
            title: 'Speech model ready',
            body: `${model.name} is installed.`,
            target: { screen: 'settings', section: 'models' },
          });
        }),
      ),

    recordModelStopped: ({ modelId }) =>
      recordCancelled(dependencies, () => {
        if (models.find(modelId) !== undefined) models.setStopped(modelId);
      }),

    recordModelFailure: ({ modelId, error }) =>
      quickly(() => {
        if (models.find(modelId) !== undefined) models.setFailed(modelId, error);
      }),
  };
}
