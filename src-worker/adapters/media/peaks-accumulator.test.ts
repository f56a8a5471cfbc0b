import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { joinSamples } from './measure-sound.ts';
import { accumulatePeaks } from './peaks-accumulator.ts';

const ramp = (length: number) =>
  Int16Array.from({ length }, (_, index) => (index % 2 === 0 ? -1 : 1) * index * 100);

describe('collecting peaks', () => {
  it('keeps the extremes of each span, the last one shorter', () => {
    const peaks = accumulatePeaks(2);
    peaks.add(Int16Array.of(0, 32_767, -32_768, 100, 16_384));
    expect(peaks.finish()).toEqual({
      samplesPerPair: 2,
      sampleCount: 5,
      pairs: Int8Array.of(0, 127, -127, 0, 64, 64),
    });
  });

  it('does not depend on how the samples are cut into chunks', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 40 }), { maxLength: 12 }), (cuts) => {
        const samples = ramp(300);
        const whole = accumulatePeaks(7, 16);
        whole.add(samples);
        const pieces = accumulatePeaks(7, 16);
        let position = 0;
        for (const cut of cuts) {
          pieces.add(samples.subarray(position, position + cut));
          position = Math.min(samples.length, position + cut);
        }
        pieces.add(samples.subarray(position));
        expect(pieces.finish()).toEqual(whole.finish());
      }),
    );
  });

  it('halves its resolution instead of growing', () => {
    const peaks = accumulatePeaks(2, 4);
    peaks.add(Int16Array.of(0, 0, 32_767, 0, 0, -32_767, 0, 0, 0, 0));
    const { samplesPerPair, sampleCount, pairs } = peaks.finish();
    expect({ samplesPerPair, sampleCount }).toEqual({ samplesPerPair: 4, sampleCount: 10 });
    expect([...pairs]).toEqual([0, 127, -127, 0, 0, 0]);
  });

  it('stays within its limit for any length', () => {
    const peaks = accumulatePeaks(1, 16);
    for (let chunk = 0; chunk < 100; chunk += 1) peaks.add(ramp(97));
    const { samplesPerPair, pairs } = peaks.finish();
    expect(pairs.length / 2).toBeLessThanOrEqual(16);
    expect(Math.ceil(9700 / samplesPerPair)).toBe(pairs.length / 2);
  });
});

describe('joining samples', () => {
  it('puts 16-bit samples together wherever the bytes were cut', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), fc.array(fc.nat(5), { maxLength: 20 }), (bytes, cuts) => {
        const found: number[] = [];
        const take = joinSamples((samples) => found.push(...samples));
        let position = 0;
        for (const cut of cuts) {
          take(bytes.subarray(position, position + cut));
          position = Math.min(bytes.length, position + cut);
        }
        take(bytes.subarray(position));
        const even = new Uint8Array(bytes.subarray(0, bytes.length & ~1));
        expect(found).toEqual([...new Int16Array(even.buffer)]);
      }),
    );
  });
});
