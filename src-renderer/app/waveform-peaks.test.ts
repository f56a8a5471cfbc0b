import { describe, expect, it } from 'vitest';
import { writeWaveform } from '../../src-shared/domain/waveform.ts';
import { toPeaks } from './waveform-peaks.ts';

function fileOf(pairs: number[]) {
  return writeWaveform({
    sampleRateHz: 1000,
    samplesPerPair: 100,
    sampleCount: (pairs.length / 2) * 100,
    pairs: Int8Array.from(pairs),
  });
}

describe('the peaks of a waveform', () => {
  it('take the larger of both sides, and are scaled to the loudest', () => {
    const { values, durationMs } = toPeaks(fileOf([-10, 5, -20, 40, 0, 10]), 100);
    expect([...values]).toEqual([0.25, 1, 0.25]);
    expect(durationMs).toBe(300);
  });

  it('keep what is loud when many are drawn as few', () => {
    expect([...toPeaks(fileOf([0, 10, -100, 0, 0, 20, -50, 0]), 2).values]).toEqual([1, 0.5]);
  });

  it('leave silence silent', () => {
    const { values } = toPeaks(fileOf([-1, 1, 0, 1]), 100);
    expect(Math.max(...values)).toBeLessThan(0.02);
  });
});
