/** When a process that ended by itself is started again, and when that is given up. */
export interface RestartPolicy {
  firstDelayMs: number;
  maxDelayMs: number;
  /** After being ready this long a process counts as sound again, and earlier failures are forgotten. */
  healthyAfterMs: number;
  /** Starts in a row that never became ready. */
  maxFailedStarts: number;
  /** Ends in a row of any kind: higher, since a process that works between its crashes is still of use. */
  maxEnds: number;
  /** After a give-up: the reason may have gone (disk full, part missing) without anyone pressing the button. */
  retryAfterGiveUpMs: number;
}

export const defaultRestartPolicy: RestartPolicy = {
  firstDelayMs: 100,
  maxDelayMs: 5000,
  healthyAfterMs: 60_000,
  maxFailedStarts: 6,
  maxEnds: 30,
  retryAfterGiveUpMs: 120_000,
};

export interface RestartHistory {
  failedStartsInRow: number;
  endsInRow: number;
}

export const noRestarts: RestartHistory = { failedStartsInRow: 0, endsInRow: 0 };

export type RestartDecision =
  | { action: 'restart'; delayMs: number; history: RestartHistory }
  | { action: 'give-up'; history: RestartHistory };

/**
 * Decides what follows an unwanted end. Pure.
 * @param readyForMs how long the process had been ready, or null where it never was
 * @param random in [0, 1): spreads the delays, so that processes which fell together do not rise together
 */
export function decideRestart(
  policy: RestartPolicy,
  before: RestartHistory,
  readyForMs: number | null,
  random: number,
): RestartDecision {
  const known = readyForMs !== null && readyForMs >= policy.healthyAfterMs ? noRestarts : before;
  const history: RestartHistory = {
    failedStartsInRow: readyForMs === null ? known.failedStartsInRow + 1 : 0,
    endsInRow: known.endsInRow + 1,
  };
  if (history.failedStartsInRow >= policy.maxFailedStarts || history.endsInRow >= policy.maxEnds) {
    return { action: 'give-up', history };
  }
  const steps = Math.max(history.failedStartsInRow, history.endsInRow) - 1;
  const delayMs = Math.min(policy.maxDelayMs, policy.firstDelayMs * 2 ** Math.min(steps, 20));
  return { action: 'restart', delayMs: Math.round(delayMs * (0.75 + random / 2)), history };
}
