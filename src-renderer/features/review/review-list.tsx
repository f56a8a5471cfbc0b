import { formatClock } from '../../ui/format.ts';
import { QueueList } from '../../ui/queue-list.tsx';
import { SuspectBadge } from '../library/asset-badges.tsx';
import { Thumbnail } from '../library/thumbnail.tsx';
import type { FoundAsset } from '../library/use-paged-assets.ts';

interface ReviewListProps {
  queue: readonly FoundAsset[];
  currentId: string | undefined;
  onOpen: (asset: FoundAsset) => void;
}

export function ReviewList({ queue, currentId, onOpen }: ReviewListProps) {
  return (
    <QueueList
      label="Recordings to review"
      items={queue}
      idOf={({ assetId }) => assetId}
      currentId={currentId}
      onOpen={onOpen}
    >
      {(asset) => (
        <span className="flex items-center gap-3">
          <span className="block h-9 w-14 shrink-0 overflow-hidden rounded border border-line max-lg:hidden">
            <Thumbnail asset={asset} />
          </span>
          <span className="min-w-0 flex-1">
            <span dir="auto" className="block truncate font-medium">
              {asset.title}
            </span>
            <span className="flex items-center gap-2 text-xs text-ink-soft tabular">
              {asset.durationMs === null ? null : formatClock(asset.durationMs)}
              <SuspectBadge count={asset.suspectSegmentCount} />
            </span>
          </span>
        </span>
      )}
    </QueueList>
  );
}
