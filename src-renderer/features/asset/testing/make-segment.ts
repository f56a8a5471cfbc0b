import type { Segment, Word } from '../../../../src-shared/domain/transcript.ts';

/** Words one after another, each `wordMs` long. */
export function makeWords(text: string, startMs: number, wordMs: number): Word[] {
  return text.split(' ').map((word, index) => ({
    startMs: startMs + index * wordMs,
    endMs: startMs + (index + 1) * wordMs,
    text: word,
    probability: 0.9,
  }));
}

export function makeSegment(
  segmentId: string,
  startMs: number,
  endMs: number,
  change: Partial<Segment> = {},
): Segment {
  return {
    segmentId,
    startMs,
    endMs,
    text: segmentId,
    words: [],
    confidence: 0.9,
    suspect: null,
    isEdited: false,
    ...change,
  };
}
