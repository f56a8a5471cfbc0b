import { describe, expect, it } from 'vitest';
import { layOutWords, segmentIndexAt, wordIndexAt } from './transcript-position.ts';
import { makeSegment, makeWords } from './testing/make-segment.ts';

describe('the place in a transcript', () => {
  const segments = [makeSegment('a', 1000, 3000), makeSegment('b', 4000, 6000), makeSegment('c', 6000, 9000)];

  it('is the segment being spoken', () => {
    expect(segmentIndexAt(segments, 1000)).toBe(0);
    expect(segmentIndexAt(segments, 6000)).toBe(2);
    expect(segmentIndexAt(segments, 50_000)).toBe(2);
  });

  it('is the segment just spoken while nobody speaks', () => {
    expect(segmentIndexAt(segments, 3500)).toBe(0);
  });

  it('is none before the first segment, and in no segments at all', () => {
    expect(segmentIndexAt(segments, 999)).toBe(-1);
    expect(segmentIndexAt([], 5)).toBe(-1);
  });

  it('is the word being spoken, for a short while after it too', () => {
    const words = makeWords('ask not what', 0, 300);
    expect(wordIndexAt(words, 0)).toBe(0);
    expect(wordIndexAt(words, 650)).toBe(2);
    expect(wordIndexAt(words, 1100)).toBe(2);
    expect(wordIndexAt(words, 1200)).toBe(-1);
  });
});

describe('words in their text', () => {
  it('keep all spaces and signs', () => {
    const pieces = layOutWords('“Ask  not”, he said.', makeWords('Ask not”, he said.', 0, 100));
    expect(pieces.map(({ text }) => text).join('')).toBe('“Ask  not”, he said.');
    expect(pieces.filter(({ wordIndex }) => wordIndex !== null).map(({ text }) => text)).toEqual([
      'Ask',
      'not”,',
      'he',
      'said.',
    ]);
  });

  it('work where words stand without spaces', () => {
    const words = makeWords('今日 は 晴れ', 0, 100);
    expect(layOutWords('今日は晴れ', words).map(({ wordIndex }) => wordIndex)).toEqual([0, 1, 2]);
  });

  it('are skipped where they are not in the text', () => {
    expect(layOutWords('one three', makeWords('one two three', 0, 100))).toEqual([
      { text: 'one', wordIndex: 0 },
      { text: ' ', wordIndex: null },
      { text: 'three', wordIndex: 2 },
    ]);
  });
});
