import { useEffect, useRef } from 'react';
import { classNames } from '../../ui/class-names.ts';
import { formatClock } from '../../ui/format.ts';
import { SuspectBadge } from '../library/asset-badges.tsx';
import { Thumbnail } from '../library/thumbnail.tsx';
import type { FoundAsset } from '../library/use-paged-assets.ts';

interface ReviewListProps {
  queue: readonly FoundAsset[];
  currentId: string | undefined;
  onOpen: (asset: FoundAsset) => void;
}

export function ReviewList({ queue, currentId, onOpen }: ReviewListProps) {
  const listRef = useRef<HTMLUListElement>(null);
  useEffect(() => {
    listRef.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest' });
  }, [currentId]);
  return (
    <div
      role="region"
      aria-label="Recordings to review"
      tabIndex={0}
      className="min-h-0 flex-1 overflow-y-auto px-3 pb-4 -outline-offset-2"
    >
      <ul ref={listRef}>
        {queue.map((asset) => (
          <li key={asset.assetId}>
            <button
              type="button"
              tabIndex={-1}
              {...(asset.assetId === currentId ? { 'aria-current': 'true' as const } : {})}
              onClick={() => onOpen(asset)}
              className={classNames(
                'flex w-full items-center gap-3 rounded-lg p-2 text-left hover:bg-hover',
                asset.assetId === currentId && 'bg-pressed hover:bg-pressed',
              )}
            >
              <span className="block h-9 w-14 shrink-0 overflow-hidden rounded border border-line max-lg:hidden">
                <Thumbnail asset={asset} />
              </span>
              <span className="min-w-0 flex-1">
                <span className="block truncate font-medium">{asset.title}</span>
                <span className="flex items-center gap-2 text-xs text-ink-soft tabular">
                  {asset.durationMs === null ? null : formatClock(asset.durationMs)}
                  <SuspectBadge count={asset.suspectSegmentCount} />
                </span>
              </span>
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
