import { randomUUID } from 'node:crypto';
import { readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';

const temporaryPrefix = '.longhand-';
const temporarySuffix = '.part';

/** A new hidden name in the same folder, so that the rename at the end stays within one file system. */
export function temporaryPathFor(finalPath: string): string {
  return join(dirname(finalPath), `${temporaryPrefix}${randomUUID()}${temporarySuffix}`);
}

/**
 * Makes or replaces a file in one step: `write` fills a temporary file, which then takes the final name. Readers see
 * the old file or the whole new one. On failure the temporary file is removed and the old file stays.
 */
export async function replaceFile<Value>(
  finalPath: string,
  write: (temporaryPath: string) => Promise<Value>,
): Promise<Value> {
  const temporaryPath = temporaryPathFor(finalPath);
  try {
    const value = await write(temporaryPath);
    await rename(temporaryPath, finalPath);
    return value;
  } catch (error) {
    await rm(temporaryPath, { force: true });
    throw error;
  }
}

/**
 * Removes temporary files that a crashed run left in `folder`. Younger ones may belong to work in hand.
 *
 * @returns how many were removed.
 */
export async function removeStaleTemporaryFiles(folder: string, olderThanMs: number): Promise<number> {
  let removedCount = 0;
  for (const name of await readdir(folder)) {
    if (!name.startsWith(temporaryPrefix) || !name.endsWith(temporarySuffix)) continue;
    const path = join(folder, name);
    const stats = await stat(path);
    if (Date.now() - stats.mtimeMs < olderThanMs) continue;
    await rm(path, { force: true });
    removedCount += 1;
  }
  return removedCount;
}
