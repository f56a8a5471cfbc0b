import { stat } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import type { AssetRow } from '../../src-data/assets.ts';
import { AppError } from '../../src-shared/domain/errors.ts';
import { expandMediaPaths } from '../../src-worker/adapters/media/expand-media-paths.ts';
import { hashFile } from '../../src-worker/adapters/media/hash-file.ts';
import { examineFile } from './examine-file.ts';
import type { ChangeHandler } from './handler-types.ts';

/** Beyond this a person should point at a nearer folder. */
const longestSearchMs = 5 * 60_000;
const mostFiles = 200_000;

interface FoundFile {
  path: string;
  fileModifiedAt: string;
}

export const relocateAsset: ChangeHandler<'relocate-asset'> = {
  async prepare({ assetId, path }, { assets, queries }) {
    const asset = assets.get(assetId);
    const found = await findContent(asset, resolve(path));
    return () => {
      assets.relocate(assetId, { ...found, originalName: basename(found.path) });
      return { output: queries.readDetail(assetId), entityId: assetId };
    };
  },
};

/** Only a file with the very same content is taken; where the content was never read, the person is believed. */
async function findContent(asset: AssetRow, path: string): Promise<FoundFile> {
  const given = await examineFile(path, { isFolderAllowed: true });
  const signal = AbortSignal.timeout(longestSearchMs);
  const { contentHash } = asset;
  if (!given.isFolder && contentHash === null) return { path, fileModifiedAt: given.fileModifiedAt };
  if (contentHash === null) {
    throw new AppError({
      code: 'input.invalid',
      userMessage:
        'This recording was never read to its end, so it cannot be told from others in a folder. Nothing was changed. Choose the file itself.',
      retry: 'user',
      details: { assetId: asset.assetId },
    });
  }
  const { files } = given.isFolder
    ? await expandMediaPaths([path], { signal, maximumFiles: mostFiles, maximumDepth: 64 })
    : { files: [path] };
  for (const candidate of files) {
    // The size sorts out nearly all of them at no cost.
    const stats = await stat(candidate);
    if (stats.size !== asset.sizeBytes) continue;
    const { sha256 } = await hashFile(candidate, { signal });
    if (sha256 === contentHash) return { path: candidate, fileModifiedAt: stats.mtime.toISOString() };
  }
  throw new AppError({
    code: 'input.not-found',
    userMessage: given.isFolder
      ? `No file in ${path} has the same content as “${asset.originalName}”. Nothing was changed. Choose another folder, or the file itself.`
      : `${path} has another content than “${asset.originalName}”. Nothing was changed. Choose the file that was moved, or add this one as a new recording.`,
    retry: 'user',
    details: { assetId: asset.assetId, path, examinedCount: files.length },
  });
}
