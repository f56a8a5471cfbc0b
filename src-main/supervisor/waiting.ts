import { setTimeout as delay } from 'node:timers/promises';

/** Resolves when the signal is aborted. */
export async function whenAborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  await new Promise<void>((resolve) => {
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}

/** Resolves after the time, or at once when one of the signals is aborted. */
export async function waitAtMost(ms: number, signals: AbortSignal[]): Promise<void> {
  const signal = AbortSignal.any(signals);
  await delay(ms, undefined, { signal }).catch((error: unknown) => {
    if (!signal.aborted) throw error;
  });
}

/** Rejects where the work does not end in time or the signal is aborted first. */
export async function within<Value>(
  deadlineMs: number,
  cancel: AbortSignal,
  work: (signal: AbortSignal) => Promise<Value>,
): Promise<Value> {
  const over = new AbortController();
  const signal = AbortSignal.any([over.signal, cancel]);
  const refuse = async (wait: Promise<unknown>, reason: string): Promise<never> => {
    await wait;
    throw new Error(reason);
  };
  try {
    return await Promise.race([
      work(signal),
      refuse(whenAborted(cancel), 'stopped'),
      refuse(delay(deadlineMs, undefined, { signal }), `not ready within ${deadlineMs} ms`),
    ]);
  } finally {
    over.abort();
  }
}
