import { condition, defineSignal, proxyActivities, setHandler } from '@temporalio/workflow';
import { workflowSignals, type WorkflowInputs } from '../../src-shared/domain/workflows.ts';
import type { QuickApprovalActivities } from './activity-contracts.ts';
import { quickOptions } from './activity-options.ts';
import { withRetries } from './with-retries.ts';

export type ApprovalExpiryOutcome = 'decided' | 'expired';

const decidedSignal = defineSignal(workflowSignals.decided);
const quick = proxyActivities<QuickApprovalActivities>(quickOptions);

/** The database may be busy, or its disk full for a while: nobody is asked meanwhile, and time stays passed. */
const recordRetries = { attemptLimit: 1000, firstPauseMs: 1_000, longestPauseMs: 60_000 };

/** Waits with a request for approval until it is decided or its time is over. Silence is an outcome, never a consent. */
export async function approvalExpiry({
  approvalId,
  expiresAt,
}: WorkflowInputs['approvalExpiry']): Promise<ApprovalExpiryOutcome> {
  let isDecided = false;
  setHandler(decidedSignal, () => {
    isDecided = true;
  });
  let waitMs = Date.parse(expiresAt) - Date.now();
  for (;;) {
    if (waitMs > 0 && (await condition(() => isDecided, waitMs))) return 'decided';
    const answer = await withRetries(recordRetries, () => quick.expireApproval({ approvalId }));
    if (answer.state !== 'waiting') return answer.state;
    // The computer's clock was set back: it is not yet so late.
    waitMs = answer.remainingMs;
  }
}
