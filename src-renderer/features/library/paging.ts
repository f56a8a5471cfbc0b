/** Pages of a long list: which must be loaded for what is seen, and where an item stands in them. */

export const pageSize = 100;

/** The pages that hold the items from `firstIndex` to `lastIndex`, both included. */
export function pagesOfRange(firstIndex: number, lastIndex: number): number[] {
  const first = Math.floor(Math.max(0, firstIndex) / pageSize);
  const last = Math.floor(Math.max(0, lastIndex) / pageSize);
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}

/**
 * Where the cursor stands after a key.
 * @param columnCount items in a row; 1 in the list
 * @param rowsInView how far Page Up and Page Down go
 * @returns null where the key does not move the cursor
 */
export function moveCursor(
  key: string,
  index: number,
  layout: { itemCount: number; columnCount: number; rowsInView: number },
): number | null {
  const { itemCount, columnCount, rowsInView } = layout;
  const last = itemCount - 1;
  const target = targetOf();
  return target === null || last < 0 ? null : Math.min(last, Math.max(0, target));

  function targetOf(): number | null {
    switch (key) {
      case 'ArrowRight':
        return columnCount > 1 ? index + 1 : null;
      case 'ArrowLeft':
        return columnCount > 1 ? index - 1 : null;
      case 'ArrowDown':
        // From an incomplete last row the cursor stays, instead of jumping sideways.
        return index + columnCount > last && columnCount > 1
          ? isInLastRow()
            ? index
            : last
          : index + columnCount;
      case 'ArrowUp':
        return index - columnCount < 0 && columnCount > 1 ? index : index - columnCount;
      case 'PageDown':
        return index + columnCount * rowsInView;
      case 'PageUp':
        return index - columnCount * rowsInView;
      case 'Home':
        return 0;
      case 'End':
        return last;
      default:
        return null;
    }
  }

  function isInLastRow(): boolean {
    return Math.floor(index / columnCount) === Math.floor(last / columnCount);
  }
}

/** How many columns of at least `minimumWidth` fit. */
export function columnsThatFit(width: number, minimumWidth: number, gap: number): number {
  return Math.max(1, Math.floor((width + gap) / (minimumWidth + gap)));
}
