import {
  ActivityFailure,
  ApplicationFailure,
  CancellationScope,
  CancelledFailure,
  isCancellation,
  sleep,
  TimeoutFailure,
} from '@temporalio/workflow';
import type { AppErrorDto } from '../../src-shared/domain/errors.ts';

export interface RetryLimits {
  /** Tries in a row that may fail without any progress between them. */
  attemptLimit: number;
  firstPauseMs: number;
  longestPauseMs: number;
}

/** For work on a file: what does not go away within seconds is for the person to decide. */
export const fileRetries: RetryLimits = { attemptLimit: 3, firstPauseMs: 500, longestPauseMs: 5_000 };

/** For the local model: it may be loading, or short of memory for a while. */
export const modelRetries: RetryLimits = { attemptLimit: 3, firstPauseMs: 2_000, longestPauseMs: 30_000 };

/** For downloads: about half an hour without the network. */
export const transferRetries: RetryLimits = { attemptLimit: 40, firstPauseMs: 1_000, longestPauseMs: 60_000 };

/**
 * Runs an activity again as long as its error says that it may go away by itself (`retry: 'auto'`). Tries are counted
 * only while nothing moves: an error whose details carry a greater `progressMark` than the last one starts a new count.
 */
export async function withRetries<Value>(limits: RetryLimits, work: () => Promise<Value>): Promise<Value> {
  let failures = 0;
  let mark = 0;
  for (;;) {
    try {
      return await work();
    } catch (failure) {
      if (!isTransient(failure)) throw failure;
      const newMark = progressMarkOf(failure);
      failures = newMark > mark ? 1 : failures + 1;
      mark = Math.max(mark, newMark);
      if (failures >= limits.attemptLimit) throw failure;
      await sleep(Math.min(limits.longestPauseMs, limits.firstPauseMs * 2 ** (failures - 1)));
    }
  }
}

/** The error behind a failed activity, in the form in which it is recorded. */
export function errorOf(failure: unknown): AppErrorDto {
  const cause = failure instanceof ActivityFailure ? failure.cause : failure;
  if (cause instanceof ApplicationFailure) {
    const detail = cause.details?.[0];
    if (isErrorDto(detail)) return detail;
  }
  if (cause instanceof TimeoutFailure) {
    return {
      code: 'dependency.process-failed',
      userMessage:
        'This work was interrupted again and again. What was finished is kept. Try again; if it happens once more, copy the diagnostics from Settings.',
      retry: 'user',
      details: { timeout: cause.timeoutType },
    };
  }
  return {
    code: 'bug',
    userMessage:
      'Something went wrong inside Longhand. Nothing you saved was changed. Try again; if it happens twice, copy the diagnostics from Settings.',
    retry: 'user',
    details: { message: cause instanceof Error ? cause.message : String(cause) },
  };
}

function isTransient(failure: unknown): boolean {
  return (
    failure instanceof ActivityFailure &&
    failure.cause instanceof ApplicationFailure &&
    errorOf(failure).retry === 'auto'
  );
}

function progressMarkOf(failure: unknown): number {
  const mark = errorOf(failure).details?.['progressMark'];
  return typeof mark === 'number' ? mark : 0;
}

function isErrorDto(value: unknown): value is AppErrorDto {
  return (
    typeof value === 'object' &&
    value !== null &&
    'code' in value &&
    typeof value.code === 'string' &&
    'userMessage' in value &&
    'retry' in value
  );
}

/** Whether the workflow was asked to end. Its work may have ended in another way in the same moment: that counts less. */
export function isCancelling(failure: unknown): boolean {
  return isCancellation(failure) || CancellationScope.current().consideredCancelled;
}

/** What a workflow ends with when it was asked to end. */
export function toCancellation(failure: unknown): unknown {
  return isCancellation(failure) ? failure : new CancelledFailure('cancelled');
}
