import { describe, expect, it } from 'vitest';
import {
  formatBytes,
  formatClock,
  formatDuration,
  formatPreciseClock,
  formatQuantity,
  formatRelative,
  formatRemaining,
  parseClock,
} from './format.ts';

/** The numbers of a text: what must be right in every language. */
function numbersIn(text: string): number[] {
  return (text.match(/\d+/g) ?? []).map(Number);
}

describe('a position', () => {
  it('shows hours only where there are any', () => {
    expect(formatClock(7999)).toBe('0:07');
    expect(formatClock(754_000)).toBe('12:34');
    expect(formatClock(3_723_000)).toBe('1:02:03');
    expect(formatClock(-5)).toBe('0:00');
  });

  it('is rounded to tenths where it is edited, without ever showing ten tenths', () => {
    expect(formatPreciseClock(3_723_449)).toBe('1:02:03.4');
    expect(formatPreciseClock(59_960)).toBe('1:00.0');
  });

  it('is read back as it was written, and in shorter forms', () => {
    expect(parseClock('1:02:03.4')).toBe(3_723_400);
    expect(parseClock('75.5')).toBe(75_500);
    expect(parseClock(' 1:15,25 ')).toBe(75_250);
  });

  it('is not read out of what is no time', () => {
    for (const text of ['', 'abc', '1:2:3:4', '-5', '1:']) expect(parseClock(text), text).toBeNull();
  });
});

describe('a length of time', () => {
  it('has two units, and one where the second is nothing', () => {
    expect(numbersIn(formatDuration(12_999))).toEqual([12]);
    expect(numbersIn(formatDuration(200_000))).toEqual([3, 20]);
    expect(numbersIn(formatDuration(7_500_000))).toEqual([2, 5]);
    expect(numbersIn(formatDuration(7_200_000))).toEqual([2]);
  });

  it('never shows sixty minutes', () => {
    expect(numbersIn(formatDuration(7_199_000))).toEqual([2]);
  });
});

describe('the time left', () => {
  it('is rounded up, so that it is not promised too early and does not flicker', () => {
    expect(formatRemaining(null)).toBeNull();
    expect(numbersIn(formatRemaining(4000) ?? '')).toEqual([]);
    expect(numbersIn(formatRemaining(41_000) ?? '')).toEqual([50]);
    expect(numbersIn(formatRemaining(121_000) ?? '')).toEqual([3]);
  });
});

describe('a size', () => {
  it('is shown in the unit that keeps it short', () => {
    expect(numbersIn(formatBytes(640_400))).toEqual([640]);
    expect(numbersIn(formatBytes(999_700))).toEqual([1]);
    expect(numbersIn(formatBytes(1_240_000_000))).toEqual([1, 2]);
  });
});

describe('a count with its noun', () => {
  it('minds one and many', () => {
    expect(formatQuantity(1, 'file')).toBe('1 file');
    expect(formatQuantity(0, 'file')).toBe('0 files');
  });
});

describe('an instant', () => {
  const nowMs = new Date(2026, 10, 23, 15, 0).getTime();
  const at = (...parts: [number, number, number, number]) => new Date(...parts).toISOString();

  it('is told from now where it is near', () => {
    expect(formatRelative(new Date(nowMs - 3000).toISOString(), nowMs)).toBe('just now');
    expect(formatRelative(new Date(nowMs + 3000).toISOString(), nowMs)).toBe('in a moment');
    expect(numbersIn(formatRelative(new Date(nowMs - 5 * 60_000).toISOString(), nowMs))).toEqual([5]);
    expect(numbersIn(formatRelative(new Date(nowMs - 3 * 3_600_000).toISOString(), nowMs))).toEqual([3]);
    expect(numbersIn(formatRelative(at(2026, 7, 20, 9), nowMs))).toEqual([3]);
    expect(numbersIn(formatRelative(at(2024, 10, 20, 9), nowMs))).toEqual([2]);
  });
});
