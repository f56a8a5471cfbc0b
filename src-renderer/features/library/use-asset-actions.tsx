import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useMemo, useState, type ReactNode } from 'react';
import { toast } from 'sonner';
import type { AssetDetail, AssetSummary } from '../../../src-shared/domain/asset.ts';
import { bridge } from '../../app/bridge.ts';
import { commandQuery, useCommand } from '../../app/command-data.ts';
import { showError } from '../../app/error-toast.tsx';
import { openTarget } from '../../app/navigation.ts';
import { Confirm } from '../../ui/confirm.tsx';
import { formatQuantity } from '../../ui/format.ts';

type AssetRef = Pick<AssetSummary, 'assetId' | 'title'>;

export interface AssetActions {
  retry: (asset: AssetRef) => void;
  cancel: (asset: AssetRef) => void;
  review: (asset: AssetRef, decision: 'approve' | 'reject' | 'return-to-review') => void;
  describe: (asset: AssetRef) => void;
  showInFolder: (asset: AssetRef) => void;
  writePost: (asset: AssetRef) => void;
  locate: (asset: AssetRef, purpose: 'moved-file' | 'moved-folder') => void;
  /** Asks first; the sample alone goes at once. */
  remove: (assets: readonly AssetRef[]) => void;
  removeNow: (asset: AssetRef) => void;
}

async function showInFolder(asset: AssetRef): Promise<void> {
  const result = await bridge.showInFolder(asset.assetId);
  if (!result.ok) showError(result.error, { subject: asset.title });
}

/**
 * All that can be done with an asset from a list or its own page.
 * @returns the actions, which stay the same between renderings, and a dialog to be rendered somewhere on the screen
 */
export function useAssetActions(onRemoved?: () => void): { actions: AssetActions; dialog: ReactNode } {
  const [toRemove, setToRemove] = useState<readonly AssetRef[]>([]);
  const [isAsking, setIsAsking] = useState(false);
  const told = { onSuccess: ({ message }: { message: string }) => toast(message) };
  const { mutate: retryIngest } = useCommand('retryIngest', told);
  const { mutate: cancelIngest } = useCommand('cancelIngest', told);
  const { mutate: describeAsset } = useCommand('describeAsset', told);
  const queryClient = useQueryClient();
  const store = (asset: AssetDetail) =>
    queryClient.setQueryData(commandQuery('readMetadata', { assetId: asset.assetId }).queryKey, asset);
  const { mutate: reviewAsset } = useCommand('reviewAsset', { onSuccess: store });
  const { mutate: relocateAsset } = useCommand('relocateAsset', {
    onSuccess: (asset) => {
      store(asset);
      toast.success('File found', { description: `${asset.title} plays again.` });
    },
  });
  const { mutateAsync: removeAsset } = useCommand('removeAsset');

  const removeAll = useCallback(
    async (assets: readonly AssetRef[]) => {
      let removedCount = 0;
      for (const { assetId } of assets) {
        // The error of each is shown as a toast by the command itself.
        const isRemoved = await removeAsset({ assetId }).then(
          () => true,
          () => false,
        );
        if (isRemoved) removedCount += 1;
      }
      if (removedCount === 0) return;
      const [only] = assets;
      toast(
        assets.length === 1 && only !== undefined
          ? `${only.title} removed`
          : `${formatQuantity(removedCount, 'item')} removed`,
        { description: 'The original files were not touched.' },
      );
      onRemoved?.();
    },
    [removeAsset, onRemoved],
  );
  const actions = useMemo<AssetActions>(
    () => ({
      retry: ({ assetId }) => retryIngest({ assetId }),
      cancel: ({ assetId }) => cancelIngest({ assetId }),
      describe: ({ assetId }) => describeAsset({ assetId }),
      review: ({ assetId }, decision) => reviewAsset({ assetId, decision }),
      showInFolder: (asset) => void showInFolder(asset),
      writePost: ({ assetId }) => openTarget({ screen: 'compose', assetId }),
      locate: ({ assetId }, purpose) =>
        void bridge.choosePaths(purpose).then(([path]) => {
          if (path !== undefined) relocateAsset({ assetId, path });
        }),
      remove: (assets) => {
        if (assets.length === 0) return;
        setToRemove(assets);
        setIsAsking(true);
      },
      removeNow: (asset) => void removeAll([asset]),
    }),
    [retryIngest, cancelIngest, describeAsset, reviewAsset, relocateAsset, removeAll],
  );

  const [first] = toRemove;
  const dialog = (
    <Confirm
      isOpen={isAsking}
      onOpenChange={setIsAsking}
      title={
        toRemove.length === 1 && first !== undefined
          ? `Remove “${first.title}”?`
          : `Remove ${formatQuantity(toRemove.length, 'item')}?`
      }
      description="Transcript, edits and previews go. The original file stays where it is, untouched; adding it again starts from the beginning."
      action="Remove"
      onConfirm={() => void removeAll(toRemove)}
    />
  );
  return { actions, dialog };
}
