import { describe, expect, test } from 'vitest';
import { describeDue } from '../../src-shared/domain/due-time.ts';
import {
  clockChangeDates,
  formatDayIn,
  formatMomentIn,
  formatTimeIn,
  formatWhenBesideLength,
  formatWhenIn,
  fromWallClock,
  shiftInZone,
  toWallClock,
} from './zone-time.ts';

const berlin = 'Europe/Berlin';

describe('a wall clock in a zone', () => {
  test('becomes an instant and comes back', () => {
    const made = fromWallClock({ date: '2026-07-01', time: '09:30' }, berlin);
    expect(made).toEqual({ instant: '2026-07-01T07:30:00.000Z', change: 'none' });
    expect(toWallClock('2026-07-01T07:30:00.000Z', berlin)).toEqual({ date: '2026-07-01', time: '09:30' });
  });

  test('that is skipped in spring is moved behind the gap and said to be skipped', () => {
    expect(fromWallClock({ date: '2026-03-29', time: '02:30' }, berlin)).toEqual({
      instant: '2026-03-29T01:30:00.000Z',
      change: 'skipped',
    });
  });

  test('that comes twice in autumn is taken the first time and said to come twice', () => {
    expect(fromWallClock({ date: '2026-10-25', time: '02:30' }, berlin)).toEqual({
      instant: '2026-10-25T00:30:00.000Z',
      change: 'twice',
    });
  });

  test('that is not complete is nothing', () => {
    expect(fromWallClock({ date: '', time: '02:30' }, berlin)).toBeNull();
    expect(fromWallClock({ date: '2026-10-25', time: '' }, berlin)).toBeNull();
  });
});

describe('a move in a zone', () => {
  test('by days keeps the time of day across both changes of clocks', () => {
    expect(shiftInZone('2026-03-28T08:00:00.000Z', berlin, { days: 1 })).toBe('2026-03-29T07:00:00.000Z');
    expect(shiftInZone('2026-10-24T07:00:00.000Z', berlin, { days: 1 })).toBe('2026-10-25T08:00:00.000Z');
    expect(shiftInZone('2026-10-25T08:00:00.000Z', berlin, { days: -1 })).toBe('2026-10-24T07:00:00.000Z');
  });

  test('by minutes keeps odd minutes and seconds', () => {
    expect(shiftInZone('2026-06-01T07:07:12.000Z', berlin, { minutes: 15 })).toBe('2026-06-01T07:22:12.000Z');
  });
});

test('the days on which clocks change are known by their date and direction', () => {
  expect(clockChangeDates('2026-03-01T00:00:00.000Z', 60, berlin)).toEqual(new Map([['2026-03-29', 1]]));
  expect(clockChangeDates('2026-10-01T00:00:00.000Z', 60, berlin)).toEqual(new Map([['2026-10-25', -1]]));
});

test('an instant in a list is a time today, a day this year and a date before, as the zone has it', () => {
  const nowMs = Date.parse('2026-11-25T23:30:00.000Z');
  const lastNight = '2026-11-25T22:30:00.000Z';
  // In Berlin it is half past midnight: the same instant is a time in London and a day in Berlin.
  expect(formatWhenIn(lastNight, 'Europe/London', nowMs)).toContain('30');
  expect(formatWhenIn(lastNight, 'Europe/London', nowMs)).not.toContain('25');
  expect(formatWhenIn(lastNight, berlin, nowMs)).toContain('25');
  expect(formatWhenIn('2024-11-25T12:00:00.000Z', berlin, nowMs)).toContain('2024');
});

test('beside lengths of time the time of today says that it is one', () => {
  const nowMs = Date.parse('2026-11-26T05:00:00.000Z');
  expect(formatWhenBesideLength('2026-11-26T02:58:00.000Z', berlin, nowMs)).toBe('Today, 03:58');
  expect(formatWhenBesideLength('2026-11-25T02:58:00.000Z', berlin, nowMs)).toBe('25 Nov');
});

test('the window writes days and times as the answers of the api do, whatever the language of the system', () => {
  const dueAt = '2026-11-25T21:05:00.000Z';
  const nowMs = Date.parse('2026-10-01T12:00:00.000Z');
  expect(describeDue({ dueAt, zone: berlin }, new Date(nowMs))).toBe(
    'Wednesday 25 November 22:05 (Europe/Berlin)',
  );
  expect(`${formatDayIn(dueAt, berlin)} ${formatTimeIn(dueAt, berlin)}`).toBe('Wednesday 25 November 22:05');
  expect(formatMomentIn(dueAt, berlin, nowMs)).toBe('Wed 25 Nov, 22:05');
  expect(formatTimeIn('2026-11-25T23:05:00.000Z', berlin)).toBe('00:05');
});
