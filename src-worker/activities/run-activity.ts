import { CancelledFailure, Context } from '@temporalio/activity';
import type { Logger } from '../../src-node/logger.ts';
import { toActivityFailure } from './translate-error.ts';

/**
 * Heartbeats carry a cancellation back: the worker learns of it with the answer to one. Twice a second, together with
 * the worker's throttle of the same length, keeps a cancel well under a second; a killed worker is noticed after the
 * heartbeat timeout of the activity's class.
 */
export const heartbeatEveryMs = 400;

export interface RunOptions {
  /** Null for activities of a second or less, which need none. */
  heartbeatEveryMs: number | null;
}

/** Runs the work of one activity: heartbeats meanwhile, and everything thrown translated. */
export async function runActivity<Value>(
  logger: Logger,
  options: RunOptions,
  work: (task: { signal: AbortSignal }) => Promise<Value> | Value,
): Promise<Value> {
  const context = Context.current();
  const signal = context.cancellationSignal;
  const timer =
    options.heartbeatEveryMs === null
      ? undefined
      : setInterval(() => context.heartbeat(), options.heartbeatEveryMs);
  try {
    return await work({ signal });
  } catch (thrown) {
    if (signal.aborted) throw asCancellation(signal.reason);
    const { activityType, attempt, workflowExecution } = context.info;
    throw toActivityFailure(
      thrown,
      logger.child({ activityType, attempt, workflowId: workflowExecution?.workflowId }),
    );
  } finally {
    clearInterval(timer);
  }
}

function asCancellation(reason: unknown): CancelledFailure {
  return reason instanceof CancelledFailure ? reason : new CancelledFailure('CANCELLED');
}
