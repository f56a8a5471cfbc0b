import { useState } from 'react';

/**
 * What is in hand of a list that grows and shrinks by itself: the one that was asked for, else the one that was in hand
 * before. Only where neither is there any more it is the first.
 */
export function findCurrent<Item>(
  items: readonly Item[],
  idOf: (item: Item) => string,
  wantedIds: readonly (string | undefined)[],
): Item | undefined {
  for (const wantedId of wantedIds) {
    const found = items.find((item) => idOf(item) === wantedId);
    if (found !== undefined) return found;
  }
  return items[0];
}

/** The same for as long as the screen is shown: what comes in first never takes the place of what is being read. */
export function useCurrent<Item>(
  items: readonly Item[],
  idOf: (item: Item) => string,
  wantedId: string | undefined,
): Item | undefined {
  const [keptId, setKeptId] = useState<string>();
  const current = findCurrent(items, idOf, [wantedId, keptId]);
  const currentId = current === undefined ? undefined : idOf(current);
  if (currentId !== keptId) setKeptId(currentId);
  return current;
}
