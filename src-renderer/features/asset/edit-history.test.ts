import { describe, expect, it } from 'vitest';
import { emptyHistory, recordEdit, type ChangeSet } from './edit-history.ts';

const set = (segmentId: string): ChangeSet => [{ kind: 'delete', segmentId }];

describe('the history of edits', () => {
  it('moves a step from undo to redo and back', () => {
    const edited = recordEdit(recordEdit(emptyHistory, 'edit', set('a')), 'edit', set('b'));
    const undone = recordEdit(edited, 'undo', set('b again'));
    expect(undone).toEqual({ undo: [set('a')], redo: [set('b again')] });
    expect(recordEdit(undone, 'redo', set('b'))).toEqual(edited);
  });

  it('forgets what could be done again once something new was done', () => {
    const undone = recordEdit(recordEdit(emptyHistory, 'edit', set('a')), 'undo', set('x'));
    expect(recordEdit(undone, 'edit', set('c'))).toEqual({ undo: [set('c')], redo: [] });
  });

  it('does not grow for ever', () => {
    let history = emptyHistory;
    for (let step = 0; step < 300; step += 1) history = recordEdit(history, 'edit', set(String(step)));
    expect(history.undo).toHaveLength(200);
    expect(history.undo.at(-1)).toEqual(set('299'));
  });
});
