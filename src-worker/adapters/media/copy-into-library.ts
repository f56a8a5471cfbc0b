import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { copyFile, link, mkdir, open, rename, rm, stat, statfs, utimes } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import { AppError } from '../../../src-shared/domain/errors.ts';
import { readChunks } from './hash-file.ts';
import type { MediaTaskOptions } from './media-tools.ts';
import { errnoCodeOf, explainFailure, withNamedErrors } from './observe-failure.ts';
import { temporaryPathFor } from '../../../src-node/replace-file.ts';

/** Left free on the disk beside the copy, for the database and everything else that lives there. */
const reserveBytes = 200 * 1024 * 1024;

export interface CopyOptions extends MediaTaskOptions {
  /** Free bytes at a folder; tests put a full disk here. */
  readFreeBytes?: (folder: string) => Promise<number>;
}

export interface CopiedFile {
  path: string;
  sizeBytes: number;
  /** SHA-256 made on the way; null where the file system cloned the file without reading it. */
  sha256: string | null;
}

/**
 * Copies an original into `targetFolder` (made if missing) under its own name, or "name (2).mp4" if that is taken.
 * The copy appears whole or not at all, and keeps the modification time. The original is only read.
 *
 * @throws AppError `storage.disk-full` before the first byte if there is no room (`details.missingBytes` says how
 *   much), `storage.vanished`, `storage.unreadable`, `storage.read-only`, `media.changed`
 */
export async function copyIntoLibrary(
  sourcePath: string,
  targetFolder: string,
  options: CopyOptions,
): Promise<CopiedFile> {
  const context = { operation: 'copy', signal: options.signal } as const;
  const source = await withNamedErrors(sourcePath, context, () => stat(sourcePath));
  await withNamedErrors(targetFolder, { ...context, operation: 'write' }, async () => {
    await mkdir(targetFolder, { recursive: true });
    await requireFreeSpace(sourcePath, source.size, targetFolder, options.readFreeBytes ?? readFreeBytes);
  });

  const temporaryPath = temporaryPathFor(join(targetFolder, basename(sourcePath)));
  try {
    const copied = await withNamedErrors(sourcePath, context, () =>
      cloneOrCopy(sourcePath, temporaryPath, source.size, options),
    );
    await utimes(temporaryPath, source.atime, source.mtime);
    const path = await takeFreeName(temporaryPath, targetFolder, basename(sourcePath));
    options.onProgress?.(1);
    return { path, ...copied };
  } catch (error) {
    options.signal.throwIfAborted();
    throw await explainFailure(targetFolder, { operation: 'copy', cause: error });
  } finally {
    await rm(temporaryPath, { force: true });
  }
}

async function readFreeBytes(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}

async function requireFreeSpace(
  sourcePath: string,
  sizeBytes: number,
  targetFolder: string,
  readFree: (folder: string) => Promise<number>,
): Promise<void> {
  const freeBytes = await readFree(targetFolder);
  const missingBytes = sizeBytes + reserveBytes - freeBytes;
  if (missingBytes <= 0) return;
  throw new AppError({
    code: 'storage.disk-full',
    userMessage: `There is no room to copy “${basename(sourcePath)}” into the library: ${formatBytes(missingBytes)} more must be free. Nothing was copied and the original is unchanged; free some space, or use the file where it is.`,
    retry: 'user',
    details: { neededBytes: sizeBytes + reserveBytes, freeBytes, missingBytes },
  });
}

/** Rounded up, so that freeing what is asked for is enough. */
export function formatBytes(bytes: number): string {
  const units = ['bytes', 'KB', 'MB', 'GB', 'TB'];
  let value = bytes;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  const rounded = value >= 10 || unit === 0 ? Math.ceil(value) : Math.ceil(value * 10) / 10;
  return `${rounded} ${units[unit] ?? ''}`;
}

async function cloneOrCopy(
  sourcePath: string,
  temporaryPath: string,
  sizeBytes: number,
  options: CopyOptions,
): Promise<Omit<CopiedFile, 'path'>> {
  try {
    await copyFile(sourcePath, temporaryPath, constants.COPYFILE_FICLONE_FORCE);
    return { sizeBytes, sha256: null };
  } catch {
    // Most file systems cannot share blocks, each with its own error code: copy the bytes, which names real trouble.
    await rm(temporaryPath, { force: true });
    return copyBytes(sourcePath, temporaryPath, sizeBytes, options);
  }
}

async function copyBytes(
  sourcePath: string,
  temporaryPath: string,
  expectedBytes: number,
  options: CopyOptions,
): Promise<Omit<CopiedFile, 'path'>> {
  const source = await open(sourcePath, 'r');
  try {
    const target = await open(temporaryPath, 'wx');
    try {
      const hash = createHash('sha256');
      let sizeBytes = 0;
      for await (const chunk of readChunks(source, options.signal)) {
        hash.update(chunk);
        await target.writeFile(chunk);
        sizeBytes += chunk.length;
        options.onProgress?.(Math.min(1, sizeBytes / expectedBytes));
      }
      await target.sync();
      if (sizeBytes !== expectedBytes || (await stat(sourcePath)).size !== expectedBytes) {
        throw new AppError({
          code: 'media.changed',
          userMessage: `“${basename(sourcePath)}” changed while it was copied, so it is probably still being written. The half copy was removed; it is tried again.`,
          retry: 'auto',
          details: { expectedBytes, sizeBytes },
        });
      }
      return { sizeBytes, sha256: hash.digest('hex') };
    } finally {
      await target.close();
    }
  } finally {
    await source.close();
  }
}

const nameLimit = 10_000;

/** Gives the temporary file its final name without ever replacing another file. */
async function takeFreeName(temporaryPath: string, folder: string, wantedName: string): Promise<string> {
  const extension = extname(wantedName);
  const stem = basename(wantedName, extension);
  for (let attempt = 1; attempt <= nameLimit; attempt += 1) {
    const path = join(folder, attempt === 1 ? wantedName : `${stem} (${attempt})${extension}`);
    try {
      // Unlike a rename, a link fails if the name is taken, also by another process a moment ago.
      await link(temporaryPath, path);
      return path;
    } catch (error) {
      const code = errnoCodeOf(error);
      if (code === 'EEXIST') continue;
      if (code !== 'EPERM' && code !== 'ENOTSUP' && code !== 'EOPNOTSUPP' && code !== 'ENOSYS') throw error;
      // No links on this file system (exFAT): hold the name with an empty file, then replace it.
      if (await holdName(path)) {
        await rename(temporaryPath, path);
        return path;
      }
    }
  }
  throw new AppError({
    code: 'input.conflict',
    userMessage: `The library folder holds too many files called “${wantedName}”. Nothing was copied; rename the file and add it again.`,
    retry: 'user',
  });
}

async function holdName(path: string): Promise<boolean> {
  try {
    const file = await open(path, 'wx');
    await file.close();
    return true;
  } catch (error) {
    if (errnoCodeOf(error) === 'EEXIST') return false;
    throw error;
  }
}
