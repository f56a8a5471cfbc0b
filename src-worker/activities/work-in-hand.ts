import { once } from 'node:events';
import { CancelledFailure, type Context } from '@temporalio/activity';
import { AppError } from '../../src-shared/domain/errors.ts';

/** The activities that run in this process and can be cancelled, by their workflow. */
const inHand = new Map<string, Set<AbortController>>();

/**
 * Heartbeats carry a cancellation back: the worker learns of it with the answer to one, where the api has not told it
 * already. Twice a second, together with the worker's throttle of the same length, keeps such a cancel under a second;
 * a killed worker is noticed after the heartbeat timeout of the activity's class.
 */
export const heartbeatEveryMs = 400;

/** Far longer than the work engine takes to say the same. */
const patienceMs = 30_000;

/**
 * The person has cancelled this workflow. What is done for it here ends at once: the word of the work engine comes with
 * the answer to a heartbeat, and would let a transcription go on for a second.
 */
export function endWork(workflowId: string): void {
  for (const ending of inHand.get(workflowId) ?? []) ending.abort(new CancelledFailure('CANCELLED'));
}

export interface WorkInHand {
  /** Aborted by `endWork`, or by the work engine. */
  readonly signal: AbortSignal;
  /** To be called when the activity is over. */
  forget: () => void;
}

/** Notes an activity, so that it can be ended from here on. */
export function takeInHand({ info, cancellationSignal }: Context): WorkInHand {
  const workflowId = info.workflowExecution?.workflowId ?? '';
  const ending = new AbortController();
  const others = inHand.get(workflowId) ?? new Set();
  inHand.set(workflowId, others.add(ending));
  return {
    signal: AbortSignal.any([cancellationSignal, ending.signal]),
    forget() {
      others.delete(ending);
      if (others.size === 0) inHand.delete(workflowId);
    },
  };
}

/**
 * What was ended here is cancelled only once the work engine says so: until then the activity lives on, with nothing
 * running behind it.
 * @throws AppError to be tried again, where it never says so: the work is wanted again already
 */
export async function untilCancelled(context: Context, withinMs = patienceMs): Promise<void> {
  const { cancellationSignal } = context;
  if (cancellationSignal.aborted) return;
  // However seldom its own are: the word comes with the answer to one.
  const heartbeats = setInterval(() => context.heartbeat(), heartbeatEveryMs);
  try {
    await once(cancellationSignal, 'abort', { signal: AbortSignal.timeout(withinMs) });
  } catch (cause) {
    throw new AppError({
      code: 'dependency.work-interrupted',
      userMessage: 'The work was interrupted. What was done is kept, and it goes on by itself.',
      retry: 'auto',
      cause,
    });
  } finally {
    clearInterval(heartbeats);
  }
}
