import {
  CancellationScope,
  condition,
  continueAsNew,
  defineSignal,
  isCancellation,
  proxyActivities,
  setHandler,
  sleep,
  workflowInfo,
} from '@temporalio/workflow';
import { workflowSignals, type WorkflowInputs } from '../../src-shared/domain/workflows.ts';
import type { FoundFile, QuickWatchActivities, WatchActivities, WatchOutcome } from './activity-contracts.ts';
import { quickOptions, watchOptions } from './activity-options.ts';
import { errorOf, withRetries } from './with-retries.ts';

export type WatchFolderInput = WorkflowInputs['watchFolder'] & {
  /** How often it looks before it continues in a new run with an empty history. Default 100. */
  roundLimit?: number;
};

const pauseSignal = defineSignal(workflowSignals.pause);
const resumeSignal = defineSignal(workflowSignals.resume);

const watching = proxyActivities<WatchActivities>(watchOptions);
const quick = proxyActivities<QuickWatchActivities>(quickOptions);

const defaultRoundLimit = 100;
const pauseAfterProblemMs = 15_000;
/** The api may be starting again: that takes seconds. */
const importRetries = { attemptLimit: 6, firstPauseMs: 500, longestPauseMs: 5_000 };

/**
 * Imports every new file of a folder, for as long as the folder is watched: weeks and months. Pausing interrupts the
 * waiting; files that come meanwhile are found after `resume`. It ends when the folder's row is gone or by cancellation.
 */
export async function watchFolder(input: WatchFolderInput): Promise<'removed'> {
  const { folderId, roundLimit = defaultRoundLimit } = input;
  let isPaused = input.isPaused;
  let waiting: CancellationScope | undefined;
  setHandler(pauseSignal, () => {
    isPaused = true;
    waiting?.cancel();
  });
  setHandler(resumeSignal, () => {
    isPaused = false;
  });

  for (let round = 0; round < roundLimit && !workflowInfo().continueAsNewSuggested; round += 1) {
    await condition(() => !isPaused);
    waiting = new CancellationScope();
    const outcome = await awaitFiles(waiting, folderId);
    waiting = undefined;
    if (outcome.state === 'removed') return 'removed';
    if (outcome.state !== 'found') continue;
    for (const file of outcome.files) {
      // What is left over when a pause comes is found again later.
      if (isPaused) break;
      await importOrGoOn(folderId, file);
    }
  }
  return continueAsNew<typeof watchFolder>({ ...input, isPaused });
}

async function awaitFiles(scope: CancellationScope, folderId: string): Promise<WatchOutcome> {
  try {
    return await scope.run(() => watching.awaitNewFiles({ folderId }));
  } catch (failure) {
    if (CancellationScope.current().consideredCancelled) throw failure;
    // Only the waiting was cancelled: by a pause.
    if (isCancellation(failure)) return { state: 'nothing-new' };
    await quick.recordFolderProblem({ folderId, error: errorOf(failure) });
    await sleep(pauseAfterProblemMs);
    return { state: 'nothing-new' };
  }
}

/** One bad file must not stop the loop. What is not recorded as imported is found again in the next round. */
async function importOrGoOn(folderId: string, file: FoundFile): Promise<void> {
  try {
    await withRetries(importRetries, () => quick.importFile({ folderId, file }));
  } catch (failure) {
    if (isCancellation(failure)) throw failure;
    await quick.recordFolderProblem({ folderId, error: errorOf(failure) });
    await sleep(pauseAfterProblemMs);
  }
}
