import { expect, it } from 'vitest';
import { hasSlept } from './wake-detector.ts';

const before = { wallMs: 1_000_000, monotonicMs: 500 };

it.each([
  ['five seconds as usual', 5000, 5000, false],
  ['a program that was held up for an hour', 3_600_000, 3_600_000, false],
  ['a sleep of an hour', 3_605_000, 5000, true],
  ['a clock that was set right by a second', 6000, 5000, false],
  ['a clock that was put back', -3_600_000, 5000, false],
])('tells a sleep from %s', (_title, wallMs, monotonicMs, expected) => {
  const after = { wallMs: before.wallMs + wallMs, monotonicMs: before.monotonicMs + monotonicMs };
  expect(hasSlept(before, after)).toBe(expected);
});
