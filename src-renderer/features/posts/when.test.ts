import { describe, expect, test } from 'vitest';
import { defaultWhen, readWhen, remarkOn, toWhenInput } from './when.ts';

const zone = 'Europe/Berlin';
/** Wednesday, 10:20 in Berlin. */
const nowMs = Date.parse('2026-11-25T09:20:00.000Z');

describe('a time as people write it', () => {
  test.each([
    ['tomorrow at 9', { date: '2026-11-26', time: '09:00' }],
    ['fri 10:30', { date: '2026-11-27', time: '10:30' }],
    ['in 2 hours', { date: '2026-11-25', time: '12:20' }],
    ['1 December', { date: '2026-12-01', time: '09:00' }],
  ])('is understood: %s', (text, expected) => {
    expect(readWhen(text, nowMs, zone)).toEqual(expected);
  });

  test('is nothing where it is not a time', () => {
    expect(readWhen('whenever you like', nowMs, zone)).toBeNull();
  });
});

test('the suggestion for another time is a full hour that is not too close', () => {
  expect(defaultWhen(nowMs, zone)).toEqual({ kind: 'at', date: '2026-11-25', time: '12:00', zone });
});

test('a chosen time becomes an instant with its zone', () => {
  expect(toWhenInput({ kind: 'at', date: '2026-11-26', time: '10:00', zone })).toEqual({
    kind: 'at',
    dueAt: '2026-11-26T09:00:00.000Z',
    zone,
  });
  expect(toWhenInput({ kind: 'at', date: '', time: '10:00', zone })).toBeNull();
});

test('a time that has passed is refused, a change of the clocks is only told', () => {
  expect(remarkOn({ kind: 'at', date: '2026-11-25', time: '10:00', zone }, nowMs)?.isRefused).toBe(true);
  expect(remarkOn({ kind: 'at', date: '2027-03-28', time: '02:30', zone }, nowMs)).toEqual({
    isRefused: false,
    text: 'The clocks skip this time; it goes out at 03:30.',
  });
  expect(remarkOn({ kind: 'at', date: '2026-11-26', time: '10:00', zone }, nowMs)).toBeNull();
});
