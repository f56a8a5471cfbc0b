import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { AssetRepository } from '../src-data/assets.ts';
import type { DataFolder } from '../src-node/data-folder.ts';
import type { Logger } from '../src-node/logger.ts';
import { assetIdSchema } from '../src-shared/domain/asset.ts';

/**
 * Deletes the folders of assets that are gone: work that was being cancelled may have written once more after its
 * asset was removed. Only folders named by an asset id are looked at.
 */
export async function sweepRemovedMedia(options: {
  assets: Pick<AssetRepository, 'find'>;
  dataFolder: DataFolder;
  logger: Logger;
}): Promise<void> {
  const { assets, dataFolder, logger } = options;
  for (const parent of [dataFolder.mediaFolder, dataFolder.scratchFolder]) {
    for (const name of await readdir(parent)) {
      if (!assetIdSchema.safeParse(name).success || assets.find(name) !== undefined) continue;
      await rm(join(parent, name), { recursive: true, force: true });
      logger.info({ assetId: name }, 'deleted what was left of a removed asset');
    }
  }
}
