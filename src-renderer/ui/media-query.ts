import { useSyncExternalStore } from 'react';

/** Too narrow for a sidebar with words in it. */
export const narrowWindow = '(max-width: 1060px)';

/** Whether a CSS media query holds, for instance `(max-width: 1100px)`. */
export function useMediaQuery(query: string): boolean {
  return useSyncExternalStore(
    (notify) => {
      const list = window.matchMedia(query);
      list.addEventListener('change', notify);
      return () => list.removeEventListener('change', notify);
    },
    () => window.matchMedia(query).matches,
  );
}
