import type { DescriptionPlan, QuickIngestActivities } from '../workflows/activity-contracts.ts';
import { describeFromMetadata } from './describe-from-metadata.ts';
import type { WorkerDependencies } from './dependencies.ts';
import { recordCancelled } from './record-cancelled.ts';
import { runActivity } from './run-activity.ts';

const notHeartbeating = { heartbeatEveryMs: null };

/** Short reads and writes of the database for the ingest and describe workflows. */
export function createQuickIngestActivities(dependencies: WorkerDependencies): QuickIngestActivities {
  const { assets, steps, notices, settings, database, chat, credits, logger } = dependencies;
  const quickly = <Value>(work: (task: { signal: AbortSignal }) => Promise<Value> | Value) =>
    runActivity(logger, notHeartbeating, work);

  /** The model is not used for it, or to no end: what was set aside is free again. */
  const releaseModelMinutes = (assetId: string): void =>
    credits.releaseReservation(assetId, { unit: 'model-minutes' });

  async function plan(
    assetId: string,
    isAskedFor: boolean,
    signal: AbortSignal,
  ): Promise<{ plan: DescriptionPlan; note?: string }> {
    const asset = assets.get(assetId);
    if (asset.hasSpeech !== true) return { plan: 'from-metadata' };
    const { describeAutomatically } = settings.read();
    if (!isAskedFor && !describeAutomatically) {
      return {
        plan: 'deferred',
        note: 'Describing by itself is switched off. Ask for it on the asset’s page.',
      };
    }
    if ((await chat.findModel({ signal })) !== null) return { plan: 'with-model' };
    return {
      plan: 'deferred',
      note: 'No chat model is installed yet. Title, summary and chapters are written as soon as there is one.',
    };
  }

  return {
    skipStep: ({ assetId, step, note }) =>
      quickly(() => steps.set(assetId, step, { state: 'skipped', note })),

    planDescription: ({ assetId, isAskedFor }) =>
      quickly(async ({ signal }) => {
        const decided = await plan(assetId, isAskedFor, signal);
        const present = steps.list(assetId).find(({ step }) => step === 'describe');
        if (decided.plan === 'deferred') {
          steps.set(assetId, 'describe', { state: 'deferred', note: decided.note ?? null, error: null });
          releaseModelMinutes(assetId);
        } else if (present?.state !== 'waiting') {
          steps.set(assetId, 'describe', { state: 'waiting', progress: null, note: null, error: null });
        }
        return decided.plan;
      }),

    describeFromMetadata: ({ assetId }) =>
      quickly(() =>
        database.transaction(() => {
          assets.setDescription(assetId, describeFromMetadata(assets.get(assetId)));
          steps.set(assetId, 'describe', {
            state: 'done',
            note: 'Described from its file name and date: nobody speaks.',
          });
          releaseModelMinutes(assetId);
        }),
      ),

    queueForReview: ({ assetId }) =>
      quickly(() =>
        database.transaction(() => {
          const asset = assets.get(assetId);
          steps.set(assetId, 'queue', { state: 'done' });
          // Also what makes running it twice harmless: the notice goes out with the change of the status.
          if (asset.status !== 'ingesting') return;
          assets.setStatus(assetId, 'review');
          if (asset.isSample) return;
          notices.add({
            kind: 'asset-ready',
            title: 'Ready for review',
            body: asset.title,
            target: { screen: 'asset', assetId },
          });
        }),
      ),

    recordFailure: ({ assetId, step, error, endsIngest }) =>
      quickly(() =>
        database.transaction(() => {
          releaseModelMinutes(assetId);
          const asset = assets.find(assetId);
          if (asset === undefined) return;
          if (!endsIngest) {
            steps.set(assetId, step, { state: 'failed', error });
            return;
          }
          steps.failIngest(assetId, step, error);
          if (error.code === 'storage.vanished') assets.setFileMissing(assetId, true);
          if (asset.status === 'failed') return;
          notices.add({
            kind: 'asset-failed',
            title: `Could not be ingested: ${asset.title}`,
            body: error.userMessage,
            target: { screen: 'asset', assetId },
          });
        }),
      ),

    recordCancellation: ({ assetId, endsIngest }) =>
      recordCancelled(dependencies, () => {
        releaseModelMinutes(assetId);
        // Removing an asset cancels its work: then there is nothing left to say it to.
        if (assets.find(assetId) === undefined) return;
        if (endsIngest) {
          steps.cancelIngest(assetId);
          return;
        }
        if (steps.isOpen(assetId, 'describe')) steps.set(assetId, 'describe', { state: 'cancelled' });
      }),
  };
}
