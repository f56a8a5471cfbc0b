import { CancellationScope, proxyActivities } from '@temporalio/workflow';
import type { WorkflowInputs } from '../../src-shared/domain/workflows.ts';
import type { QuickRenderingActivities, RenderingActivities } from './activity-contracts.ts';
import { asOftenAsAsked } from './as-often-as-asked.ts';
import { mediaOptions, quickOptions } from './activity-options.ts';
import { errorOf, fileRetries, isCancelling, toCancellation, withRetries } from './with-retries.ts';

const media = proxyActivities<RenderingActivities>(mediaOptions);
const quick = proxyActivities<QuickRenderingActivities>(quickOptions);

/** Makes media ready for an account: what a post with it would wait for otherwise. */
export function renderVariant({ renderingId }: WorkflowInputs['renderVariant']): Promise<'done' | 'failed'> {
  return asOftenAsAsked('renderVariant', renderingId, () => render(renderingId));
}

async function render(renderingId: string): Promise<'done' | 'failed'> {
  try {
    await withRetries(fileRetries, () => media.renderVariant({ renderingId }));
    return 'done';
  } catch (failure) {
    if (isCancelling(failure)) {
      await CancellationScope.nonCancellable(() => quick.recordRenderingCancelled({ renderingId }));
      throw toCancellation(failure);
    }
    await quick.recordRenderingFailure({ renderingId, error: errorOf(failure) });
    return 'failed';
  }
}
