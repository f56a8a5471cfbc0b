import { CancellationScope, proxyActivities } from '@temporalio/workflow';
import type { IngestStepName } from '../../src-shared/domain/asset.ts';
import type { WorkflowInputs } from '../../src-shared/domain/workflows.ts';
import type {
  MediaActivities,
  ModelActivities,
  QuickIngestActivities,
  TranscriptionActivities,
} from './activity-contracts.ts';
import { asOftenAsAsked } from './as-often-as-asked.ts';
import { mediaOptions, modelOptions, quickOptions, transcriptionOptions } from './activity-options.ts';
import {
  errorOf,
  isCancelling,
  toCancellation,
  fileRetries,
  modelRetries,
  withRetries,
} from './with-retries.ts';

/** How an ingest ended. A file that cannot be used is an outcome too: it is recorded with the asset. */
export type IngestOutcome = 'review' | 'duplicate' | 'failed';

const quick = proxyActivities<QuickIngestActivities>(quickOptions);
const media = proxyActivities<MediaActivities>(mediaOptions);
const transcription = proxyActivities<TranscriptionActivities>(transcriptionOptions);
const model = proxyActivities<ModelActivities>(modelOptions);

/**
 * Takes one file through all steps, up to the review queue. Started again for the same asset it goes on where it
 * stopped: each activity finds in the database what it has done already.
 */
export function ingestAsset({ assetId }: WorkflowInputs['ingestAsset']): Promise<IngestOutcome> {
  return asOftenAsAsked('ingestAsset', assetId, () => ingest(assetId));
}

async function ingest(assetId: string): Promise<IngestOutcome> {
  let step: IngestStepName = 'register';
  try {
    const registered = await withRetries(fileRetries, () => media.registerAsset({ assetId }));
    if (registered === 'duplicate') return 'duplicate';

    step = 'probe';
    const { noSoundNote } = await withRetries(fileRetries, () => media.probeAsset({ assetId }));

    step = 'preview';
    await withRetries(fileRetries, () => media.previewAsset({ assetId }));

    step = 'transcribe';
    if (noSoundNote === null) {
      await withRetries(fileRetries, () => transcription.transcribeAsset({ assetId }));
    } else {
      await quick.skipStep({ assetId, step, note: noSoundNote });
    }

    step = 'describe';
    await describeOrGoOn(assetId);

    step = 'queue';
    await withRetries(fileRetries, () => quick.queueForReview({ assetId }));
    return 'review';
  } catch (failure) {
    if (isCancelling(failure)) {
      await CancellationScope.nonCancellable(() => quick.recordCancellation({ assetId, endsIngest: true }));
      throw toCancellation(failure);
    }
    await quick.recordFailure({ assetId, step, error: errorOf(failure), endsIngest: true });
    return 'failed';
  }
}

/** A recording is worth reviewing without a description: trouble with the model ends this step and no other. */
async function describeOrGoOn(assetId: string): Promise<void> {
  try {
    const plan = await withRetries(fileRetries, () => quick.planDescription({ assetId, isAskedFor: false }));
    if (plan === 'from-metadata') await quick.describeFromMetadata({ assetId });
    if (plan === 'with-model') await withRetries(modelRetries, () => model.describeWithModel({ assetId }));
  } catch (failure) {
    if (isCancelling(failure)) throw toCancellation(failure);
    await quick.recordFailure({ assetId, step: 'describe', error: errorOf(failure), endsIngest: false });
  }
}
