import { describe, expect, it } from 'vitest';
import type { Passage } from '../../src-shared/domain/passages.ts';
import { rankPassages, spread } from './choose-passages.ts';

const passages: Passage[] = ['a', 'b', 'c', 'd'].map((name, index) => ({
  assetId: 'asset',
  segmentIds: [`${name}1`, `${name}2`],
  startMs: index * 1000,
  endMs: index * 1000 + 900,
  text: name,
  tokens: 10,
}));
const [first, second, third] = passages as [Passage, Passage, Passage, Passage];
const textsOf = (ranked: { passages: Passage[] }): string => ranked.passages.map(({ text }) => text).join('');

describe('the passages for a question', () => {
  it('are those with its words, several words in one before one word', () => {
    const hits = [
      { segmentId: 'b1', rank: -3 },
      { segmentId: 'c1', rank: -2 },
      { segmentId: 'c2', rank: -2 },
    ];
    expect(textsOf(rankPassages(passages, hits, null))).toBe('cb');
  });

  it('are found by meaning too, and what both ways find comes first', () => {
    const hits = [
      { segmentId: 'a1', rank: -2 },
      { segmentId: 'b1', rank: -1 },
    ];
    const nearness = new Map([
      [second, 0.9],
      [third, 0.8],
    ]);
    expect(textsOf(rankPassages(passages, hits, nearness))).toBe('bac');
    expect(first.text).toBe('a');
  });

  it('come from all over the recording where nothing says which', () => {
    const ranked = rankPassages(passages, [], null);
    expect(textsOf(ranked)).toHaveLength(4);
    expect(ranked.how).toContain('all over');
  });
});

describe('spreading', () => {
  it('takes each once, and the first few cover the whole', () => {
    const spreadOut = spread(Array.from({ length: 100 }, (_, index) => index));
    expect(new Set(spreadOut).size).toBe(100);
    expect(spreadOut.slice(0, 5).toSorted((left, right) => left - right)).toEqual([0, 25, 50, 75, 99]);
    expect(spread([])).toEqual([]);
    expect(spread(['only'])).toEqual(['only']);
  });
});
