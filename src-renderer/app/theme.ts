import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { Settings } from '../../src-shared/domain/settings.ts';
import { bridge } from './bridge.ts';
import { commandQuery } from './command-data.ts';

type Theme = Settings['theme'];

const storageKey = 'longhand.theme';

/** Applies the theme of the last run before anything is painted, so that a dark window does not flash white. */
export function applyRememberedTheme(): void {
  const remembered = localStorage.getItem(storageKey);
  if (remembered === 'light' || remembered === 'dark') document.documentElement.dataset['theme'] = remembered;
}

function applyTheme(theme: Theme): void {
  document.documentElement.dataset['theme'] = theme;
  localStorage.setItem(storageKey, theme);
  bridge.applyTheme(theme);
}

/** Lets the window follow the setting. */
export function useTheme(): void {
  const { data: settings } = useQuery(commandQuery('readSettings', {}));
  const theme = settings?.theme;
  useEffect(() => {
    if (theme !== undefined) applyTheme(theme);
  }, [theme]);
}
