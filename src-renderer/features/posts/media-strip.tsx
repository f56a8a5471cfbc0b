import { Scissors } from 'lucide-react';
import { mediaUrl } from '../../../src-shared/contract/window-bridge.ts';
import type { MediaReference } from '../../../src-shared/domain/variant-content.ts';
import { formatClock } from '../../ui/format.ts';
import { KindIcon } from '../library/kind-icon.tsx';
import type { OpenPost } from './open-post.ts';

type PostAsset = OpenPost['assets'][number];

/** The recordings and pictures of a post, small, with what is said of them. */
export function MediaStrip({
  media,
  assets,
}: {
  media: readonly MediaReference[];
  assets: readonly PostAsset[];
}) {
  if (media.length === 0) return null;
  return (
    <ul className="mt-3 flex flex-wrap gap-2">
      {media.map((one, index) => {
        const asset = assets.find(({ assetId }) => assetId === one.assetId);
        return (
          <li
            key={`${one.assetId} ${index}`}
            className="flex w-60 items-center gap-2.5 overflow-hidden rounded-lg border border-line bg-panel pr-2.5"
            title={one.altText}
          >
            <span className="flex h-12 w-16 shrink-0 items-center justify-center bg-hover text-ink-faint">
              {asset?.hasThumbnail === true ? (
                <img
                  src={mediaUrl(one.assetId, 'thumbnail')}
                  alt={one.altText}
                  className="size-full object-cover"
                />
              ) : (
                <KindIcon kind={asset?.kind ?? 'audio'} className="size-4" />
              )}
            </span>
            <span className="min-w-0 flex-1 text-xs">
              <span className="block truncate font-medium">{asset?.title ?? 'No longer in the library'}</span>
              <span className="flex items-center gap-1 truncate text-ink-soft tabular">
                {one.clip === null ? (
                  asset?.durationMs == null ? null : (
                    formatClock(asset.durationMs)
                  )
                ) : (
                  <>
                    <Scissors aria-label="Clip" className="size-3" />
                    {formatClock(one.clip.startMs)} – {formatClock(one.clip.endMs)}
                  </>
                )}
              </span>
            </span>
          </li>
        );
      })}
    </ul>
  );
}
