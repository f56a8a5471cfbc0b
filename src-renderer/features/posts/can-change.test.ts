import { describe, expect, it } from 'vitest';
import type { TargetState } from '../../../src-shared/domain/post.ts';
import { canChange } from './can-change.ts';

function withStates(...states: TargetState[]) {
  return { targets: states.map((state) => ({ state })) };
}

describe('a post that has left the composer', () => {
  it.each(['waiting', 'failed', 'missed', 'needs-decision', 'to-mark'] as const)(
    'can be changed while it is %s',
    (state) => {
      expect(canChange(withStates(state))).toBe(true);
    },
  );

  it.each(['draft', 'publishing', 'published', 'deleted', 'unconfirmed', 'cancelled'] as const)(
    'cannot be changed as one while it is %s',
    (state) => {
      expect(canChange(withStates(state))).toBe(false);
    },
  );

  it('can be changed for the account that failed after another has published it', () => {
    expect(canChange(withStates('published', 'failed'))).toBe(true);
  });
});
