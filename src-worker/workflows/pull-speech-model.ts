import { proxyActivities } from '@temporalio/workflow';
import type { WorkflowInputs } from '../../src-shared/domain/workflows.ts';
import type { QuickModelActivities, TransferActivities } from './activity-contracts.ts';
import { quickOptions, transferOptions } from './activity-options.ts';
import { asOftenAsAsked } from './as-often-as-asked.ts';
import { pullModel, type PullOutcome } from './pull-model.ts';

const transfer = proxyActivities<TransferActivities>(transferOptions);
const quick = proxyActivities<QuickModelActivities>(quickOptions);

/** Downloads a speech model. */
export function pullSpeechModel({ modelId }: WorkflowInputs['pullSpeechModel']): Promise<PullOutcome> {
  return asOftenAsAsked('pullSpeechModel', modelId, () =>
    pullModel({
      download: () => transfer.downloadSpeechModel({ modelId }),
      recordInstalled: () => quick.recordModelInstalled({ modelId }),
      recordStopped: () => quick.recordModelStopped({ modelId }),
      recordFailure: (error) => quick.recordModelFailure({ modelId, error }),
    }),
  );
}
