import { describe, expect, it } from 'vitest';
import { settleChapters } from './settle-chapters.ts';

const minutes = (count: number): number => count * 60_000;

describe('chapters', () => {
  it('come in order, with the first one at the start', () => {
    const proposed = [
      { startMs: minutes(5), title: 'Middle' },
      { startMs: 4000, title: 'Start' },
    ];
    expect(settleChapters(proposed, minutes(10))).toEqual([
      { startMs: 0, title: 'Start' },
      { startMs: minutes(5), title: 'Middle' },
    ]);
  });

  it('are dropped outside the recording, too close together, empty, or with the title of the one before', () => {
    const proposed = [
      { startMs: 0, title: 'A' },
      { startMs: 5000, title: 'Too close' },
      { startMs: minutes(2), title: 'a' },
      { startMs: minutes(3), title: '   ' },
      { startMs: minutes(4), title: 'B' },
      { startMs: minutes(10) - 1000, title: 'At the very end' },
      { startMs: minutes(11), title: 'After the end' },
    ];
    expect(settleChapters(proposed, minutes(10)).map(({ title }) => title)).toEqual(['A', 'B']);
  });

  it('are none where there would be only one', () => {
    expect(settleChapters([{ startMs: 0, title: 'All of it' }], minutes(10))).toEqual([]);
  });
});
