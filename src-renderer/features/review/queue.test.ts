import { describe, expect, it } from 'vitest';
import { nextInQueue, withoutDecided } from './queue.ts';

const queue = [{ assetId: 'a' }, { assetId: 'b' }, { assetId: 'c' }];

describe('the review queue', () => {
  it('goes on to the next after a decision', () => {
    expect(nextInQueue(queue, 'a')).toEqual({ assetId: 'b' });
  });

  it('goes back to the one before at its end, and is empty after the last', () => {
    expect(nextInQueue(queue, 'c')).toEqual({ assetId: 'b' });
    expect(nextInQueue([{ assetId: 'a' }], 'a')).toBeUndefined();
  });

  it('does not show again what was just decided', () => {
    expect(withoutDecided(queue, new Set(['b']))).toEqual([{ assetId: 'a' }, { assetId: 'c' }]);
  });
});
