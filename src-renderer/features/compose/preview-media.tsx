import { useQueries } from '@tanstack/react-query';
import { Play } from 'lucide-react';
import { mediaUrl } from '../../../src-shared/contract/window-bridge.ts';
import type { MediaReference } from '../../../src-shared/domain/variant-content.ts';
import { commandQuery } from '../../app/command-data.ts';
import { classNames } from '../../ui/class-names.ts';
import { formatClock } from '../../ui/format.ts';
import { WaveformPicture } from '../library/waveform-picture.tsx';

/** Pictures and recordings below a post, laid out as timelines do. */
export function PreviewMedia({ media }: { media: readonly MediaReference[] }) {
  const assets = useQueries({
    queries: media.map(({ assetId }) => commandQuery('readMetadata', { assetId })),
  });
  if (media.length === 0) return null;
  return (
    <div
      className={classNames(
        'mt-2 grid gap-1 overflow-hidden rounded-xl border border-line bg-panel',
        media.length > 1 && 'grid-cols-2',
      )}
    >
      {media.slice(0, 4).map((one, index) => {
        const asset = assets[index]?.data;
        const durationMs =
          one.clip === null ? (asset?.durationMs ?? null) : one.clip.endMs - one.clip.startMs;
        return (
          <div
            key={`${one.assetId} ${index}`}
            className={classNames(
              'relative flex items-center justify-center overflow-hidden bg-hover',
              media.length === 1 ? 'aspect-video' : 'aspect-square',
              media.length === 3 && index === 0 && 'row-span-2 aspect-auto',
            )}
          >
            {asset === undefined ? null : asset.hasThumbnail ? (
              <img
                src={mediaUrl(one.assetId, asset.kind === 'image' ? 'original' : 'thumbnail')}
                alt={one.altText}
                className="size-full object-cover"
              />
            ) : asset.hasWaveform ? (
              <WaveformPicture assetId={one.assetId} />
            ) : null}
            {durationMs === null ? null : (
              <>
                <span className="absolute flex size-10 items-center justify-center rounded-full bg-media/75 text-white">
                  <Play className="size-5" />
                </span>
                <span className="absolute right-1.5 bottom-1.5 rounded bg-media/75 px-1 text-2xs text-white tabular">
                  {formatClock(durationMs)}
                </span>
              </>
            )}
            {one.altText === '' ? null : (
              <span className="absolute bottom-1.5 left-1.5 rounded bg-media/75 px-1 text-2xs font-semibold text-white">
                ALT
              </span>
            )}
          </div>
        );
      })}
    </div>
  );
}
