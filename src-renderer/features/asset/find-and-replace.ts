import type { Segment, TranscriptChange } from '../../../src-shared/domain/transcript.ts';
import { changeText } from './segment-edits.ts';

export interface FindOptions {
  text: string;
  isCaseSensitive: boolean;
  isWholeWord: boolean;
}

export interface Found {
  segmentIndex: number;
  /** Position in the segment's text, in UTF-16 units as strings count. */
  start: number;
  end: number;
}

function patternOf({ text, isCaseSensitive, isWholeWord }: FindOptions): RegExp {
  const literal = text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/\s+/g, '\\s+');
  // Letters and digits of every script count as parts of a word, which \b does not know.
  const source = isWholeWord ? `(?<![\\p{L}\\p{N}_])${literal}(?![\\p{L}\\p{N}_])` : literal;
  return new RegExp(source, isCaseSensitive ? 'gu' : 'giu');
}

/** Every place where the text stands, in order. An empty text stands nowhere. */
export function findAll(segments: readonly Segment[], options: FindOptions): Found[] {
  if (options.text.trim() === '') return [];
  const pattern = patternOf(options);
  return segments.flatMap(({ text }, segmentIndex) =>
    [...text.matchAll(pattern)].map((match) => ({
      segmentIndex,
      start: match.index,
      end: match.index + match[0].length,
    })),
  );
}

/** The changes that replace the given places; one for each segment, whatever it holds of them. */
export function planReplace(
  segments: readonly Segment[],
  found: readonly Found[],
  replacement: string,
): TranscriptChange[] {
  const bySegment = Map.groupBy(found, ({ segmentIndex }) => segmentIndex);
  return [...bySegment].flatMap(([segmentIndex, places]) => {
    const segment = segments[segmentIndex];
    if (segment === undefined) return [];
    // From the back, so that the places further ahead keep their positions.
    const text = places
      .toReversed()
      .reduce(
        (current, { start, end }) => current.slice(0, start) + replacement + current.slice(end),
        segment.text,
      );
    return changeText(segment, text);
  });
}
