import { setTimeout as delay } from 'node:timers/promises';
import type { LocalApiClient } from '../src-node/local-api-client.ts';
import { AppError } from '../src-shared/domain/errors.ts';

/** Also without news: an event may be lost while the api starts again. */
const lookAtLeastEveryMs = 2000;
/** News comes in bursts, several a second while something is transcribed. */
const pauseAfterLookMs = 150;
/** An api that was killed is back within seconds; after this it will not come back by itself. */
const longestAbsenceMs = 60_000;

/**
 * Looks whenever something has changed, until `look` returns something other than undefined. An api that is starting
 * again is waited for.
 * @throws the signal's reason once it is aborted
 */
export async function followUntil<Value>(
  client: LocalApiClient,
  signal: AbortSignal,
  look: () => Promise<Value | undefined>,
): Promise<Value> {
  let announce = (): void => undefined;
  let absentSinceMs: number | undefined;
  const unsubscribe = client.onEvent(() => announce());

  async function lookPatiently(): Promise<Value | undefined> {
    try {
      const found = await look();
      absentSinceMs = undefined;
      return found;
    } catch (thrown) {
      if (!(thrown instanceof AppError && thrown.code === 'dependency.api-unavailable')) throw thrown;
      absentSinceMs ??= performance.now();
      if (performance.now() - absentSinceMs > longestAbsenceMs) throw thrown;
      return undefined;
    }
  }

  try {
    for (;;) {
      signal.throwIfAborted();
      const news = new Promise<void>((resolve) => {
        announce = resolve;
      });
      const found = await lookPatiently();
      if (found !== undefined) return found;
      await wait(pauseAfterLookMs, signal);
      const ending = new AbortController();
      await Promise.race([news, wait(lookAtLeastEveryMs, AbortSignal.any([signal, ending.signal]))]);
      ending.abort();
    }
  } finally {
    unsubscribe();
  }
}

/** Ends early where the signal says so; the caller looks at it. */
async function wait(durationMs: number, signal: AbortSignal): Promise<void> {
  await delay(durationMs, undefined, { signal }).catch(() => undefined);
}
