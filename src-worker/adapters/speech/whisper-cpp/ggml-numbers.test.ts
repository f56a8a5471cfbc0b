import { describe, expect, it } from 'vitest';
import { encodeNumbers, readHalves, toHalf } from './ggml-numbers.ts';

describe('half-precision numbers', () => {
  it('come back unchanged, all 63,488 finite ones', () => {
    for (let bits = 0; bits < 0x10000; bits += 1) {
      if (((bits >> 10) & 31) === 31) continue;
      const [value = NaN] = readHalves(Buffer.from([bits & 0xff, bits >> 8]));
      expect(toHalf(value)).toBe(bits);
    }
  });

  it('are rounded to the nearest, ties to even', () => {
    expect(toHalf(1 + 2 ** -11)).toBe(0x3c00);
    expect(toHalf(1 + 3 * 2 ** -11)).toBe(0x3c02);
    expect(toHalf(1 + 2 ** -11 + 2 ** -20)).toBe(0x3c01);
  });

  it('overflow to infinity and vanish to zero', () => {
    expect(toHalf(1e6)).toBe(0x7c00);
    expect(toHalf(-1e-10)).toBe(0x8000);
  });
});

describe('encodeNumbers', () => {
  it('quantises a block to a scale and 32 bytes', () => {
    const values = Float32Array.from({ length: 32 }, (_, i) => i - 16);
    const bytes = encodeNumbers(values, 'q8_0');
    expect(bytes).toHaveLength(34);
    const [scale = 0] = readHalves(bytes.subarray(0, 2));
    values.forEach((value, i) => expect(bytes.readInt8(2 + i) * scale).toBeCloseTo(value, 0));
    expect(bytes.readInt8(2)).toBe(-127);
  });

  it('refuses a row that is no whole block', () => {
    expect(() => encodeNumbers(new Float32Array(33), 'q8_0')).toThrow(RangeError);
  });
});
