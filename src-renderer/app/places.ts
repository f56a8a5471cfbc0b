/** The places of the sidebar, in order: the first is reached with the main modifier and 1, and so on. */
export const placePaths = [
  '/chat',
  '/library',
  '/review',
  '/calendar',
  '/approvals',
  '/activity',
  '/settings',
] as const;
export type PlacePath = (typeof placePaths)[number];

/** The digit that opens a place. */
export function placeKey(path: PlacePath): string {
  return String(placePaths.indexOf(path) + 1);
}
