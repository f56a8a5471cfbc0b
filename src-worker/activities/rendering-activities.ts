import type { QuickRenderingActivities, RenderingActivities } from '../workflows/activity-contracts.ts';
import type { WorkerDependencies } from './dependencies.ts';
import { recordCancelled } from './record-cancelled.ts';
import { runActivity } from './run-activity.ts';
import { heartbeatEveryMs } from './work-in-hand.ts';
import { throttleProgress } from './throttle-progress.ts';

/** Media for an account, made when it is asked for. What was made before is found again and costs nothing. */
export function createRenderingActivities({
  logger,
  renderings,
  accounts,
  publishing,
}: WorkerDependencies): RenderingActivities {
  return {
    renderVariant: ({ renderingId }) =>
      runActivity(logger, { heartbeatEveryMs }, async ({ signal }) => {
        const row = renderings.find(renderingId);
        if (row === undefined) return;
        const { assetId, accountId, clip } = row;
        renderings.begin(renderingId);
        const media = [{ assetId, altText: '', clip }];
        const onProgress = throttleProgress({
          write: (progress) => renderings.setProgress(renderingId, progress),
        });
        const { renderedMs } = await publishing.fitMedia([{ text: '', media }], accounts.get(accountId), {
          signal,
          onProgress,
        });
        renderings.finish(renderingId, toMinutes(renderedMs));
      }),
  };
}

/** What became of it otherwise, in the database. */
export function createQuickRenderingActivities(dependencies: WorkerDependencies): QuickRenderingActivities {
  const { logger, renderings, assets, notices, database } = dependencies;
  const quickly = (work: () => void) => runActivity(logger, { heartbeatEveryMs: null }, work);
  return {
    recordRenderingFailure: ({ renderingId, error }) =>
      quickly(() =>
        database.transaction(() => {
          const row = renderings.find(renderingId);
          renderings.fail(renderingId, error);
          const asset = row && assets.find(row.assetId);
          if (row === undefined || asset === undefined || row.state === 'failed') return;
          notices.add({
            kind: 'asset-failed',
            title: `Could not be made ready: ${asset.title}`,
            body: error.userMessage,
            target: { screen: 'asset', assetId: row.assetId },
          });
        }),
      ),

    recordRenderingCancelled: ({ renderingId }) =>
      recordCancelled(dependencies, () => renderings.cancelOpen(renderingId)),
  };
}

/** Whole minutes, as budgets count them: begun ones count. */
export function toMinutes(renderedMs: number): number {
  return Math.ceil(renderedMs / 60_000);
}
