import { describe, expect, it } from 'vitest';
import { ProgressMeter } from './progress-meter.ts';

describe('ProgressMeter', () => {
  it('says nothing about the time left before the first chunk is done', () => {
    const meter = new ProgressMeter({ totalMs: 60_000, savedMs: 0 });
    expect(meter.read()).toEqual({ type: 'progress', processedMs: 0, totalMs: 60_000, remainingMs: null });
  });

  it('estimates from the speed of this run alone and counts down between chunks', () => {
    let nowMs = 5000;
    const meter = new ProgressMeter({ totalMs: 60_000, savedMs: 30_000, now: () => nowMs });
    nowMs += 1000;
    meter.addSaved(10_000);
    expect(meter.read()).toMatchObject({ processedMs: 40_000, remainingMs: 2000 });
    nowMs += 500;
    expect(meter.read().remainingMs).toBe(1500);
    nowMs += 10_000;
    expect(meter.read().remainingMs).toBe(0);
  });

  it('never shows more than all, and no time left where the length is not known', () => {
    const known = new ProgressMeter({ totalMs: 10_000, savedMs: 0 });
    known.addSaved(10_040);
    expect(known.read()).toMatchObject({ processedMs: 10_000, remainingMs: 0 });
    const unknown = new ProgressMeter({ totalMs: null, savedMs: 0 });
    unknown.addSaved(10_040);
    expect(unknown.read()).toMatchObject({ processedMs: 10_040, totalMs: null, remainingMs: null });
  });
});
