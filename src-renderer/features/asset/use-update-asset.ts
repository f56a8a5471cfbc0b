import { useQueryClient } from '@tanstack/react-query';
import type { CommandInput } from '../../../src-shared/contract/registry.ts';
import { commandQuery, useCommand } from '../../app/command-data.ts';
import { showError } from '../../app/error-toast.tsx';

export type AssetChange = Omit<CommandInput<'update-asset'>, 'assetId'>;

/** Changes what is written about an asset. It is seen at once, and taken back where it is refused. */
export function useUpdateAsset(assetId: string): (change: AssetChange) => void {
  const queryClient = useQueryClient();
  const { queryKey } = commandQuery('readMetadata', { assetId });
  const { mutate } = useCommand('updateAsset', {
    onSuccess: (asset) => queryClient.setQueryData(queryKey, asset),
    onError: ({ dto }) => {
      showError(dto);
      void queryClient.invalidateQueries({ queryKey, exact: true });
    },
  });
  return (change) => {
    const seen = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
    queryClient.setQueryData(queryKey, (asset) => (asset === undefined ? asset : { ...asset, ...seen }));
    mutate({ assetId, ...change });
  };
}
