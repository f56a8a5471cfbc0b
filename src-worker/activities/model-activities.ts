import type { ModelActivities } from '../workflows/activity-contracts.ts';
import { describeReading } from './describe-reading.ts';
import type { WorkerDependencies } from './dependencies.ts';
import { runStep } from './run-step.ts';

/** Work of the local language model. */
export function createModelActivities(dependencies: WorkerDependencies): ModelActivities {
  const { assets, transcripts, chat, credits } = dependencies;
  return {
    describeWithModel: ({ assetId }) =>
      runStep(dependencies, { assetId, step: 'describe' }, async ({ signal, report, note }) => {
        const { originalName, language, durationMs } = assets.get(assetId);
        const segments = transcripts.listSegments(assetId);
        const beganAtMs = performance.now();
        const { description, reading, model } = await chat.describe(
          { originalName, language, durationMs: durationMs ?? segments.at(-1)?.endMs ?? 0, segments },
          { signal, onProgress: report },
        );
        assets.setDescription(assetId, description);
        const amount = Math.ceil((performance.now() - beganAtMs) / 60_000);
        credits.settleReservation(assetId, { unit: 'model-minutes', amount });
        note(describeReading(model, reading));
      }),
  };
}
