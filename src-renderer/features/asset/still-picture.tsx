import { ImageOff } from 'lucide-react';
import { useState } from 'react';
import { mediaUrl, type MediaRendition } from '../../../src-shared/contract/window-bridge.ts';
import type { AssetSummary } from '../../../src-shared/domain/asset.ts';
import { EmptyState } from '../../ui/empty-state.tsx';

interface StillPictureProps {
  asset: Pick<AssetSummary, 'assetId' | 'title' | 'hasThumbnail'>;
  className: string;
}

/** A picture in full; where the window cannot show its kind (HEIC, for one), its thumbnail. */
export function StillPicture({ asset, className }: StillPictureProps) {
  const [rendition, setRendition] = useState<MediaRendition | null>('original');
  if (rendition === null) {
    return (
      <EmptyState icon={<ImageOff />} title="This picture cannot be shown">
        The window does not know this kind of picture, or the file is not where it was.
      </EmptyState>
    );
  }
  const next = rendition === 'original' && asset.hasThumbnail ? 'thumbnail' : null;
  return (
    <img
      src={mediaUrl(asset.assetId, rendition)}
      alt={asset.title}
      onError={() => setRendition(next)}
      className={className}
    />
  );
}
