export interface BackOff {
  firstMs: number;
  longestMs: number;
}

/**
 * The pause before another try: twice as long each time, and shortened by chance by up to half, so that what failed
 * together does not come back together.
 * @param chance 0 to 1
 */
export function backOffMs({ firstMs, longestMs }: BackOff, failureCount: number, chance: number): number {
  const longest = Math.min(longestMs, firstMs * 2 ** Math.min(failureCount, 30));
  return Math.round(longest * (1 - chance / 2));
}
