import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { estimateTokens } from '../../../src-shared/domain/estimate-tokens.ts';
import { cutIntoWindows } from './transcript-windows.ts';

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
