/** How long the watching of a folder takes over things, in milliseconds. Tests give shorter times. */
export interface WatchTimings {
  /** Between two scans when nothing hints at a change. */
  scanEveryMs: number;
  /** A file must look the same for this long before it counts. */
  settleMs: number;
  /** After a hint the scan waits this long, so that a burst of hints costs one scan. */
  hintDelayMs: number;
  /** How soon pausing, resuming and removing are noticed. */
  rowLookMs: number;
  heartbeatMs: number;
  /** With nothing found, one activity ends after this long, so that histories keep turning over. */
  longestWaitMs: number;
}

export const defaultWatchTimings: WatchTimings = {
  scanEveryMs: 30_000,
  settleMs: 2_000,
  hintDelayMs: 300,
  rowLookMs: 1_000,
  heartbeatMs: 15_000,
  longestWaitMs: 6 * 3_600_000,
};
