import { proxyActivities } from '@temporalio/workflow';
import type { WorkflowInputs } from '../../src-shared/domain/workflows.ts';
import type { ChatModelActivities, QuickChatModelActivities } from './activity-contracts.ts';
import { quickOptions, transferOptions } from './activity-options.ts';
import { asOftenAsAsked } from './as-often-as-asked.ts';
import { pullModel, type PullOutcome } from './pull-model.ts';

const transfer = proxyActivities<ChatModelActivities>(transferOptions);
const quick = proxyActivities<QuickChatModelActivities>(quickOptions);

/** Downloads a model for the local runtime. */
export function pullChatModel({ name }: WorkflowInputs['pullChatModel']): Promise<PullOutcome> {
  return asOftenAsAsked('pullChatModel', name, () =>
    pullModel({
      download: () => transfer.downloadChatModel({ name }),
      recordInstalled: () => quick.recordChatModelInstalled({ name }),
      recordStopped: () => quick.recordChatModelStopped({ name }),
      recordFailure: (error) => quick.recordChatModelFailure({ name, error }),
    }),
  );
}
