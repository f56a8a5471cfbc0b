import { CancellationScope, proxyActivities } from '@temporalio/workflow';
import type { WorkflowInputs } from '../../src-shared/domain/workflows.ts';
import type { QuickModelActivities, TransferActivities } from './activity-contracts.ts';
import { quickOptions, transferOptions } from './activity-options.ts';
import { errorOf, isCancelling, toCancellation, transferRetries, withRetries } from './with-retries.ts';

export type PullOutcome = 'installed' | 'failed';

const transfer = proxyActivities<TransferActivities>(transferOptions);
const quick = proxyActivities<QuickModelActivities>(quickOptions);

/** Downloads a speech model, through network loss and restarts. Cancelling keeps what has arrived for the next time. */
export async function pullSpeechModel({ modelId }: WorkflowInputs['pullSpeechModel']): Promise<PullOutcome> {
  try {
    await withRetries(transferRetries, () => transfer.downloadSpeechModel({ modelId }));
    await quick.recordModelInstalled({ modelId });
    return 'installed';
  } catch (failure) {
    if (isCancelling(failure)) {
      await CancellationScope.nonCancellable(() => quick.recordModelStopped({ modelId }));
      throw toCancellation(failure);
    }
    await quick.recordModelFailure({ modelId, error: errorOf(failure) });
    return 'failed';
  }
}
