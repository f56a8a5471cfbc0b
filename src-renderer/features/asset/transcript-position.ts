import type { Segment, Word } from '../../../src-shared/domain/transcript.ts';

interface Span {
  startMs: number;
  endMs: number;
}

/** The last span that begins at or before a position, by bisection; -1 before the first. Spans stand in order. */
function lastStartedAt(spans: readonly Span[], positionMs: number): number {
  let low = 0;
  let high = spans.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const span = spans[middle];
    if (span !== undefined && span.startMs <= positionMs) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/**
 * The segment that the player is at: the one being spoken, or in a pause the one just spoken.
 * @returns -1 before the first segment
 */
export function segmentIndexAt(segments: readonly Segment[], positionMs: number): number {
  return lastStartedAt(segments, positionMs);
}

/** A word stays marked this long into the pause after it, so that the mark does not flicker between words. */
const lingerMs = 250;

/** The word being spoken; -1 in a pause, before the first, and where there are no word times. */
export function wordIndexAt(words: readonly Word[], positionMs: number): number {
  const index = lastStartedAt(words, positionMs);
  const word = words[index];
  return word !== undefined && positionMs < word.endMs + lingerMs ? index : -1;
}

export interface TextPiece {
  text: string;
  /** The word this piece is; null for what stands between words. */
  wordIndex: number | null;
}

/**
 * Ties the words to the text in which they stand, so that spaces and signs stay exactly as written. Words that are not
 * found in the text are skipped; they only cannot be clicked.
 */
export function layOutWords(text: string, words: readonly Word[]): TextPiece[] {
  const pieces: TextPiece[] = [];
  let end = 0;
  for (const [wordIndex, word] of words.entries()) {
    const start = word.text === '' ? -1 : text.indexOf(word.text, end);
    if (start === -1) continue;
    if (start > end) pieces.push({ text: text.slice(end, start), wordIndex: null });
    pieces.push({ text: word.text, wordIndex });
    end = start + word.text.length;
  }
  if (end < text.length) pieces.push({ text: text.slice(end), wordIndex: null });
  return pieces;
}
