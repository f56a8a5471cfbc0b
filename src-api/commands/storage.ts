import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { listBackups } from '../../src-data/backup.ts';
import { readErrorCode } from '../../src-node/data-folder.ts';
import type { QueryHandler } from './handler-types.ts';

export const readStorage: QueryHandler<'read-storage'> = {
  async answer(_input, { dataFolder }) {
    const { root, mediaFolder, modelsFolder, backupsFolder, logsFolder, temporalFolder } = dataFolder;
    const copies: Sum = { sizeBytes: 0 };
    const previews: Sum = { sizeBytes: 0 };
    await addFolder(mediaFolder, (path) => (path.includes(originalsMark) ? copies : previews));
    const sizeOf = async (folder: string): Promise<number> => {
      const sum: Sum = { sizeBytes: 0 };
      await addFolder(folder, () => sum);
      return sum.sizeBytes;
    };
    return {
      dataFolder: root,
      parts: [
        { name: 'Library', sizeBytes: await sizeOfDatabase(root) },
        { name: 'Copies of originals', sizeBytes: copies.sizeBytes },
        { name: 'Previews', sizeBytes: previews.sizeBytes },
        { name: 'Models', sizeBytes: await sizeOf(modelsFolder) },
        { name: 'Backups', sizeBytes: await sizeOf(backupsFolder) },
        { name: 'Work engine', sizeBytes: await sizeOf(temporalFolder) },
        { name: 'Logs', sizeBytes: await sizeOf(logsFolder) },
      ],
      backups: listBackups(backupsFolder).map(({ fileName, createdAt, sizeBytes }) => ({
        fileName,
        createdAt: createdAt.toISOString(),
        sizeBytes,
      })),
    };
  },
};

interface Sum {
  sizeBytes: number;
}

/** See `describeAssetFiles`: copies lie in a folder of this name. */
const originalsMark = join('/', 'original', '/');

async function sizeOfDatabase(root: string): Promise<number> {
  const names = (await readdir(root)).filter((name) => /^(longhand|corrupt-.*)\.db/.test(name));
  const sizes = await Promise.all(names.map((name) => sizeOfFile(join(root, name))));
  return sizes.reduce((total, size) => total + size, 0);
}

async function addFolder(folder: string, sumFor: (path: string) => Sum): Promise<void> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: unknown) => {
    if (readErrorCode(error) === 'ENOENT') return [];
    throw error;
  });
  for (const entry of entries) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) await addFolder(path, sumFor);
    else sumFor(path).sizeBytes += await sizeOfFile(path);
  }
}

/** Files come and go while they are counted. */
async function sizeOfFile(path: string): Promise<number> {
  try {
    return (await stat(path)).size;
  } catch (error) {
    if (readErrorCode(error) === 'ENOENT') return 0;
    throw error;
  }
}
