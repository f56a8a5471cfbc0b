import type { Segment } from '../../../src-shared/domain/transcript.ts';

const mostSuspects = 8;
const openingLength = 14;

/** What a reviewer reads: the passages to check, the beginning, and how much more there is. */
export function pickExcerpt(segments: readonly Segment[]) {
  return {
    suspects: segments.filter(({ suspect }) => suspect !== null).slice(0, mostSuspects),
    opening: segments.slice(0, openingLength),
    untoldCount: Math.max(0, segments.length - openingLength),
  };
}
