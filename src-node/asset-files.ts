import { join } from 'node:path';
import type { DataFolder } from './data-folder.ts';

/** Where the files that belong to one asset are kept inside the data folder. Whether they exist, its row says. */
export interface AssetFiles {
  /** Holds all of the others but the scratch folder; goes when the asset is removed. */
  readonly folder: string;
  readonly thumbnail: string;
  readonly waveform: string;
  /** Half-done transcription work; worthless once the asset is transcribed. */
  readonly scratchFolder: string;
  /** Holds the copy of the original and nothing else. Its path is in the asset's row. */
  readonly originalFolder: string;
}

/** The layout of an asset's files. Touches no disk. */
export function describeAssetFiles(dataFolder: DataFolder, assetId: string): AssetFiles {
  const folder = join(dataFolder.mediaFolder, assetId);
  return {
    folder,
    thumbnail: join(folder, 'thumbnail.jpg'),
    waveform: join(folder, 'waveform.lhwf'),
    scratchFolder: join(dataFolder.scratchFolder, assetId),
    originalFolder: join(folder, 'original'),
  };
}
