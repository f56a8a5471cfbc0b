import { expect, it } from 'vitest';
import { noticeLull } from './notice-lull.ts';

it('a lull begins when nothing has come for a while, and ends with the next byte', () => {
  let now = 0;
  const isLull = noticeLull({ quietAfterMs: 100, now: () => now });
  expect(isLull(10)).toBe(false);
  now = 99;
  expect(isLull(10)).toBe(false);
  now = 100;
  expect(isLull(10)).toBe(true);
  expect(isLull(11)).toBe(false);
  now = 199;
  expect(isLull(11)).toBe(false);
});
