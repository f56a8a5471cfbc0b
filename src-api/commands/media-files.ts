import { access } from 'node:fs/promises';
import { resolve } from 'node:path';
import { describeAssetFiles } from '../../src-node/asset-files.ts';
import { AppError } from '../../src-shared/domain/errors.ts';
import { mimeTypeOfFileName } from '../../src-shared/domain/media-mime-types.ts';
import { expandMediaPaths } from '../../src-worker/adapters/media/expand-media-paths.ts';
import type { QueryHandler } from './handler-types.ts';
import type { CommandServices } from './services.ts';

const longestScanMs = 60_000;

export const locateMedia: QueryHandler<'locate-media'> = {
  async answer({ assetId, rendition }, services) {
    const asset = services.assets.get(assetId);
    const files = describeAssetFiles(services.dataFolder, assetId);
    switch (rendition) {
      case 'original':
        await noticeWhetherMissing(services, assetId, asset.path);
        return { path: asset.path, mimeType: mimeTypeOfFileName(asset.path) };
      case 'thumbnail':
        if (!asset.hasThumbnail) throw notMade(assetId, rendition);
        return { path: files.thumbnail, mimeType: 'image/jpeg' };
      case 'waveform':
        if (!asset.hasWaveform) throw notMade(assetId, rendition);
        return { path: files.waveform, mimeType: 'application/octet-stream' };
    }
  },
};

export const expandPaths: QueryHandler<'expand-paths'> = {
  async answer({ paths }) {
    const { files, skipped, isLimitReached } = await expandMediaPaths(
      paths.map((path) => resolve(path)),
      { signal: AbortSignal.timeout(longestScanMs) },
    );
    return { files, skippedCount: skipped.length, isCutOff: isLimitReached };
  },
};

/** Remembered with the asset, so that lists show it too. @throws AppError `storage.vanished` */
async function noticeWhetherMissing(
  { assets }: CommandServices,
  assetId: string,
  path: string,
): Promise<void> {
  const isThere = await access(path).then(
    () => true,
    () => false,
  );
  assets.setFileMissing(assetId, !isThere);
  if (isThere) return;
  throw new AppError({
    code: 'storage.vanished',
    userMessage: `The file is not at ${path} any more. Transcript and notes are kept. Choose “Locate” to show where it is now.`,
    retry: 'user',
    details: { assetId, path },
  });
}

function notMade(assetId: string, rendition: string): AppError {
  return new AppError({
    code: 'input.not-found',
    userMessage: `There is no ${rendition} for this recording (yet). Nothing is wrong with the recording itself.`,
    retry: 'never',
    details: { assetId, rendition },
  });
}
