import { describe, expect, it } from 'vitest';
import { firstGraphemes } from './count-text.ts';

describe('the beginning of a text', () => {
  it('never ends inside what a reader sees as one character', () => {
    const family = '👩‍👩‍👧‍👦';
    expect(firstGraphemes(`ab${family}cd`, 3)).toBe(`ab${family}`);
    expect(firstGraphemes('short', 300)).toBe('short');
  });
});
