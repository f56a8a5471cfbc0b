import { describe, expect, it } from 'vitest';
import { findAll, planReplace } from './find-and-replace.ts';
import { makeSegment } from './testing/make-segment.ts';

const segments = [
  makeSegment('1', 0, 1000, { text: 'The cat and the category.' }),
  makeSegment('2', 1000, 2000, { text: 'No pets.' }),
  makeSegment('3', 2000, 3000, { text: 'A Cat (again)?' }),
];
const loose = { isCaseSensitive: false, isWholeWord: false };

describe('find', () => {
  it('finds every place in order, whatever the case', () => {
    expect(findAll(segments, { text: 'cat', ...loose })).toEqual([
      { segmentIndex: 0, start: 4, end: 7 },
      { segmentIndex: 0, start: 16, end: 19 },
      { segmentIndex: 2, start: 2, end: 5 },
    ]);
  });

  it('can be told to mind case and whole words', () => {
    expect(findAll(segments, { text: 'Cat', isCaseSensitive: true, isWholeWord: false })).toHaveLength(1);
    expect(findAll(segments, { text: 'cat', isCaseSensitive: false, isWholeWord: true })).toHaveLength(2);
  });

  it('takes signs as they are, not as patterns', () => {
    expect(findAll(segments, { text: '(again)?', ...loose })).toHaveLength(1);
    expect(findAll(segments, { text: '.*', ...loose })).toHaveLength(0);
  });

  it('knows the words of other scripts', () => {
    const german = [makeSegment('1', 0, 1, { text: 'Über Überraschung' })];
    expect(findAll(german, { text: 'über', isCaseSensitive: false, isWholeWord: true })).toHaveLength(1);
  });

  it('finds nothing for an empty text', () => {
    expect(findAll(segments, { text: ' ', ...loose })).toEqual([]);
  });
});

describe('replace', () => {
  it('makes one change for each segment, with all its places', () => {
    const changes = planReplace(segments, findAll(segments, { text: 'cat', ...loose }), 'dog');
    expect(changes).toMatchObject([
      { kind: 'update', segmentId: '1', text: 'The dog and the dogegory.' },
      { kind: 'update', segmentId: '3', text: 'A dog (again)?' },
    ]);
  });

  it('takes the replacement as it is', () => {
    const changes = planReplace(segments, findAll(segments, { text: 'pets', ...loose }), '$& $1');
    expect(changes).toMatchObject([{ text: 'No $& $1.' }]);
  });

  it('changes nothing where the text stays the same', () => {
    expect(planReplace(segments, findAll(segments, { text: 'pets', ...loose }), 'pets')).toEqual([]);
  });
});
