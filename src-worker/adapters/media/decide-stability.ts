/** One look at a file. `null` for size and time: it was not there. */
export interface FileObservation {
  atMs: number;
  file: { sizeBytes: number; modifiedMs: number } | null;
}

export interface StabilityPolicy {
  /** How long size and modification time must stay the same. */
  quietMs: number;
  /** How long to wait between two looks. */
  intervalMs: number;
}

export const defaultStabilityPolicy: StabilityPolicy = { quietMs: 4000, intervalMs: 1000 };

export type StabilityDecision =
  | { decision: 'stable' }
  | { decision: 'growing'; lookAgainInMs: number }
  /** Empty for now: many programs create the file first and fill it later. Never stable. */
  | { decision: 'empty'; lookAgainInMs: number }
  | { decision: 'vanished' };

/**
 * Whether a file has stopped growing. Pure: a workflow may call it over observations that activities made.
 *
 * @param observations in the order of time, at least the newest; older ones than `quietMs` need not be kept.
 */
export function decideStability(
  observations: readonly FileObservation[],
  policy: StabilityPolicy = defaultStabilityPolicy,
): StabilityDecision {
  const newest = observations.at(-1);
  if (!newest) return { decision: 'growing', lookAgainInMs: policy.intervalMs };
  if (!newest.file) return { decision: 'vanished' };
  if (newest.file.sizeBytes === 0) return { decision: 'empty', lookAgainInMs: policy.intervalMs };

  let unchangedSinceMs = newest.atMs;
  for (const observation of observations.toReversed()) {
    const isSame =
      observation.file?.sizeBytes === newest.file.sizeBytes &&
      observation.file.modifiedMs === newest.file.modifiedMs;
    if (!isSame) break;
    unchangedSinceMs = observation.atMs;
  }
  const quietMs = newest.atMs - unchangedSinceMs;
  if (quietMs >= policy.quietMs) return { decision: 'stable' };
  return { decision: 'growing', lookAgainInMs: Math.min(policy.intervalMs, policy.quietMs - quietMs) };
}
