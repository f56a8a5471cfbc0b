import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { Settings } from '../../../src-shared/domain/settings.ts';
import { commandQuery, useCommand } from '../../app/command-data.ts';
import { showError } from '../../app/error-toast.tsx';

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
    // One answers what it was asked; where another is on its way, that one says how they are.
    onSuccess: (settings) => {
      if (queryClient.isMutating({ mutationKey: ['updateSettings'] }) === 1)
        queryClient.setQueryData(query.queryKey, settings);
    },
    onError: ({ dto }) => {
      showError(dto);
      void refetch();
    },
    scope: 'settings',
  });
  return {
    settings: data,
    error,
    retry: () => void refetch(),
    change: (part) => {
      queryClient.setQueryData(query.queryKey, (current) =>
        current === undefined ? current : { ...current, ...part },
      );
      update.mutate(part);
    },
  };
}
