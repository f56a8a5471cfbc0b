import type { IngestStepName } from '../../src-shared/domain/asset.ts';
import { toAppError } from '../../src-shared/domain/errors.ts';
import { toDatabaseError } from '../../src-data/database-errors.ts';
import type { WorkerDependencies } from './dependencies.ts';
import { runActivity } from './run-activity.ts';
import { heartbeatEveryMs } from './work-in-hand.ts';
import { throttleProgress } from './throttle-progress.ts';

export interface StepTask {
  signal: AbortSignal;
  /** Persists the share done (0 to 1) and the time left, at most about twice a second. */
  report: (fraction: number | null, remainingMs?: number | null) => void;
  /** A plain sentence about how it went, kept with the finished step. */
  note: (sentence: string) => void;
}

/**
 * Runs one step of an ingest as an activity: the step's row says `running` with progress, then `done`. After a kill it
 * says `running` still, and the next attempt goes on with it. An error that may go away leaves the step waiting; the
 * workflow records every other one.
 */
export async function runStep<Value>(
  dependencies: WorkerDependencies,
  { assetId, step }: { assetId: string; step: IngestStepName },
  work: (task: StepTask) => Promise<Value>,
): Promise<Value> {
  const { logger, steps } = dependencies;
  return runActivity(logger, { heartbeatEveryMs }, async ({ signal }) => {
    const present = steps.list(assetId).find((row) => row.step === step);
    steps.set(assetId, step, {
      state: 'running',
      attempt: (present?.attempt ?? 0) + 1,
      note: null,
      error: null,
    });
    let note: string | null = null;
    try {
      const value = await work({
        signal,
        report: throttleProgress({ write: (report) => steps.set(assetId, step, report) }),
        note: (sentence) => (note = sentence),
      });
      steps.set(assetId, step, { state: 'done', note });
      return value;
    } catch (thrown) {
      if (!signal.aborted) {
        const error = toAppError(toDatabaseError(thrown));
        if (error.retry === 'auto') {
          steps.set(assetId, step, { state: 'waiting', note: 'Tries again soon.', error: error.toDto() });
        }
      }
      throw thrown;
    }
  });
}
