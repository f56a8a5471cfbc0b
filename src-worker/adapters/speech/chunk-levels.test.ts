import { describe, expect, it } from 'vitest';
import { isSilent, measureLevels, soundsAfter, trimToSound } from './chunk-levels.ts';

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

  it('takes the pause before and after a word off it, and leaves soft sounds on', () => {
    const levels = [0.2, 0.2, 0.001, 0.001, 0.001, 0.3, 0.2, 0.001, 0.001, 0.001, 0.2, 0.2];
    expect(trimToSound({ startMs: 220, endMs: 960, text: 'ask' }, levels)).toEqual({
      startMs: 400,
      endMs: 800,
      text: 'ask',
    });
    expect(trimToSound({ startMs: 510, endMs: 690 }, levels)).toEqual({ startMs: 510, endMs: 690 });
  });

  it('takes off the end of the word before, where a pause parts the two, and keeps a word with a short gap whole', () => {
    const levels = [0.2, 0.001, 0.001, 0.001, 0.2, 0.001, 0.001, 0.3, 0.2];
    expect(trimToSound({ startMs: 50, endMs: 900 }, levels)).toEqual({ startMs: 300, endMs: 900 });
  });

  it('leaves a word alone that is far more quiet than the rest', () => {
    const levels = [0.3, 0.3, 0.01, 0.01, 0.3];
    expect(trimToSound({ startMs: 200, endMs: 400 }, levels)).toEqual({ startMs: 200, endMs: 400 });
  });
});
