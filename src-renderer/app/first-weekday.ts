import { useQuery } from '@tanstack/react-query';
import { systemFirstWeekday } from '../ui/week.ts';
import { bridge } from './bridge.ts';
import { commandQuery } from './command-data.ts';

const weekdayNumbers = { monday: 1, saturday: 6, sunday: 7 } as const;

/** The day on which weeks begin: the one chosen in the settings, else that of the system. */
export function useFirstWeekday(): number {
  const { data } = useQuery(commandQuery('readSettings', {}));
  const chosen = data?.firstWeekday ?? 'system';
  return chosen === 'system' ? systemFirstWeekday(bridge.info.systemLanguage) : weekdayNumbers[chosen];
}
