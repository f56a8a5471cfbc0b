export interface Place {
  scrollOffset: number;
  cursorIndex: number;
}

const top: Place = { scrollOffset: 0, cursorIndex: 0 };
let last = { searchKey: '', place: top };

/** Where the library was left; the top for another search. */
export function recallPlace(searchKey: string): Place {
  return last.searchKey === searchKey ? last.place : top;
}

/** Keeps where the library was left, so that Back from an asset returns to the same spot. */
export function rememberPlace(searchKey: string, part: Partial<Place>): void {
  last = { searchKey, place: { ...recallPlace(searchKey), ...part } };
}
