import { useState } from 'react';
import { mediaUrl } from '../../../src-shared/contract/window-bridge.ts';
import type { AssetSummary } from '../../../src-shared/domain/asset.ts';
import { classNames } from '../../ui/class-names.ts';
import { KindIcon } from './kind-icon.tsx';
import { WaveformPicture } from './waveform-picture.tsx';

interface ThumbnailProps {
  asset: AssetSummary;
  /** What stands for an asset without a picture: its words need the room of a card, a waveform less. */
  withoutPicture?: 'icon' | 'waveform' | 'words';
  className?: string;
}

/** The picture of an asset; what only sounds is shown by its words. */
export function Thumbnail({ asset, withoutPicture = 'icon', className }: ThumbnailProps) {
  const [hasFailed, setHasFailed] = useState(false);
  if (asset.hasThumbnail && !hasFailed) {
    return (
      <img
        src={mediaUrl(asset.assetId, 'thumbnail')}
        alt=""
        loading="lazy"
        decoding="async"
        draggable={false}
        onError={() => setHasFailed(true)}
        className={classNames('size-full bg-media object-cover', className)}
      />
    );
  }
  const words = asset.summary;
  if (withoutPicture === 'words' && words !== null) {
    return (
      // Below the mark of a sample, which stands in the corner.
      <div className={classNames('size-full bg-panel px-4', asset.isSample ? 'pt-9' : 'pt-4', className)}>
        <p className="line-clamp-4 font-serif text-[0.95rem] leading-snug text-ink-soft italic">{words}</p>
      </div>
    );
  }
  return (
    <div
      className={classNames('flex size-full items-center justify-center bg-panel text-ink-faint', className)}
    >
      {withoutPicture !== 'icon' && asset.kind === 'audio' && asset.hasWaveform ? (
        <WaveformPicture assetId={asset.assetId} />
      ) : (
        <KindIcon
          kind={asset.kind}
          className={withoutPicture === 'icon' ? 'size-4' : 'size-7 stroke-[1.25]'}
        />
      )}
    </div>
  );
}
