import { DateTime } from 'luxon';
import { expect, test } from 'vitest';
import { weekBegin } from './calendar-view.ts';

const beginOf = (date: string, firstWeekday: number) =>
  weekBegin(DateTime.fromISO(date, { zone: 'utc' }), firstWeekday).toISODate();

test('a week begins on the chosen day, also for that day itself and for the day before it', () => {
  expect(beginOf('2026-11-26', 1)).toBe('2026-11-23');
  expect(beginOf('2026-11-26', 7)).toBe('2026-11-22');
  expect(beginOf('2026-11-22', 7)).toBe('2026-11-22');
  expect(beginOf('2026-11-22', 1)).toBe('2026-11-16');
  expect(beginOf('2026-11-27', 6)).toBe('2026-11-21');
});
