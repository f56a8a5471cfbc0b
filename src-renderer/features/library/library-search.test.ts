import { describe, expect, it } from 'vitest';
import { isFiltered, parseLibrarySearch, sortOf, toCommandInput, toggleChoice } from './library-search.ts';

describe('the address of the library', () => {
  it('leaves out what it does not know', () => {
    expect(
      parseLibrarySearch({
        kinds: ['audio', 'hologram'],
        statuses: 'review',
        sort: 'random',
        onlySuspect: 'yes',
      }),
    ).toEqual({ kinds: ['audio'] });
  });

  it('takes digits as text to search for', () => {
    expect(parseLibrarySearch({ text: 1984 })).toEqual({ text: '1984' });
  });

  it('sorts by relevance while searching, and only then', () => {
    expect(sortOf({ text: 'ask' })).toBe('relevance');
    expect(sortOf({ text: 'ask', sort: 'longest' })).toBe('longest');
    expect(sortOf({})).toBe('newest');
    expect(sortOf({ sort: 'relevance' })).toBe('newest');
  });

  it('becomes the input of the search command', () => {
    expect(toCommandInput({ text: '  fellow  ', onlySuspect: true })).toEqual({
      text: 'fellow',
      onlySuspect: true,
      sort: 'relevance',
    });
    expect(toCommandInput({ text: ' ' })).toEqual({ sort: 'newest' });
  });

  it('knows whether anything is filtered', () => {
    expect(isFiltered({ sort: 'title' })).toBe(false);
    expect(isFiltered({ statuses: ['failed'] })).toBe(true);
  });
});

describe('a choice', () => {
  it('goes in and out, and no choice means all', () => {
    expect(toggleChoice(undefined, 'a')).toEqual(['a']);
    expect(toggleChoice(['a'], 'b')).toEqual(['a', 'b']);
    expect(toggleChoice(['a'], 'a')).toBeUndefined();
  });
});
