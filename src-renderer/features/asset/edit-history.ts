import type { TranscriptChange } from '../../../src-shared/domain/transcript.ts';

export type ChangeSet = readonly TranscriptChange[];

/** What can be taken back and what can be done again, newest last. */
export interface EditHistory {
  undo: readonly ChangeSet[];
  redo: readonly ChangeSet[];
}

export const emptyHistory: EditHistory = { undo: [], redo: [] };

const mostSteps = 200;

type EditKind = 'edit' | 'undo' | 'redo';

/**
 * The history after something was done.
 * @param inverse the changes that take it back, as the server answered them
 */
export function recordEdit(history: EditHistory, kind: EditKind, inverse: ChangeSet): EditHistory {
  switch (kind) {
    case 'edit':
      return { undo: [...history.undo, inverse].slice(-mostSteps), redo: [] };
    case 'undo':
      return { undo: history.undo.slice(0, -1), redo: [...history.redo, inverse] };
    case 'redo':
      return { undo: [...history.undo, inverse], redo: history.redo.slice(0, -1) };
  }
}
