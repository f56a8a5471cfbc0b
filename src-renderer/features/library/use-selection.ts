import { useCallback, useState } from 'react';

export interface Selection<Item> {
  cursorIndex: number;
  /** By id. Holds the items themselves, since those out of sight may not be loaded any more. */
  selected: ReadonlyMap<string, Item>;
  moveTo: (index: number, isExtending: boolean) => void;
  toggle: (index: number) => void;
  selectLoaded: (itemCount: number) => void;
  clear: () => void;
}

/**
 * A cursor that the keyboard moves, and a set of selected items. Both begin anew when the list becomes another.
 * @param listKey changes with what is listed
 * @param itemAt undefined while an item is not loaded, in which case it cannot be selected
 */
export function useSelection<Item extends { assetId: string }>(
  listKey: string,
  initialIndex: number,
  itemAt: (index: number) => Item | undefined,
): Selection<Item> {
  const [knownKey, setKnownKey] = useState(listKey);
  const [cursorIndex, setCursorIndex] = useState(initialIndex);
  const [anchorIndex, setAnchorIndex] = useState(initialIndex);
  const [selected, setSelected] = useState<ReadonlyMap<string, Item>>(new Map());

  if (knownKey !== listKey) {
    setKnownKey(listKey);
    setCursorIndex(initialIndex);
    setAnchorIndex(initialIndex);
    setSelected(new Map());
  }

  const clear = useCallback(() => setSelected(new Map()), []);
  const itemsBetween = (first: number, last: number) => {
    const items = new Map<string, Item>();
    for (let index = Math.min(first, last); index <= Math.max(first, last); index += 1) {
      const item = itemAt(index);
      if (item !== undefined) items.set(item.assetId, item);
    }
    return items;
  };

  return {
    cursorIndex,
    selected,
    moveTo: (index, isExtending) => {
      setCursorIndex(index);
      if (isExtending) setSelected(itemsBetween(anchorIndex, index));
      else {
        setAnchorIndex(index);
        setSelected((current) => (current.size === 0 ? current : new Map()));
      }
    },
    toggle: (index) => {
      const item = itemAt(index);
      if (item === undefined) return;
      setCursorIndex(index);
      setAnchorIndex(index);
      setSelected((current) => {
        const next = new Map(current);
        if (!next.delete(item.assetId)) next.set(item.assetId, item);
        return next;
      });
    },
    selectLoaded: (itemCount) => setSelected(itemsBetween(0, itemCount - 1)),
    clear,
  };
}
