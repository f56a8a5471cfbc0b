import type { ChatModelActivities, QuickChatModelActivities } from '../workflows/activity-contracts.ts';
import type { WorkerDependencies } from './dependencies.ts';
import { runActivity } from './run-activity.ts';
import { heartbeatEveryMs } from './work-in-hand.ts';
import { throttleProgress } from './throttle-progress.ts';
import { withProgressMark } from './translate-error.ts';

/** Downloads of models for the local runtime, which keeps what has arrived. */
export function createChatModelActivities({
  logger,
  chatModelRows,
  chatModels,
}: WorkerDependencies): ChatModelActivities {
  return {
    downloadChatModel: ({ name }) =>
      runActivity(logger, { heartbeatEveryMs }, async ({ signal }) => {
        const row = chatModelRows.find(name);
        if (row === undefined) return;
        // A download that was stopped and resumed at once may have been marked as stopped in between.
        if (row.state === 'stopped') chatModelRows.beginDownload(name, row.sizeBytes);
        let arrived = { downloadedBytes: row.downloadedBytes, sizeBytes: row.sizeBytes };
        const report = throttleProgress({
          write: ({ remainingMs }) => chatModelRows.setProgress(name, { ...arrived, remainingMs }),
        });
        try {
          await chatModels.pull(name, {
            signal,
            onProgress(progress) {
              arrived = progress;
              report(progress.sizeBytes === 0 ? null : progress.downloadedBytes / progress.sizeBytes);
            },
          });
          chatModelRows.setProgress(name, { ...arrived, remainingMs: 0 });
        } catch (thrown) {
          if (signal.aborted) throw thrown;
          throw withProgressMark(thrown, arrived.downloadedBytes);
        }
      }),
  };
}

/** What becomes of such a download, in the database. */
export function createQuickChatModelActivities({
  logger,
  chatModelRows,
  notices,
  database,
}: WorkerDependencies): QuickChatModelActivities {
  const quickly = (work: () => void) => runActivity(logger, { heartbeatEveryMs: null }, work);
  return {
    recordChatModelInstalled: ({ name }) =>
      quickly(() =>
        database.transaction(() => {
          const row = chatModelRows.find(name);
          if (row === undefined || row.state === 'installed') return;
          chatModelRows.setInstalled(name, row.downloadedBytes);
          notices.add({
            kind: 'model-ready',
            title: 'Chat model ready',
            body: `${name} is installed.`,
            target: { screen: 'settings', section: 'models' },
          });
        }),
      ),

    recordChatModelStopped: ({ name }) => quickly(() => chatModelRows.setStopped(name)),

    recordChatModelFailure: ({ name, error }) => quickly(() => chatModelRows.setFailed(name, error)),
  };
}
