import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { blueskyLimits } from '../../src-connectors/bluesky/shared/bluesky-limits.ts';
import { manualServiceLimits } from '../../src-connectors/manual/shared/manual-services.ts';
import { fitsText, shortenText } from './fit-text.ts';

const tiny = { ...blueskyLimits.text, maxLength: 20 };

describe('a text that is too long', () => {
  it('ends with a sentence where that keeps most of it, else with a word', () => {
    expect(shortenText('Fresh bread. And many other things.', tiny)).toBe('Fresh bread.');
    expect(shortenText('Hi. Wonderful bread and more', tiny)).toBe('Hi. Wonderful bread…');
    expect(shortenText('x'.repeat(50), tiny)).toBe(`${'x'.repeat(19)}…`);
  });

  it('always fits afterwards, and one that fits stays as it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 700 }), (text) => {
        for (const limits of [tiny, blueskyLimits.text, manualServiceLimits.x.text]) {
          expect(fitsText(shortenText(text, limits), limits)).toBe(true);
          if (fitsText(text.trim(), limits)) expect(shortenText(text, limits)).toBe(text.trim());
        }
      }),
    );
  });
});
