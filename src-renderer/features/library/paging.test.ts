import { describe, expect, it } from 'vitest';
import { columnsThatFit, moveCursor, pagesOfRange } from './paging.ts';

describe('pages', () => {
  it('are those that hold what is seen', () => {
    expect(pagesOfRange(0, 20)).toEqual([0]);
    expect(pagesOfRange(95, 210)).toEqual([0, 1, 2]);
    expect(pagesOfRange(9990, 9999)).toEqual([99]);
  });
});

describe('the cursor of a grid', () => {
  const grid = { itemCount: 10, columnCount: 4, rowsInView: 2 };

  it('moves by one and by rows, and stays inside', () => {
    expect(moveCursor('ArrowRight', 3, grid)).toBe(4);
    expect(moveCursor('ArrowLeft', 0, grid)).toBe(0);
    expect(moveCursor('ArrowDown', 1, grid)).toBe(5);
    expect(moveCursor('ArrowUp', 2, grid)).toBe(2);
    expect(moveCursor('End', 0, grid)).toBe(9);
  });

  it('goes to the last item from above an incomplete row, and stays in that row', () => {
    expect(moveCursor('ArrowDown', 7, grid)).toBe(9);
    expect(moveCursor('ArrowDown', 8, grid)).toBe(8);
  });

  it('leaves sideways keys alone in a list', () => {
    const list = { itemCount: 10, columnCount: 1, rowsInView: 5 };
    expect(moveCursor('ArrowRight', 3, list)).toBeNull();
    expect(moveCursor('PageDown', 3, list)).toBe(8);
    expect(moveCursor('PageDown', 8, list)).toBe(9);
  });

  it('has nowhere to go in an empty list', () => {
    expect(moveCursor('ArrowDown', 0, { ...grid, itemCount: 0 })).toBeNull();
  });
});

describe('columns', () => {
  it('fill the width, and there is at least one', () => {
    expect(columnsThatFit(1000, 220, 16)).toBe(4);
    expect(columnsThatFit(100, 220, 16)).toBe(1);
  });
});
