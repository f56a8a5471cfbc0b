import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { estimateTokens } from '../../../src-shared/domain/estimate-tokens.ts';
import { cutIntoWindows, spreadEvenly, windowLimitFor } from './transcript-windows.ts';

const lines = fc.array(fc.record({ startMs: fc.nat(), text: fc.stringMatching(/^[a-zäß日本 ]{1,200}$/) }), {
  minLength: 1,
});

describe('windows over a transcript', () => {
  it('hold every word of it, in order', () => {
    fc.assert(
      fc.property(lines, fc.integer({ min: 20, max: 400 }), (given, limit) => {
        const squeeze = (texts: string[]): string => texts.join('').replace(/\s/g, '');
        const cut = cutIntoWindows(given, limit).flat();
        expect(squeeze(cut.map(({ text }) => text))).toBe(squeeze(given.map(({ text }) => text)));
      }),
    );
  });

  it('are never longer than asked for', () => {
    fc.assert(
      fc.property(lines, fc.integer({ min: 20, max: 400 }), (given, limit) => {
        for (const window of cutIntoWindows(given, limit)) {
          const tokens = window.reduce((sum, { text }) => sum + estimateTokens(text) + 5, 0);
          expect(tokens).toBeLessThanOrEqual(limit);
        }
      }),
    );
  });

  it('are about equally full, so that the last one is no scrap', () => {
    const even = Array.from({ length: 101 }, (_, index) => ({ startMs: index, text: 'x'.repeat(30) }));
    const sizes = cutIntoWindows(even, 1500).map((window) => window.length);
    expect(sizes).toEqual([51, 50]);
  });

  it('count writing without spaces as many tokens', () => {
    expect(estimateTokens('日本語の文章')).toBeGreaterThan(estimateTokens('a Latin one!'));
  });
});

describe('a choice of windows', () => {
  it('is all of them, in order, where they are few', () => {
    expect(spreadEvenly(5, 5)).toEqual([0, 1, 2, 3, 4]);
  });

  it('is spread evenly from the first to the last one, none twice', () => {
    fc.assert(
      fc.property(fc.integer({ min: 24, max: 200 }), fc.integer({ min: 1, max: 2000 }), (limit, more) => {
        const chosen = spreadEvenly(limit + more, limit);
        expect(new Set(chosen).size).toBe(limit);
        expect([chosen[0], chosen.at(-1)]).toEqual([0, limit + more - 1]);
        const gaps = chosen.slice(1).map((window, index) => window - (chosen[index] ?? 0));
        expect(Math.max(...gaps) - Math.min(...gaps)).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('grows with the recording', () => {
    expect([0, 1, 2, 10].map((hours) => windowLimitFor(hours * 3_600_000))).toEqual([24, 24, 24, 120]);
  });
});
