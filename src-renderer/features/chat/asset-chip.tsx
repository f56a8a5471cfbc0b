import { Link } from '@tanstack/react-router';
import { AudioLines, X } from 'lucide-react';
import { formatClock } from '../../ui/format.ts';

interface AssetChipProps {
  asset: { assetId: string; title: string; durationMs: number | null };
  onRemove?: () => void;
}

/** A recording that an answer takes into account; leads to its page. */
export function AssetChip({ asset, onRemove }: AssetChipProps) {
  const { assetId, title, durationMs } = asset;
  return (
    <li className="flex h-7 max-w-64 items-center rounded-md border border-line bg-raised text-xs shadow-card">
      <Link
        to="/asset/$assetId"
        params={{ assetId }}
        className="flex h-full min-w-0 items-center gap-1.5 rounded-md px-2 hover:bg-hover"
      >
        <AudioLines className="size-3.5 shrink-0 text-ink-soft" />
        <span className="truncate">{title}</span>
        {durationMs === null ? null : (
          <span className="shrink-0 text-ink-faint tabular">{formatClock(durationMs)}</span>
        )}
      </Link>
      {onRemove === undefined ? null : (
        <button
          type="button"
          aria-label={`Remove ${title}`}
          onClick={onRemove}
          className="mr-1 flex size-5 shrink-0 items-center justify-center rounded text-ink-faint hover:bg-pressed hover:text-ink"
        >
          <X className="size-3" />
        </button>
      )}
    </li>
  );
}
