import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { keysOfThread } from './thread-keys.ts';

const writtenAt = '2026-11-25T10:00:00.000Z';

test('the keys of a thread follow from its target alone, in the order of its posts', () => {
  const named = { targetId: randomUUID(), writtenAt };
  const keys = keysOfThread(named, 3);
  expect(keysOfThread(named, 3)).toEqual(keys);
  expect(keysOfThread(named, 1)).toEqual(keys.slice(0, 1));
  expect(keys.toSorted()).toEqual(keys);
  // https://atproto.com/specs/tid
  for (const key of keys) expect(key).toMatch(/^[2-7a-j][2-7a-z]{12}$/u);
});

test('no two targets have a key in common, also where they were written at once', () => {
  const keys = Array.from({ length: 2_000 }, () => keysOfThread({ targetId: randomUUID(), writtenAt }, 5));
  expect(new Set(keys.flat()).size).toBe(10_000);
  const latest = keysOfThread({ targetId: '', writtenAt: '2026-11-25T10:00:01.000Z' }, 1);
  expect(keys.flat().toSorted().at(-1)?.slice(0, 3)).toBe(latest[0]?.slice(0, 3));
});
