import { expect, test } from 'vitest';
import { systemFirstWeekday } from './week.ts';

test('weeks begin as is usual where the person lives, and on Monday where nobody knows', () => {
  expect(systemFirstWeekday('de-DE')).toBe(1);
  expect(systemFirstWeekday('en-GB')).toBe(1);
  expect(systemFirstWeekday('en-US')).toBe(7);
  expect(systemFirstWeekday('ar-EG')).toBe(6);
  expect(systemFirstWeekday('not a language')).toBe(1);
});
