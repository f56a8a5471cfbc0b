import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { Settings } from '../../../src-shared/domain/settings.ts';
import { commandQuery, useCommand } from '../../app/command-data.ts';

/** The settings, and a way to change some; a change is seen at once and taken back if it is refused. */
export function useSettings(): {
  settings: Settings | undefined;
  error: ReturnType<typeof useQuery>['error'];
  retry: () => void;
  change: (part: Partial<Settings>) => void;
} {
  const queryClient = useQueryClient();
  const query = commandQuery('readSettings', {});
  const { data, error, refetch } = useQuery(query);
  const update = useCommand('updateSettings', {
    onSuccess: (settings) => queryClient.setQueryData(query.queryKey, settings),
  });
  return {
    settings: data,
    error,
    retry: () => void refetch(),
    change: (part) => {
      queryClient.setQueryData(query.queryKey, (current) =>
        current === undefined ? current : { ...current, ...part },
      );
      update.mutate(part, { onError: () => void refetch() });
    },
  };
}
