import { useState } from 'react';

export interface Selection {
  cursorIndex: number;
  selectedIds: ReadonlySet<string>;
  moveTo: (index: number, isExtending: boolean) => void;
  toggle: (index: number) => void;
  selectLoaded: (itemCount: number) => void;
  clear: () => void;
}

/**
 * A cursor that the keyboard moves, and a set of selected items.
 * @param idAt the id of an item; undefined while it is not loaded, in which case it cannot be selected
 */
export function useSelection(idAt: (index: number) => string | undefined, initialIndex: number): Selection {
  const [cursorIndex, setCursorIndex] = useState(initialIndex);
  const [anchorIndex, setAnchorIndex] = useState(initialIndex);
  const [selectedIds, setSelectedIds] = useState<ReadonlySet<string>>(new Set());

  const idsBetween = (first: number, last: number) => {
    const ids = new Set<string>();
    for (let index = Math.min(first, last); index <= Math.max(first, last); index += 1) {
      const id = idAt(index);
      if (id !== undefined) ids.add(id);
    }
    return ids;
  };

  return {
    cursorIndex,
    selectedIds,
    moveTo: (index, isExtending) => {
      setCursorIndex(index);
      if (isExtending) setSelectedIds(idsBetween(anchorIndex, index));
      else {
        setAnchorIndex(index);
        setSelectedIds((current) => (current.size === 0 ? current : new Set()));
      }
    },
    toggle: (index) => {
      const id = idAt(index);
      if (id === undefined) return;
      setCursorIndex(index);
      setAnchorIndex(index);
      setSelectedIds((current) => {
        const next = new Set(current);
        if (!next.delete(id)) next.add(id);
        return next;
      });
    },
    selectLoaded: (itemCount) => setSelectedIds(idsBetween(0, itemCount - 1)),
    clear: () => setSelectedIds(new Set()),
  };
}
