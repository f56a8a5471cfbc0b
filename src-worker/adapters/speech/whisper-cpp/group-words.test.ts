import { describe, expect, it } from 'vitest';
import { groupWords, type TextPiece } from './group-words.ts';

const pieces = (...texts: string[]): TextPiece[] =>
  texts.map((text, i) => ({ text, t0: i * 500, t1: (i + 1) * 500 }));
const textsOf = (...texts: string[]): string[] =>
  groupWords(pieces(...texts), 60_000).map(({ text }) => text);

describe('groupWords', () => {
  it('joins pieces to words and words to sentences', () => {
    const groups = groupWords(pieces('', ' Ask', ' coun', 'try', '.', ' Now'), 60_000);
    expect(groups.map(({ text }) => text)).toEqual(['Ask country.', 'Now']);
    expect(groups[0]?.words.map(({ text, startMs, endMs }) => [text, startMs, endMs])).toEqual([
      ['Ask', 500, 1000],
      ['country.', 1000, 2000],
    ]);
  });

  it('starts a new segment after a pause', () => {
    const groups = groupWords(
      [
        { text: ' One', t0: 0, t1: 400 },
        { text: ' two', t0: 4000, t1: 4400 },
      ],
      60_000,
    );
    expect(groups.map(({ startMs, endMs }) => [startMs, endMs])).toEqual([
      [0, 400],
      [4000, 4400],
    ]);
  });

  it('does not let a segment grow without end', () => {
    expect(textsOf(...Array.from({ length: 60 }, () => ' word')).every((text) => text.length < 130)).toBe(
      true,
    );
  });

  it('keeps times within the chunk and never lets them run backwards', () => {
    const [group] = groupWords(
      [
        { text: ' a', t0: 300, t1: 900 },
        { text: ' b', t0: 200, t1: 9000 },
      ],
      1000,
    );
    expect(group?.words.map(({ startMs, endMs }) => [startMs, endMs])).toEqual([
      [300, 900],
      [300, 1000],
    ]);
  });
});
