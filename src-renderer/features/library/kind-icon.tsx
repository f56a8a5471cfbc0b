import { AudioLines, Clapperboard, File, Image } from 'lucide-react';
import type { AssetKind } from '../../../src-shared/domain/asset.ts';

export function KindIcon({ kind, className }: { kind: AssetKind | null; className?: string }) {
  switch (kind) {
    case 'audio':
      return <AudioLines aria-label="Audio" className={className} />;
    case 'video':
      return <Clapperboard aria-label="Video" className={className} />;
    case 'image':
      return <Image aria-label="Image" className={className} />;
    case null:
      return <File aria-label="File" className={className} />;
  }
}
