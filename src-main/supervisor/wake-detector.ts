/** Less can be a clock that is set right, and a sleep that short does no harm. */
const leastSleepMs = 15_000;
const lookEveryMs = 5000;

interface Clocks {
  /** Goes on while the computer sleeps. */
  wallMs: number;
  /** Stands still while the computer sleeps. */
  monotonicMs: number;
}

/** Whether the computer slept between two readings. A clock that was put forward looks the same and does no harm. */
export function hasSlept(before: Clocks, after: Clocks): boolean {
  const unseenMs = after.wallMs - before.wallMs - (after.monotonicMs - before.monotonicMs);
  return unseenMs >= leastSleepMs;
}

/**
 * Calls `onWake` soon after the computer has woken up, for programs that no window system tells of it.
 * @returns ends the watching
 */
export function watchForWake(onWake: () => void): () => void {
  const read = (): Clocks => ({ wallMs: Date.now(), monotonicMs: performance.now() });
  let before = read();
  const timer = setInterval(() => {
    const after = read();
    if (hasSlept(before, after)) onWake();
    before = after;
  }, lookEveryMs);
  timer.unref();
  return () => clearInterval(timer);
}
