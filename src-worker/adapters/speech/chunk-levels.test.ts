import { describe, expect, it } from 'vitest';
import { isSilent, measureLevels, soundsAfter } from './chunk-levels.ts';

const second = 16_000;
const tone = (level: number) => (_: unknown, i: number) => level * Math.sin(i / 5);

describe('chunk levels', () => {
  it('measures ten levels a second', () => {
    const levels = measureLevels(Float32Array.from({ length: second }, tone(0.5)));
    expect(levels).toHaveLength(10);
    expect(levels[5]).toBeCloseTo(0.5 / Math.SQRT2, 2);
  });

  it('tells silence from the faintest noise of a room', () => {
    expect(isSilent(measureLevels(new Float32Array(second)))).toBe(true);
    expect(isSilent(measureLevels(Float32Array.from({ length: second }, tone(0.01))))).toBe(false);
  });

  it('hears speech behind a point, but not its echo or a click', () => {
    const loud = Array.from({ length: 30 }, () => 0.1);
    expect(soundsAfter([...loud, ...Array.from({ length: 20 }, () => 0.08)], 3000)).toBe(true);
    expect(soundsAfter([...loud, ...Array.from({ length: 20 }, () => 0.01)], 3000)).toBe(false);
    expect(soundsAfter([...loud, 0.1, 0.1, ...Array.from({ length: 18 }, () => 0.001)], 3000)).toBe(false);
  });
});
