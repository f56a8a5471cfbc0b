export interface ProgressReport {
  /** 0 to 1; null while it cannot be known. */
  progress: number | null;
  remainingMs: number | null;
}

export interface ProgressOptions {
  write: (report: ProgressReport) => void;
  /** Shortest time between two writes. */
  intervalMs?: number;
  now?: () => number;
}

/** Two writes a second look alive and cost next to nothing. */
const defaultIntervalMs = 500;
/** An estimate from the first moments would jump. */
const shortestBasisMs = 1_500;

/**
 * Passes progress on at a bearable rate: the newest report wins, in between nothing is written. Where the work does
 * not say how long it will take, the time left is estimated from the share done since the first report.
 */
export function throttleProgress({ write, intervalMs = defaultIntervalMs, now = Date.now }: ProgressOptions) {
  const startedAt = now();
  let writtenAt = Number.NEGATIVE_INFINITY;
  let firstFraction: number | undefined;

  return (fraction: number | null, remainingMs?: number | null): void => {
    const at = now();
    if (fraction !== null) firstFraction ??= fraction;
    if (at - writtenAt < intervalMs) return;
    writtenAt = at;
    const progress = fraction === null ? null : Math.min(1, Math.max(0, fraction));
    const estimated = estimateRemainingMs({
      elapsedMs: at - startedAt,
      doneSinceStart: progress === null ? 0 : progress - (firstFraction ?? 0),
      left: progress === null ? 1 : 1 - progress,
    });
    write({ progress, remainingMs: remainingMs === undefined ? estimated : remainingMs });
  };
}

function estimateRemainingMs(work: {
  elapsedMs: number;
  doneSinceStart: number;
  left: number;
}): number | null {
  if (work.doneSinceStart <= 0 || work.elapsedMs < shortestBasisMs) return null;
  return Math.round((work.elapsedMs / work.doneSinceStart) * work.left);
}
