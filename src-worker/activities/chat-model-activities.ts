import { AppError } from '../../src-shared/domain/errors.ts';
import type { ChatModelActivities, QuickChatModelActivities } from '../workflows/activity-contracts.ts';
import type { WorkerDependencies } from './dependencies.ts';
import { noticeLull } from './notice-lull.ts';
import { recordCancelled } from './record-cancelled.ts';
import { runActivity } from './run-activity.ts';
import { heartbeatEveryMs } from './work-in-hand.ts';
import { throttleProgress } from './throttle-progress.ts';
import { withProgressMark } from './translate-error.ts';

const lookEveryMs = 2_000;

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
        let arrived = { downloadedBytes: row.downloadedBytes, sizeBytes: row.sizeBytes };
        const isLull = noticeLull();
        const report = throttleProgress({
          write({ remainingMs }) {
            const isWhole = arrived.sizeBytes > 0 && arrived.downloadedBytes >= arrived.sizeBytes;
            const error = isLull(arrived.downloadedBytes) && !isWhole ? nothingComes(name).toDto() : null;
            chatModelRows.setProgress(name, {
              ...arrived,
              remainingMs: error === null ? remainingMs : null,
              error,
            });
          },
        });
        const tell = (): void =>
          report(arrived.sizeBytes === 0 ? null : arrived.downloadedBytes / arrived.sizeBytes);
        // The runtime says nothing while it waits for the network itself.
        const looking = setInterval(tell, lookEveryMs);
        try {
          await chatModels.pull(name, {
            signal,
            onProgress(progress) {
              arrived = progress;
              tell();
            },
          });
          chatModelRows.setProgress(name, { ...arrived, remainingMs: 0, error: null });
        } catch (thrown) {
          if (signal.aborted) throw thrown;
          const error = withProgressMark(thrown, arrived.downloadedBytes);
          if (error.retry === 'auto') {
            chatModelRows.setProgress(name, { ...arrived, remainingMs: null, error: error.toDto() });
          }
          throw error;
        } finally {
          clearInterval(looking);
        }
      }),
  };
}

function nothingComes(name: string): AppError {
  return new AppError({
    code: 'dependency.download-failed',
    userMessage: `Nothing of ${name} has come for a while. What has arrived is kept, and it goes on by itself once the network is back.`,
    retry: 'auto',
  });
}

/** What becomes of such a download, in the database. */
export function createQuickChatModelActivities(dependencies: WorkerDependencies): QuickChatModelActivities {
  const { logger, chatModelRows, notices, database } = dependencies;
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

    recordChatModelStopped: ({ name }) => recordCancelled(dependencies, () => chatModelRows.setStopped(name)),

    recordChatModelFailure: ({ name, error }) => quickly(() => chatModelRows.setFailed(name, error)),
  };
}
