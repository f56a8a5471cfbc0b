import { useState, type ReactNode } from 'react';
import { toast } from 'sonner';
import type { AssetSummary } from '../../../src-shared/domain/asset.ts';
import { bridge } from '../../app/bridge.ts';
import { useCommand } from '../../app/command-data.ts';
import { showError } from '../../app/error-toast.tsx';
import { Confirm } from '../../ui/confirm.tsx';
import { formatQuantity } from '../../ui/format.ts';

type AssetRef = Pick<AssetSummary, 'assetId' | 'title'>;

export interface AssetActions {
  retry: (asset: AssetRef) => void;
  cancel: (asset: AssetRef) => void;
  review: (asset: AssetRef, decision: 'approve' | 'reject' | 'return-to-review') => void;
  describe: (asset: AssetRef) => void;
  showInFolder: (asset: AssetRef) => void;
  locate: (asset: AssetRef, purpose: 'moved-file' | 'moved-folder') => void;
  /** Asks first; the sample alone goes at once. */
  remove: (assets: readonly AssetRef[]) => void;
  removeNow: (asset: AssetRef) => void;
  /** To be rendered somewhere on the screen. */
  dialog: ReactNode;
}

async function showInFolder(asset: AssetRef): Promise<void> {
  const result = await bridge.showInFolder(asset.assetId);
  if (!result.ok) showError(result.error, { subject: asset.title });
}

/** All that can be done with an asset from a list or its own page. */
export function useAssetActions(onRemoved?: (assetIds: readonly string[]) => void): AssetActions {
  const [toRemove, setToRemove] = useState<readonly AssetRef[]>([]);
  const [isAsking, setIsAsking] = useState(false);
  const retryIngest = useCommand('retryIngest', { onSuccess: ({ message }) => toast(message) });
  const cancelIngest = useCommand('cancelIngest', { onSuccess: ({ message }) => toast(message) });
  const describeAsset = useCommand('describeAsset', { onSuccess: ({ message }) => toast(message) });
  const reviewAsset = useCommand('reviewAsset');
  const relocateAsset = useCommand('relocateAsset', {
    onSuccess: ({ title }) => toast.success('File found', { description: `${title} plays again.` }),
  });
  const removeAsset = useCommand('removeAsset');

  const locate = async (asset: AssetRef, purpose: 'moved-file' | 'moved-folder') => {
    const [path] = await bridge.choosePaths(purpose);
    if (path !== undefined) relocateAsset.mutate({ assetId: asset.assetId, path });
  };
  const removeAll = async (assets: readonly AssetRef[]) => {
    const removed: string[] = [];
    for (const { assetId } of assets) {
      // The error of each is shown as a toast by the command itself.
      const isRemoved = await removeAsset.mutateAsync({ assetId }).then(
        () => true,
        () => false,
      );
      if (isRemoved) removed.push(assetId);
    }
    if (removed.length === 0) return;
    const [only] = assets;
    toast(
      removed.length === 1 && only !== undefined
        ? `${only.title} removed`
        : `${formatQuantity(removed.length, 'asset')} removed`,
      { description: 'The original files were not touched.' },
    );
    onRemoved?.(removed);
  };

  const [first] = toRemove;
  return {
    retry: ({ assetId }) => retryIngest.mutate({ assetId }),
    cancel: ({ assetId }) => cancelIngest.mutate({ assetId }),
    describe: ({ assetId }) => describeAsset.mutate({ assetId }),
    review: ({ assetId }, decision) => reviewAsset.mutate({ assetId, decision }),
    showInFolder: (asset) => void showInFolder(asset),
    locate: (asset, purpose) => void locate(asset, purpose),
    remove: (assets) => {
      if (assets.length === 0) return;
      setToRemove(assets);
      setIsAsking(true);
    },
    removeNow: (asset) => void removeAll([asset]),
    dialog: (
      <Confirm
        isOpen={isAsking}
        onOpenChange={setIsAsking}
        title={
          toRemove.length === 1 && first !== undefined
            ? `Remove “${first.title}”?`
            : `Remove ${formatQuantity(toRemove.length, 'asset')}?`
        }
        description="Transcript, edits and previews go. The original file stays where it is, untouched; adding it again starts from the beginning."
        action="Remove"
        onConfirm={() => void removeAll(toRemove)}
      />
    ),
  };
}
