import { expect, test } from 'vitest';
import type { TargetState } from '../../../src-shared/domain/post.ts';
import { needTitleOf, stateTitleOf, targetTitleOf } from './post-words.ts';

function partial(...states: TargetState[]) {
  return { state: 'partial' as const, targets: states.map((state) => ({ state })) };
}

test('of a post that stands differently for its accounts, the most pressing need is told, and for how many', () => {
  expect(needTitleOf(partial('published', 'to-mark', 'to-mark'))).toBe(
    'To post by hand, for 2 of 3 accounts',
  );
  expect(needTitleOf(partial('to-mark', 'failed'))).toBe('Failed, for 1 of 2 accounts');
  expect(needTitleOf(partial('published', 'waiting'))).toBe('Published in part');
});

test('of any other post its state is told', () => {
  expect(needTitleOf({ state: 'missed', targets: [{ state: 'missed' }] })).toBe('Missed');
});

test('what failed for one account before it went out for another is not called different only', () => {
  expect(stateTitleOf(partial('failed', 'waiting'))).toBe('Failed in part');
  expect(stateTitleOf(partial('failed', 'published'))).toBe('Published in part');
  expect(stateTitleOf(partial('to-mark', 'waiting'))).toBe('Differs by account');
});

test('a target that waits for its account to be connected again is not called tried again', () => {
  const error = { code: 'platform.refused', userMessage: 'No.', retry: 'user', details: {} } as const;
  expect(targetTitleOf({ state: 'waiting', error }, false)).toBe('Waits for its account');
  expect(targetTitleOf({ state: 'waiting', error }, true)).toBe('Trying again');
  expect(targetTitleOf({ state: 'deleting', error }, false)).toBe('Trying again');
  expect(targetTitleOf({ state: 'waiting', error: null }, false)).toBe('Scheduled');
  expect(targetTitleOf({ state: 'failed', error }, true)).toBe('Failed');
});
