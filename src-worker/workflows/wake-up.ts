/**
 * Does nothing. After a sleep Temporal fires the timers that came due meanwhile at its next look at the clock, up to
 * minutes later; starting any workflow makes it look at once.
 */
export function wakeUp(): Promise<void> {
  return Promise.resolve();
}
