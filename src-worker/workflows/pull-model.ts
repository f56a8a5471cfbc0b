import { CancellationScope } from '@temporalio/workflow';
import type { AppErrorDto } from '../../src-shared/domain/errors.ts';
import { errorOf, isCancelling, toCancellation, transferRetries, withRetries } from './with-retries.ts';

export type PullOutcome = 'installed' | 'failed';

export interface PullSteps {
  download: () => Promise<void>;
  recordInstalled: () => Promise<void>;
  recordStopped: () => Promise<void>;
  recordFailure: (error: AppErrorDto) => Promise<void>;
}

/** A download through network loss and restarts. Cancelling keeps what has arrived for the next time. */
export async function pullModel(steps: PullSteps): Promise<PullOutcome> {
  try {
    await withRetries(transferRetries, steps.download);
    await steps.recordInstalled();
    return 'installed';
  } catch (failure) {
    if (isCancelling(failure)) {
      await CancellationScope.nonCancellable(steps.recordStopped);
      throw toCancellation(failure);
    }
    await steps.recordFailure(errorOf(failure));
    return 'failed';
  }
}
