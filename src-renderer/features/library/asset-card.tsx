import { Check, RotateCw } from 'lucide-react';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { classNames } from '../../ui/class-names.ts';
import { formatClock, formatRemaining } from '../../ui/format.ts';
import { Progress } from '../../ui/progress.tsx';
import { formatWhenBesideLength } from '../../ui/zone-time.ts';
import { FileMissingBadge, StatusBadge, SuspectBadge } from './asset-badges.tsx';
import { LateAssetMenu } from './asset-menu.tsx';
import { canRetry, describeStep } from './asset-words.ts';
import { KindIcon } from './kind-icon.tsx';
import { Thumbnail } from './thumbnail.tsx';
import type { AssetActions } from './use-asset-actions.tsx';
import type { FoundAsset } from './use-paged-assets.ts';

export interface AssetItemProps {
  asset: FoundAsset;
  zone: string;
  nowMs: number;
  isSelected: boolean;
  hasCursor: boolean;
  actions: AssetActions;
}

/** One asset of the grid. The cell around it takes clicks and keys. */
export function AssetCard({ asset, zone, nowMs, isSelected, hasCursor, actions }: AssetItemProps) {
  const step = asset.currentStep;
  const isInWork = asset.status === 'ingesting';
  return (
    <div className="group/card">
      <div
        className={classNames(
          'relative aspect-16/10 overflow-hidden rounded-lg border border-line bg-panel transition-shadow group-hover/card:shadow-pop',
          hasCursor &&
            'outline-2 outline-offset-2 outline-transparent group-focus-visible/grid:outline-accent',
          isSelected && 'ring-2 ring-accent',
        )}
      >
        <Thumbnail asset={asset} withoutPicture="words" />
        {isInWork ? null : (
          <div className="absolute bottom-2 left-2 flex items-center gap-1">
            <FileMissingBadge asset={asset} />
            <SuspectBadge count={asset.suspectSegmentCount} />
          </div>
        )}
        {asset.isSample ? (
          <Badge tone="overlay" className="absolute top-2 left-2">
            Sample
          </Badge>
        ) : null}
        <SelectBox isSelected={isSelected} title={asset.title} />
        {asset.durationMs === null || isInWork ? null : (
          <Badge tone="overlay" className="absolute right-2 bottom-2">
            {formatClock(asset.durationMs)}
          </Badge>
        )}
        {isInWork ? (
          <div className="absolute inset-x-0 bottom-0 bg-raised/95 px-3 pt-2 pb-2.5">
            <div className="mb-1.5 flex justify-between gap-2 text-xs">
              <span className="truncate font-medium">{describeStep(step)}</span>
              <span className="shrink-0 text-ink-soft tabular">
                {formatRemaining(step?.remainingMs ?? null)}
              </span>
            </div>
            {step?.state === 'running' ? (
              <Progress label={`Progress of ${asset.title}`} value={step.progress} />
            ) : null}
          </div>
        ) : null}
      </div>
      <div className="relative mt-2">
        <div dir="auto" className="truncate font-medium" title={asset.title}>
          {asset.title}
        </div>
        <div className="mt-0.5 flex h-5 items-center gap-2 text-xs text-ink-soft">
          <KindIcon kind={asset.kind} className="size-3.5 shrink-0" />
          {asset.status === 'failed' || asset.isSample ? null : (
            <span className="shrink-0">
              {formatWhenBesideLength(asset.capturedAt ?? asset.createdAt, zone, nowMs)}
            </span>
          )}
          {isInWork || asset.status === 'approved' ? null : <StatusBadge asset={asset} />}
          {asset.isSample ? (
            <Button
              look="ghost"
              size="small"
              tabIndex={-1}
              className="-my-1 ml-auto h-6 px-1.5"
              onClick={() => actions.removeNow(asset)}
            >
              Remove sample
            </Button>
          ) : null}
        </div>
        <div className="absolute -top-1 right-0 flex rounded-md bg-canvas opacity-0 group-hover/card:opacity-100 has-data-[state=open]:opacity-100">
          {canRetry(asset) ? (
            <Button
              look="ghost"
              size="icon-small"
              tabIndex={-1}
              title="Try again"
              aria-label={`Try ${asset.title} again`}
              onClick={() => actions.retry(asset)}
            >
              <RotateCw />
            </Button>
          ) : null}
          <LateAssetMenu asset={asset} actions={actions} />
        </div>
      </div>
    </div>
  );
}

interface SelectBoxProps {
  isSelected: boolean;
  title: string;
  className?: string;
}

/** The collection around it takes its clicks. */
export function SelectBox({ isSelected, title, className }: SelectBoxProps) {
  return (
    <button
      type="button"
      role="checkbox"
      aria-checked={isSelected}
      aria-label={`Select ${title}`}
      tabIndex={-1}
      className={classNames(
        'absolute top-2 right-2 flex size-5.5 items-center justify-center rounded-full border transition-opacity',
        isSelected
          ? 'border-accent bg-accent text-on-accent'
          : 'border-white/80 bg-media/40 text-transparent opacity-0 group-hover/card:opacity-100 hover:text-white',
        className,
      )}
    >
      <Check className="size-3.5 stroke-3" />
    </button>
  );
}
