import { describe, expect, it } from 'vitest';
import { recallPlace, rememberPlace } from './remembered-place.ts';

describe('the place in the library', () => {
  it('is kept for the search it belongs to', () => {
    rememberPlace('a', { scrollOffset: 400 });
    rememberPlace('a', { cursorIndex: 7 });
    expect(recallPlace('a')).toEqual({ scrollOffset: 400, cursorIndex: 7 });
    expect(recallPlace('b')).toEqual({ scrollOffset: 0, cursorIndex: 0 });
  });

  it('does not leak into the next search', () => {
    rememberPlace('a', { scrollOffset: 400 });
    rememberPlace('b', { cursorIndex: 1 });
    expect(recallPlace('b')).toEqual({ scrollOffset: 0, cursorIndex: 1 });
  });
});
