import type { Dirent } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { readErrorCode } from '../../src-node/data-folder.ts';
import { AppError } from '../../src-shared/domain/errors.ts';
import { isMediaFileName, isTemporaryFileName } from '../../src-shared/domain/media-kinds.ts';
import type { FoundFile } from '../workflows/activity-contracts.ts';

export interface FolderListing {
  /** Files that are media by their name, as they are now. */
  media: FoundFile[];
  /** Visible files that are something else. They are counted and otherwise left alone. */
  foreignCount: number;
}

export interface ScanOptions {
  signal: AbortSignal;
  /** Folders that are passed over: our own data folder may lie inside a watched one. */
  excludedFolders: readonly string[];
}

/**
 * Looks through a folder and the folders in it. Only names, sizes and times are read: no file is opened. Hidden and
 * temporary names are passed over, links are not followed.
 * @throws AppError `storage.vanished` where the folder itself is gone, `storage.unreadable` where it may not be read,
 *   `input.not-a-folder`
 */
export async function scanFolder(root: string, options: ScanOptions): Promise<FolderListing> {
  const listing: FolderListing = { media: [], foreignCount: 0 };
  await scanInto(listing, root, options, await readRoot(root));
  return listing;
}

async function scanInto(
  listing: FolderListing,
  folder: string,
  options: ScanOptions,
  entries: readonly Dirent[],
): Promise<void> {
  for (const entry of entries) {
    options.signal.throwIfAborted();
    const path = join(folder, entry.name);
    if (isTemporaryFileName(entry.name) || options.excludedFolders.includes(path)) continue;
    if (entry.isDirectory()) await scanInto(listing, path, options, await readSubfolder(path));
    else if (entry.isFile() && isMediaFileName(entry.name)) await addFile(listing, path);
    else if (entry.isFile()) listing.foreignCount += 1;
  }
}

async function addFile(listing: FolderListing, path: string): Promise<void> {
  try {
    const { size, mtime } = await stat(path);
    listing.media.push({ path, sizeBytes: size, modifiedAt: mtime.toISOString() });
  } catch (error) {
    // Gone again since the folder was read.
    if (readErrorCode(error) !== 'ENOENT') listing.foreignCount += 1;
  }
}

async function readRoot(root: string): Promise<Dirent[]> {
  try {
    return await readdir(root, { withFileTypes: true });
  } catch (cause) {
    throw explainRoot(root, cause);
  }
}

/** A subfolder that went away or is closed to us does not stop the rest. */
async function readSubfolder(path: string): Promise<Dirent[]> {
  try {
    return await readdir(path, { withFileTypes: true });
  } catch (error) {
    if (readErrorCode(error) === undefined) throw error;
    return [];
  }
}

function explainRoot(root: string, cause: unknown): unknown {
  const code = readErrorCode(cause);
  const details = { path: root, code };
  switch (code) {
    case 'ENOENT':
      return new AppError({
        code: 'storage.vanished',
        userMessage: `The watched folder ${root} is not there right now. What was imported from it is kept. Plug the disk in again, or stop watching the folder; once it is back, this goes on by itself.`,
        retry: 'auto',
        details,
        cause,
      });
    case 'ENOTDIR':
      return new AppError({
        code: 'input.not-a-folder',
        userMessage: `${root} is a file now, no folder. What was imported is kept. Stop watching it, or put the folder back; it then goes on by itself.`,
        retry: 'auto',
        details,
        cause,
      });
    case undefined:
      return cause;
    default:
      return new AppError({
        code: 'storage.unreadable',
        userMessage: `Longhand may not read the watched folder ${root}, or its disk does not answer. What was imported from it is kept. Give your user account read access; it then goes on by itself.`,
        retry: 'auto',
        details,
        cause,
      });
  }
}
