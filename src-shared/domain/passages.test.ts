import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cutIntoPassages } from './passages.ts';

const segments = fc.array(
  fc.record({ text: fc.stringMatching(/^[a-z ]{0,120}$/), lengthMs: fc.integer({ min: 1, max: 20_000 }) }),
);

function laid(parts: readonly { text: string; lengthMs: number }[]) {
  let atMs = 0;
  return parts.map(({ text, lengthMs }, index) => {
    const startMs = atMs;
    atMs += lengthMs;
    return { segmentId: String(index), startMs, endMs: atMs, text };
  });
}

describe('passages of a transcript', () => {
  it('hold every word of it once, in order, with the times of their segments', () => {
    fc.assert(
      fc.property(segments, (parts) => {
        const given = laid(parts);
        const passages = cutIntoPassages('asset', given);
        const squeeze = (texts: string[]): string => texts.join('').replace(/\s/g, '');
        expect(squeeze(passages.map(({ text }) => text))).toBe(squeeze(given.map(({ text }) => text)));
        for (const { segmentIds, startMs, endMs } of passages) {
          expect(startMs).toBe(given[Number(segmentIds[0])]?.startMs);
          expect(endMs).toBe(given[Number(segmentIds.at(-1))]?.endMs);
        }
      }),
    );
  });

  it('are short enough to be listened to', () => {
    const long = laid(Array.from({ length: 50 }, () => ({ text: 'x'.repeat(60), lengthMs: 5_000 })));
    for (const { startMs, endMs, text } of cutIntoPassages('asset', long)) {
      expect(endMs - startMs).toBeLessThanOrEqual(45_000);
      expect(text.length).toBeLessThanOrEqual(420);
    }
  });

  it('begin anew after a silence', () => {
    const given = [
      { segmentId: 'a', startMs: 0, endMs: 1_000, text: 'Before.' },
      { segmentId: 'b', startMs: 9_000, endMs: 10_000, text: 'After.' },
    ];
    expect(cutIntoPassages('asset', given).map(({ text }) => text)).toEqual(['Before.', 'After.']);
  });
});
