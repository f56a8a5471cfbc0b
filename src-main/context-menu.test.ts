import { expect, test } from 'vitest';
import { contextMenuItems } from './context-menu.ts';

const editFlags = {
  canUndo: false,
  canRedo: false,
  canCut: true,
  canCopy: true,
  canPaste: true,
  canDelete: true,
  canSelectAll: true,
  canEditRichly: false,
};

test('a field offers to edit what it holds, and only what is possible now', () => {
  const items = contextMenuItems({ isEditable: true, selectionText: '', editFlags });
  expect(items.map(({ role }) => role).filter((role) => role !== undefined)).toEqual([
    'undo',
    'redo',
    'cut',
    'copy',
    'paste',
    'selectAll',
  ]);
  expect(items).toContainEqual({ role: 'undo', enabled: false });
  expect(items).toContainEqual({ role: 'paste', enabled: true });
});

test('chosen text can be copied; elsewhere there is no menu', () => {
  expect(contextMenuItems({ isEditable: false, selectionText: 'words', editFlags })).toEqual([
    { role: 'copy' },
  ]);
  expect(contextMenuItems({ isEditable: false, selectionText: ' ', editFlags })).toEqual([]);
});
