import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { scanFolder, type ScanOptions } from './folder-scan.ts';

let root: string;
const options: ScanOptions = { signal: new AbortController().signal, excludedFolders: [] };

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'longhand-scan-'));
});
afterEach(() => rm(root, { recursive: true, force: true }));

const put = (...path: string[]): Promise<void> => writeFile(join(root, ...path), 'content');
const pathsOf = async (given = options): Promise<string[]> =>
  (await scanFolder(root, given)).media.map(({ path }) => path.slice(root.length + 1)).sort();

describe('scanning a folder', () => {
  it('finds media by name, also in folders inside', async () => {
    await mkdir(join(root, 'day 1', 'camera'), { recursive: true });
    await put('a.wav');
    await put('day 1', 'camera', 'B.MOV');
    expect(await pathsOf()).toEqual(['a.wav', join('day 1', 'camera', 'B.MOV')]);
  });

  it('passes over hidden, temporary and foreign files, and counts only the foreign ones', async () => {
    await mkdir(join(root, '.hidden'));
    for (const name of ['.take.wav', 'take.wav.part', '~take.wav', 'notes.txt']) await put(name);
    await put('.hidden', 'take.wav');
    expect(await scanFolder(root, options)).toEqual({ media: [], foreignCount: 1 });
  });

  it('follows no links and stays out of excluded folders', async () => {
    await mkdir(join(root, 'library'));
    await put('library', 'copy.wav');
    await put('take.wav');
    await symlink(join(root, 'take.wav'), join(root, 'link.wav'));
    await symlink(root, join(root, 'loop'));
    expect(await pathsOf({ ...options, excludedFolders: [join(root, 'library')] })).toEqual(['take.wav']);
  });

  it('says that the folder is gone, as something that may go away by itself', async () => {
    await expect(scanFolder(join(root, 'unplugged'), options)).rejects.toMatchObject({
      code: 'storage.vanished',
      retry: 'auto',
    });
  });

  it('says that a file stands where the folder was', async () => {
    await put('folder');
    await expect(scanFolder(join(root, 'folder'), options)).rejects.toMatchObject({
      code: 'input.not-a-folder',
    });
  });
});
