import { CancelledFailure, Context } from '@temporalio/activity';
import type { Logger } from '../../src-node/logger.ts';
import { toActivityFailure } from './translate-error.ts';
import { takeInHand, untilCancelled } from './work-in-hand.ts';

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
  // Without heartbeats the work engine could never say the same.
  const { signal, forget } =
    options.heartbeatEveryMs === null
      ? { signal: context.cancellationSignal, forget: () => undefined }
      : takeInHand(context);
  const timer =
    options.heartbeatEveryMs === null
      ? undefined
      : setInterval(() => context.heartbeat(), options.heartbeatEveryMs);
  try {
    return await endEarly(context, signal, () => work({ signal }));
  } catch (thrown) {
    if (context.cancellationSignal.aborted) throw asCancellation(context.cancellationSignal.reason);
    const { activityType, attempt, workflowExecution } = context.info;
    throw toActivityFailure(
      thrown,
      logger.child({ activityType, attempt, workflowId: workflowExecution?.workflowId }),
    );
  } finally {
    clearInterval(timer);
    forget();
  }
}

/** Work that was ended ahead of the word of the work engine waits for it, with its heartbeats. */
async function endEarly<Value>(
  context: Context,
  signal: AbortSignal,
  work: () => Promise<Value> | Value,
): Promise<Value> {
  try {
    return await work();
  } catch (thrown) {
    if (signal.aborted) await untilCancelled(context);
    throw thrown;
  }
}

function asCancellation(reason: unknown): CancelledFailure {
  return reason instanceof CancelledFailure ? reason : new CancelledFailure('CANCELLED');
}
