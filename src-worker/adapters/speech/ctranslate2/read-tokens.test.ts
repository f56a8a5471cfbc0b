import { describe, expect, it } from 'vitest';
import { readTokens } from './read-tokens.ts';

const layout = { endOfTextToken: 100, firstTimestampToken: 200 };
const at = (timeMs: number): number => 200 + timeMs / 20;

describe('readTokens', () => {
  it('cuts at pairs of timestamps', () => {
    expect(readTokens([at(0), 1, 2, at(1000), at(1400), 3, at(2000)], layout, 5000)).toEqual([
      { startMs: 0, endMs: 1000, textTokens: [1, 2] },
      { startMs: 1400, endMs: 2000, textTokens: [3] },
    ]);
  });

  it('lets a last segment without an end go on to the end of the chunk', () => {
    expect(readTokens([at(0), 1, at(1000), at(1000), 2], layout, 5000).at(-1)).toEqual({
      startMs: 1000,
      endMs: 5000,
      textTokens: [2],
    });
  });

  it('never goes beyond the chunk', () => {
    expect(readTokens([at(4000), 1, at(9000)], layout, 5000)).toEqual([
      { startMs: 4000, endMs: 5000, textTokens: [1] },
    ]);
  });

  it('finds nothing in timestamps alone', () => {
    expect(readTokens([at(0), at(2000)], layout, 5000)).toEqual([]);
  });
});
