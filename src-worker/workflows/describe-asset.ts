import { CancellationScope, proxyActivities } from '@temporalio/workflow';
import type { WorkflowInputs } from '../../src-shared/domain/workflows.ts';
import type { DescriptionPlan, ModelActivities, QuickIngestActivities } from './activity-contracts.ts';
import { asOftenAsAsked } from './as-often-as-asked.ts';
import { modelOptions, quickOptions } from './activity-options.ts';
import {
  errorOf,
  isCancelling,
  toCancellation,
  fileRetries,
  modelRetries,
  withRetries,
} from './with-retries.ts';

export type DescribeOutcome = DescriptionPlan | 'failed';

const quick = proxyActivities<QuickIngestActivities>(quickOptions);
const model = proxyActivities<ModelActivities>(modelOptions);

/** Describes an asset anew: because the person asked, or because a chat model has appeared. Its status stays. */
export function describeAsset({ assetId }: WorkflowInputs['describeAsset']): Promise<DescribeOutcome> {
  return asOftenAsAsked('describeAsset', assetId, () => describe(assetId));
}

async function describe(assetId: string): Promise<DescribeOutcome> {
  try {
    const plan = await withRetries(fileRetries, () => quick.planDescription({ assetId, isAskedFor: true }));
    if (plan === 'from-metadata') await quick.describeFromMetadata({ assetId });
    if (plan === 'with-model') await withRetries(modelRetries, () => model.describeWithModel({ assetId }));
    return plan;
  } catch (failure) {
    if (isCancelling(failure)) {
      await CancellationScope.nonCancellable(() => quick.recordCancellation({ assetId, endsIngest: false }));
      throw toCancellation(failure);
    }
    await quick.recordFailure({ assetId, step: 'describe', error: errorOf(failure), endsIngest: false });
    return 'failed';
  }
}
