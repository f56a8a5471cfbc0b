import { useSyncExternalStore } from 'react';

const darkQuery = '(prefers-color-scheme: dark)';

function readScheme(): 'light' | 'dark' {
  const chosen = document.documentElement.dataset['theme'];
  if (chosen === 'light' || chosen === 'dark') return chosen;
  return window.matchMedia(darkQuery).matches ? 'dark' : 'light';
}

/** The colours in force, for what is drawn on a canvas and cannot follow the style sheet. */
export function useColorScheme(): 'light' | 'dark' {
  return useSyncExternalStore((notify) => {
    const observer = new MutationObserver(notify);
    observer.observe(document.documentElement, { attributeFilter: ['data-theme'] });
    const list = window.matchMedia(darkQuery);
    list.addEventListener('change', notify);
    return () => {
      observer.disconnect();
      list.removeEventListener('change', notify);
    };
  }, readScheme);
}
