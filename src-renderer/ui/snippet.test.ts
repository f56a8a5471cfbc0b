import { describe, expect, it } from 'vitest';
import { parseSnippet } from './snippet.ts';

describe('search snippets', () => {
  it('tell what matched from what stands around it', () => {
    expect(parseSnippet('ask what \u0002you\u0003 can do for \u0002your\u0003 country')).toEqual([
      { text: 'ask what ', isMatch: false },
      { text: 'you', isMatch: true },
      { text: ' can do for ', isMatch: false },
      { text: 'your', isMatch: true },
      { text: ' country', isMatch: false },
    ]);
  });

  it('may be all match, or none', () => {
    expect(parseSnippet('\u0002all\u0003')).toEqual([{ text: 'all', isMatch: true }]);
    expect(parseSnippet('none')).toEqual([{ text: 'none', isMatch: false }]);
  });

  it('lose no text where a mark was cut off', () => {
    const parts = parseSnippet('a \u0002cut off');
    expect(parts.map(({ text }) => text).join('')).toBe('a cut off');
  });
});
