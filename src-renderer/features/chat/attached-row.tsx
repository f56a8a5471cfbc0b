import { useQueries } from '@tanstack/react-query';
import type { AttachedAsset } from '../../../src-shared/domain/conversation.ts';
import { commandQuery } from '../../app/command-data.ts';
import { Skeleton } from '../../ui/skeleton.tsx';
import { AssetChip } from './asset-chip.tsx';

interface AttachedRowProps {
  assets: readonly AttachedAsset[];
  /** What is to be attached with the next message. */
  draftIds: readonly string[];
  onTakeOut: (assetId: string) => void;
}

/** The recordings that the next answer takes into account. */
export function AttachedRow({ assets, draftIds, onTakeOut }: AttachedRowProps) {
  const waiting = useQueries({
    queries: draftIds.map((assetId) => commandQuery('readMetadata', { assetId })),
  });
  if (assets.length === 0 && draftIds.length === 0) return null;
  return (
    <ul aria-label="Recordings taken into account" className="flex flex-wrap gap-1.5 px-3 pt-3">
      {assets.map((asset) => (
        <AssetChip key={asset.assetId} asset={asset} onRemove={() => onTakeOut(asset.assetId)} />
      ))}
      {draftIds.map((assetId, index) => {
        const query = waiting[index];
        if (query?.data !== undefined)
          return <AssetChip key={assetId} asset={query.data} onRemove={() => onTakeOut(assetId)} />;
        if (query?.isError === true)
          return (
            <AssetChip
              key={assetId}
              asset={{ assetId, title: 'A recording that is gone', durationMs: null }}
              onRemove={() => onTakeOut(assetId)}
            />
          );
        return (
          <li key={assetId}>
            <Skeleton className="h-7 w-32" />
          </li>
        );
      })}
    </ul>
  );
}
