export interface Place {
  searchKey: string;
  scrollOffset: number;
  cursorIndex: number;
}

let lastPlace: Place = { searchKey: '', scrollOffset: 0, cursorIndex: 0 };

/** Keeps where the library was left, so that Back from an asset returns to the same spot. */
export function rememberPlace(place: Partial<Place>): void {
  lastPlace = { ...lastPlace, ...place };
}

/** Where the library was left; the top for another search. */
export function recallPlace(searchKey: string): Omit<Place, 'searchKey'> {
  return lastPlace.searchKey === searchKey ? lastPlace : { scrollOffset: 0, cursorIndex: 0 };
}
