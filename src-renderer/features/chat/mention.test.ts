import { describe, expect, it } from 'vitest';
import { findMention, withoutMention } from './mention.ts';

describe('a recording that is named with "@"', () => {
  it('is what was typed between the sign and the caret', () => {
    expect(findMention('Ask @mount ab', 10)).toEqual({ start: 4, end: 10, text: 'mount' });
    expect(findMention('@', 1)).toEqual({ start: 0, end: 1, text: '' });
    expect(findMention('@two words', 10)?.text).toBe('two words');
  });

  it('is not an address, nor a sign that was left behind', () => {
    expect(findMention('me@example.org', 14)).toBeNull();
    expect(findMention('at @ the start', 14)).toBeNull();
    expect(findMention('@name\nnext line', 15)).toBeNull();
    expect(findMention('@name  and on', 13)).toBeNull();
  });

  it('leaves the text once it is attached', () => {
    const text = 'Ask @mount about it';
    const mention = findMention(text, 10);
    expect(mention === null ? null : withoutMention(text, mention)).toBe('Ask about it');
  });
});
