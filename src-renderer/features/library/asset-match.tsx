import { Link } from '@tanstack/react-router';
import { classNames } from '../../ui/class-names.ts';
import { formatClock } from '../../ui/format.ts';
import { Highlight } from '../../ui/highlight.tsx';
import { formatWhenBesideLength } from '../../ui/zone-time.ts';
import { FileMissingBadge, StatusBadge } from './asset-badges.tsx';
import type { AssetItemProps } from './asset-card.tsx';
import { Thumbnail } from './thumbnail.tsx';

/** One asset of a search result, with the sentences in which the words were said. */
export function AssetMatch({ asset, zone, nowMs, isSelected, hasCursor }: AssetItemProps) {
  return (
    <div
      className={classNames(
        'flex gap-4 rounded-lg p-2.5',
        isSelected ? 'bg-accent-soft' : 'hover:bg-hover',
        hasCursor &&
          '-outline-offset-2 group-focus-visible/grid:outline-2 group-focus-visible/grid:outline-accent',
      )}
    >
      <div className="h-15 w-24 shrink-0 overflow-hidden rounded-md border border-line">
        <Thumbnail asset={asset} />
      </div>
      <div className="min-w-0 flex-1">
        <div className="flex items-center gap-2">
          <span dir="auto" className="truncate font-semibold">
            {asset.title}
          </span>
          <FileMissingBadge asset={asset} />
          {asset.status === 'approved' ? null : <StatusBadge asset={asset} />}
          <span className="ml-auto shrink-0 text-xs text-ink-soft tabular">
            {asset.durationMs === null ? null : `${formatClock(asset.durationMs)} · `}
            {formatWhenBesideLength(asset.capturedAt ?? asset.createdAt, zone, nowMs)}
          </span>
        </div>
        {asset.matches.length === 0 && asset.summary !== null ? (
          <p className="mt-0.5 line-clamp-2 text-ink-soft">{asset.summary}</p>
        ) : null}
        <ul className="mt-1">
          {asset.matches.map((match) => (
            <li key={match.segmentId}>
              <Link
                to="/asset/$assetId"
                params={{ assetId: asset.assetId }}
                search={{ at: match.startMs }}
                tabIndex={-1}
                className="-mx-1.5 flex items-baseline gap-3 rounded px-1.5 py-1 hover:bg-pressed"
              >
                <span className="w-12 shrink-0 text-right text-xs text-accent tabular">
                  {formatClock(match.startMs)}
                </span>
                <span className="min-w-0 font-serif text-base leading-snug">
                  <Highlight snippet={match.snippet} />
                </span>
              </Link>
            </li>
          ))}
        </ul>
      </div>
    </div>
  );
}
