import { useQuery } from '@tanstack/react-query';
import { ownZone } from '../ui/zone-time.ts';
import { commandQuery } from './command-data.ts';

/** The zone of the creator's days: the one chosen in the settings, else that of this computer, also while travelling. */
export function useZone(): string {
  const { data } = useQuery(commandQuery('readSettings', {}));
  return data?.timeZone ?? ownZone();
}
