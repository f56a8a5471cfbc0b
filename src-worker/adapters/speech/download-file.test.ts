import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { downloadFile, type FileToDownload } from './download-file.ts';
import { startFlakyServer, type FlakyServer } from './testing/flaky-server.ts';

const content = Buffer.from(Array.from({ length: 300_000 }, (_, i) => (i * 7 + (i >> 8)) % 256));
const quick = { pauseMs: 1 };
let folder: string;
let server: FlakyServer;
let file: FileToDownload;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'longhand-download-'));
  server = await startFlakyServer(new Map([['/model', content]]));
  file = {
    url: `${server.url}/model`,
    path: join(folder, 'model.bin'),
    sizeBytes: content.length,
    hash: { kind: 'sha256', value: createHash('sha256').update(content).digest('hex') },
  };
});

afterEach(async () => {
  await server.close();
  await rm(folder, { recursive: true });
});

const dropAt = (expected: number) => (bytes: number) => {
  if (bytes === expected) server.dropConnections();
};
const partSize = async (): Promise<number> => (await stat(`${file.path}.part`)).size;

describe('downloadFile', () => {
  it('goes on by itself where a connection was lost, without fetching anything twice', async () => {
    server.plans.set('/model', [
      { kind: 'stall-after', bytes: 100_000 },
      { kind: 'stall-after', bytes: 50_000 },
    ]);
    const progress: number[] = [];
    await downloadFile(file, {
      ...quick,
      onProgress(bytes) {
        progress.push(bytes);
        dropAt(100_000)(bytes);
        dropAt(150_000)(bytes);
      },
    });
    expect(await readFile(file.path)).toEqual(content);
    expect(server.ranges.get('/model')).toEqual(['', 'bytes=100000-', 'bytes=150000-']);
    expect(progress).toEqual([...progress].sort((left, right) => left - right));
    expect(progress.at(-1)).toBe(content.length);
  });

  it('keeps what arrived when it is aborted, and goes on from there the next time', async () => {
    server.plans.set('/model', [{ kind: 'stall-after', bytes: 120_000 }]);
    const abort = new AbortController();
    const stopped = downloadFile(file, {
      ...quick,
      signal: abort.signal,
      onProgress: (bytes) => bytes >= 120_000 && abort.abort(new Error('enough')),
    });
    await expect(stopped).rejects.toThrow('enough');
    expect(await partSize()).toBe(120_000);
    await downloadFile(file, quick);
    expect(server.ranges.get('/model')).toEqual(['', 'bytes=120000-']);
    expect(await readFile(file.path)).toEqual(content);
  });

  it('takes a silent connection for a lost one', async () => {
    server.plans.set('/model', [{ kind: 'stall-after', bytes: 90_000 }]);
    await downloadFile(file, { ...quick, longestSilenceMs: 1_000 });
    expect(await readFile(file.path)).toEqual(content);
  });

  it('starts again where the server knows no ranges', async () => {
    server.plans.set('/model', [{ kind: 'stall-after', bytes: 100_000 }, { kind: 'ignore-range' }]);
    await downloadFile(file, { ...quick, onProgress: dropAt(100_000) });
    expect(server.ranges.get('/model')).toEqual(['', 'bytes=100000-']);
    expect(await readFile(file.path)).toEqual(content);
  });

  it('tries again while the server is busy', async () => {
    server.plans.set('/model', [{ kind: 'status', status: 503 }]);
    await downloadFile(file, quick);
    expect(await readFile(file.path)).toEqual(content);
  });

  it('gives up at once on what is not there', async () => {
    const missing = { ...file, url: `${server.url}/nothing` };
    await expect(downloadFile(missing, quick)).rejects.toMatchObject({ code: 'dependency.download-failed' });
    expect(server.ranges.get('/nothing')).toHaveLength(1);
  });

  it('gives up after some tries that bring nothing, and keeps what arrived', async () => {
    const vain = Array.from({ length: 4 }, () => ({ kind: 'refuse' }) as const);
    server.plans.set('/model', [{ kind: 'stall-after', bytes: 100_000 }, ...vain]);
    const failed = downloadFile(file, { ...quick, onProgress: dropAt(100_000) });
    await expect(failed).rejects.toMatchObject({ code: 'dependency.download-failed' });
    expect(await partSize()).toBe(100_000);
  });

  it('throws away a file with another hash', async () => {
    const wrong: FileToDownload = { ...file, hash: { kind: 'sha256', value: '00' } };
    await expect(downloadFile(wrong, quick)).rejects.toMatchObject({ code: 'dependency.hash-mismatch' });
    await expect(partSize()).rejects.toThrow('ENOENT');
    await expect(stat(file.path)).rejects.toThrow('ENOENT');
  });

  it('checks small files by their git hash', async () => {
    const value = createHash('sha1').update(`blob ${content.length}\0`).update(content).digest('hex');
    await downloadFile({ ...file, hash: { kind: 'git-blob', value } }, quick);
    expect(await readFile(file.path)).toEqual(content);
  });
});
