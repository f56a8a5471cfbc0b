import { defineSignal, proxyActivities, setHandler } from '@temporalio/workflow';
import { workflowSignals, type RepeatableWork } from '../../src-shared/domain/workflows.ts';
import type { QuickWantedActivities } from './activity-contracts.ts';
import { quickOptions } from './activity-options.ts';

const askedAgainSignal = defineSignal(workflowSignals.askedAgain);
const quick = proxyActivities<QuickWantedActivities>(quickOptions);

/**
 * Does the work, and does it anew where it was asked for again after its outcome had been written down and before this
 * run has closed: nobody else would begin it. The work engine lets no run close that has not heard of such a wish.
 */
export async function asOftenAsAsked<Outcome>(
  work: RepeatableWork,
  id: string,
  perform: () => Promise<Outcome>,
): Promise<Outcome> {
  let askedCount = 0;
  setHandler(askedAgainSignal, () => {
    askedCount += 1;
  });
  let outcome = await perform();
  for (let heardCount = 0; askedCount > heardCount;) {
    heardCount = askedCount;
    // Most often it was asked for while it was being done: then that is what was done.
    if (await quick.isWanted({ work, id })) outcome = await perform();
  }
  return outcome;
}
