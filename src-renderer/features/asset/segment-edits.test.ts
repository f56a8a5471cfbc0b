import { describe, expect, it } from 'vitest';
import {
  applyChanges,
  changeText,
  changeTimes,
  checkTimes,
  markChecked,
  merge,
  split,
} from './segment-edits.ts';
import { makeSegment, makeWords } from './testing/make-segment.ts';

const spoken = makeSegment('s', 1000, 3000, {
  text: 'ask not what your',
  words: makeWords('ask not what your', 1000, 500),
});

describe('an edit of the text', () => {
  it('tidies spaces, and counts as checked by a person', () => {
    expect(changeText({ ...spoken, suspect: 'repetition' }, '  ask   now ')).toEqual([
      { kind: 'update', segmentId: 's', text: 'ask now', suspect: null, isEdited: true },
    ]);
  });

  it('is nothing where the text stays, and a deletion where none is left', () => {
    expect(changeText(spoken, 'ask not  what your')).toEqual([]);
    expect(changeText(spoken, '  ')).toEqual([{ kind: 'delete', segmentId: 's' }]);
  });

  it('loses the word times, as the words are no longer those that were heard', () => {
    const [after] = applyChanges([spoken], changeText(spoken, 'ask now'));
    expect(after).toMatchObject({ text: 'ask now', words: [], isEdited: true });
  });
});

describe('an edit of the times', () => {
  it('must make sense', () => {
    expect(checkTimes(0, 1000, 1000)).toBeNull();
    expect(checkTimes(null, 1000, 1000)).toBe('not-a-time');
    expect(checkTimes(2000, 2000, null)).toBe('ends-before-start');
    expect(checkTimes(0, 2000, 1000)).toBe('after-end-of-recording');
  });

  it('keeps the words', () => {
    const [after] = applyChanges([spoken], changeTimes(spoken, 900, 3100));
    expect(after).toMatchObject({ startMs: 900, endMs: 3100, words: spoken.words, isEdited: false });
  });
});

describe('a split', () => {
  it('cuts in time before the word after the cut', () => {
    const segments = applyChanges([spoken], split(spoken, spoken.text, 8, 'new'));
    expect(segments).toMatchObject([
      { segmentId: 's', text: 'ask not', startMs: 1000, endMs: 2000 },
      { segmentId: 'new', text: 'what your', startMs: 2000, endMs: 3000 },
    ]);
    expect(segments.map(({ words }) => words.length)).toEqual([2, 2]);
  });

  it('divides the time evenly where the words are not known', () => {
    const edited = makeSegment('s', 0, 1000, { text: 'abcd efgh' });
    expect(split(edited, edited.text, 4, 'new')).toMatchObject([
      { endMs: 500 },
      { segment: { startMs: 500 } },
    ]);
  });

  it('is nothing at either end', () => {
    expect(split(spoken, spoken.text, 0, 'new')).toEqual([]);
    expect(split(spoken, spoken.text, spoken.text.length, 'new')).toEqual([]);
  });
});

describe('a merge', () => {
  it('undoes a split', () => {
    const [first, second] = applyChanges([spoken], split(spoken, spoken.text, 8, 'new'));
    if (first === undefined || second === undefined) throw new Error('the split made no two segments');
    expect(applyChanges([first, second], merge(first, second))).toEqual([spoken]);
  });

  it('keeps the reason to listen again', () => {
    const [, update] = merge(spoken, { ...spoken, segmentId: 't', suspect: 'low-confidence' });
    expect(update).toMatchObject({ suspect: 'low-confidence' });
  });
});

describe('checked passages', () => {
  it('are only those that were suspect', () => {
    expect(markChecked([spoken, { ...spoken, segmentId: 't', suspect: 'repetition' }])).toEqual([
      { kind: 'update', segmentId: 't', suspect: null },
    ]);
  });
});
