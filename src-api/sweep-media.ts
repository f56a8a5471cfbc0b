import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { AssetRepository } from '../src-data/assets.ts';
import type { AuditRepository } from '../src-data/audit.ts';
import type { DataFolder } from '../src-node/data-folder.ts';
import type { Logger } from '../src-node/logger.ts';
import { assetIdSchema } from '../src-shared/domain/asset.ts';

/**
 * Deletes what is left of removed assets: work that was being cancelled may have written once more, or a crash came
 * between the rows and the files. Only what the person has removed goes: after a restore from a backup there are
 * folders without an asset too, and a copy in one of them may be the only one there is.
 */
export async function sweepRemovedMedia(options: {
  assets: Pick<AssetRepository, 'find'>;
  audit: Pick<AuditRepository, 'wasDone'>;
  dataFolder: DataFolder;
  logger: Logger;
}): Promise<void> {
  const { assets, audit, dataFolder, logger } = options;
  for (const parent of [dataFolder.mediaFolder, dataFolder.scratchFolder]) {
    for (const name of await readdir(parent)) {
      if (!assetIdSchema.safeParse(name).success || assets.find(name) !== undefined) continue;
      if (!audit.wasDone('remove-asset', name)) continue;
      await rm(join(parent, name), { recursive: true, force: true });
      logger.info({ assetId: name }, 'deleted what was left of a removed asset');
    }
  }
}
