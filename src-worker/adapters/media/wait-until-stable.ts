import { stat } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import {
  decideStability,
  defaultStabilityPolicy,
  type FileObservation,
  type StabilityPolicy,
} from './decide-stability.ts';
import { errnoCodeOf, explainFailure, withNamedErrors } from './observe-failure.ts';

export interface WaitUntilStableOptions {
  signal: AbortSignal;
  policy?: StabilityPolicy;
  /** Waits between looks; tests put their own clock here. */
  wait?: (delayMs: number) => Promise<void>;
  now?: () => number;
}

/** Looks at a file once, for {@link decideStability}. */
export async function observeForStability(path: string, nowMs: number): Promise<FileObservation> {
  try {
    const stats = await stat(path);
    return { atMs: nowMs, file: { sizeBytes: stats.size, modifiedMs: stats.mtimeMs } };
  } catch (error) {
    if (errnoCodeOf(error) === 'ENOENT') return { atMs: nowMs, file: null };
    throw error;
  }
}

/**
 * Waits until a file has stopped growing. As long as it grows or stays empty there is no end but the signal.
 *
 * @throws AppError `storage.vanished`, `storage.unreadable`; the signal's reason on cancellation
 */
export async function waitUntilStable(path: string, options: WaitUntilStableOptions): Promise<void> {
  const { signal, policy = defaultStabilityPolicy, now = Date.now } = options;
  const wait = options.wait ?? ((delayMs: number) => delay(delayMs, undefined, { signal }));
  let observations: FileObservation[] = [];
  for (;;) {
    const newest = await withNamedErrors(path, { operation: 'identify', signal }, () =>
      observeForStability(path, now()),
    );
    observations = [...observations.filter(({ atMs }) => newest.atMs - atMs <= policy.quietMs * 2), newest];
    const decided = decideStability(observations, policy);
    switch (decided.decision) {
      case 'stable':
        return;
      case 'vanished':
        throw await explainFailure(path, { operation: 'identify' });
      case 'growing':
      case 'empty':
        await waitOrThrowReason(wait, decided.lookAgainInMs, signal);
    }
  }
}

async function waitOrThrowReason(
  wait: (delayMs: number) => Promise<void>,
  delayMs: number,
  signal: AbortSignal,
): Promise<void> {
  try {
    await wait(delayMs);
  } finally {
    signal.throwIfAborted();
  }
}
