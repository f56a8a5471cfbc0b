import { X } from 'lucide-react';
import { Button } from '../../ui/button.tsx';
import { Badge } from '../../ui/badge.tsx';
import { classNames } from '../../ui/class-names.ts';
import { formatBytes, formatClock } from '../../ui/format.ts';
import { Progress } from '../../ui/progress.tsx';
import { formatWhenBesideLength } from '../../ui/zone-time.ts';
import { FileMissingBadge, StatusBadge, SuspectBadge } from './asset-badges.tsx';
import { SelectBox, type AssetItemProps } from './asset-card.tsx';
import { LateAssetMenu } from './asset-menu.tsx';
import { describeStepWithTime } from './asset-words.ts';
import { Thumbnail } from './thumbnail.tsx';

/** The columns of the list; header and rows share them. */
export const rowColumns =
  'grid grid-cols-[3.5rem_minmax(0,1fr)_9.5rem_4.5rem_5.5rem_2rem] @max-3xl:grid-cols-[3.5rem_minmax(0,1fr)_8.5rem_4.5rem_2rem] items-center gap-x-4';

/** One asset of the list. */
export function AssetRow({ asset, zone, nowMs, isSelected, hasCursor, actions }: AssetItemProps) {
  return (
    <div
      className={classNames(
        'group/card h-full rounded-lg px-2',
        rowColumns,
        isSelected ? 'bg-accent-soft' : 'hover:bg-hover',
        hasCursor &&
          '-outline-offset-2 group-focus-visible/grid:outline-2 group-focus-visible/grid:outline-accent',
      )}
    >
      <div className="relative h-9 w-14 overflow-hidden rounded border border-line">
        <Thumbnail asset={asset} />
        <SelectBox isSelected={isSelected} title={asset.title} className="top-1.5 right-4" />
      </div>
      <div className="min-w-0">
        <div className="flex items-center gap-2">
          <span dir="auto" className="truncate font-medium">
            {asset.title}
          </span>
          {asset.isSample ? <Badge>Sample</Badge> : null}
          <FileMissingBadge asset={asset} />
        </div>
        <div className="truncate text-xs text-ink-soft">{asset.summary ?? asset.originalName}</div>
      </div>
      <div className="flex min-w-0 items-center gap-1.5">
        {asset.status === 'ingesting' ? (
          <div className="min-w-0 flex-1">
            <div className="truncate text-xs" title={describeStepWithTime(asset.currentStep)}>
              {describeStepWithTime(asset.currentStep)}
            </div>
            {asset.currentStep?.state === 'running' ? (
              <Progress
                label={`Progress of ${asset.title}`}
                value={asset.currentStep.progress}
                className="mt-1"
              />
            ) : null}
          </div>
        ) : (
          <>
            <StatusBadge asset={asset} />
            <SuspectBadge count={asset.suspectSegmentCount} />
          </>
        )}
      </div>
      <div className="text-right text-xs text-ink-soft tabular">
        <div>{asset.durationMs === null ? '–' : formatClock(asset.durationMs)}</div>
        <div className="text-ink-faint">{asset.sizeBytes === null ? '' : formatBytes(asset.sizeBytes)}</div>
      </div>
      <div className="truncate text-right text-xs text-ink-soft tabular @max-3xl:hidden">
        {formatWhenBesideLength(asset.capturedAt ?? asset.createdAt, zone, nowMs)}
      </div>
      <div>
        {asset.isSample ? (
          <Button
            look="ghost"
            title="Remove sample"
            aria-label="Remove sample"
            size="icon-small"
            tabIndex={-1}
            onClick={() => actions.removeNow(asset)}
          >
            <X />
          </Button>
        ) : (
          <LateAssetMenu
            asset={asset}
            actions={actions}
            className="opacity-0 group-hover/card:opacity-100 data-[state=open]:opacity-100"
          />
        )}
      </div>
    </div>
  );
}
