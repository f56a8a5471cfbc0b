import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { speechModelCatalogue } from '../../../src-shared/domain/speech-model-catalogue.ts';
import { findHubModel } from './model-hub.ts';
import type { ModelDownloadProgress } from './download-speedometer.ts';
import { SpeechModelStore } from './models.ts';
import { makeFakeModelFiles, writeFakeModel } from './testing/fake-whisper-model.ts';
import { startFlakyServer, type FlakyServer } from './testing/flaky-server.ts';

const repository = 'Systran/faster-whisper-tiny';
const weightsPath = `/${repository}/resolve/main/model.bin`;
const modelFiles = makeFakeModelFiles();
/** They come first. */
const smallFilesBytes = [...modelFiles]
  .filter(([name]) => name !== 'model.bin')
  .reduce((sum, [, bytes]) => sum + bytes.length, 0);
let folder: string;
let server: FlakyServer;
let store: SpeechModelStore;
let hubFiles: Map<string, Buffer>;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'longhand-models-'));
  hubFiles = makeHub();
  server = await startFlakyServer(hubFiles);
  await writeFakeModel(join(folder, 'bundled'));
  store = new SpeechModelStore({
    dataFolder: { modelsFolder: join(folder, 'models') },
    bundledModelPath: join(folder, 'bundled'),
    hubUrl: server.url,
    download: { pauseMs: 1 },
  });
});

afterEach(async () => {
  await server.close();
  await rm(folder, { recursive: true });
});

/** The hub's list of files, with large ones kept under their SHA-256, and the files themselves. */
function makeHub(): Map<string, Buffer> {
  const list = [...modelFiles].map(([path, bytes]) => {
    const oid = createHash('sha1').update(`blob ${bytes.length}\0`).update(bytes).digest('hex');
    const lfs = { oid: createHash('sha256').update(bytes).digest('hex'), size: bytes.length };
    return { type: 'file', path, size: bytes.length, oid, ...(path === 'model.bin' ? { lfs } : {}) };
  });
  const readme = { type: 'file', path: 'README.md', size: 5, oid: '0' };
  return new Map([
    [`/api/models/${repository}/tree/main`, Buffer.from(JSON.stringify([...list, readme]))],
    ...[...modelFiles].map(([name, bytes]) => [`/${repository}/resolve/main/${name}`, bytes] as const),
  ]);
}

describe('SpeechModelStore', () => {
  it('has the bundled model without any download', async () => {
    expect(await store.locate('base')).toBe(join(folder, 'bundled'));
  });

  it('names what to do about a model that is not there', async () => {
    await expect(store.locate('small')).rejects.toMatchObject({ code: 'dependency.speech-model-missing' });
    await expect(store.locate('../../etc')).rejects.toMatchObject({
      code: 'dependency.speech-model-missing',
    });
  });

  it('downloads a model through a lost connection, and only what is needed', async () => {
    server.plans.set(weightsPath, [{ kind: 'stall-after', bytes: 1_000_000 }]);
    const progress: ModelDownloadProgress[] = [];
    const { sizeBytes } = await store.download('tiny', {
      onProgress(one) {
        progress.push(one);
        if (one.downloadedBytes === smallFilesBytes + 1_000_000) server.dropConnections();
      },
    });
    expect(server.ranges.get(weightsPath)).toEqual(['', 'bytes=1000000-']);
    expect(progress.at(-1)).toMatchObject({ downloadedBytes: sizeBytes, sizeBytes });
    const files = await readdir(await store.locate('tiny'));
    expect(files.sort()).toEqual(['config.json', 'model.bin', 'vocabulary.txt']);
  });

  it('goes on in a new process where a stopped download was', async () => {
    server.plans.set(weightsPath, [{ kind: 'stall-after', bytes: 2_000_000 }]);
    const abort = new AbortController();
    const stopped = store.download('tiny', {
      signal: abort.signal,
      onProgress: ({ downloadedBytes }) => downloadedBytes >= smallFilesBytes + 2_000_000 && abort.abort(),
    });
    await expect(stopped).rejects.toThrow('abort');
    await expect(store.locate('tiny')).rejects.toMatchObject({ code: 'dependency.speech-model-missing' });
    const dataFolder = { modelsFolder: join(folder, 'models') };
    const next = new SpeechModelStore({ dataFolder, hubUrl: server.url });
    await next.download('tiny');
    expect(server.ranges.get(weightsPath)).toEqual(['', 'bytes=2000000-']);
    expect(await next.locate('tiny')).toBe(join(folder, 'models', 'speech', 'tiny'));
  });

  it('says so when the hub cannot be reached', async () => {
    await server.close();
    await expect(store.download('tiny')).rejects.toMatchObject({ code: 'dependency.download-failed' });
  });

  it('refuses a download that is not what was published', async () => {
    hubFiles.set(`/${repository}/resolve/main/config.json`, Buffer.from('[]'));
    await expect(store.download('tiny')).rejects.toMatchObject({ code: 'dependency.hash-mismatch' });
    await expect(store.locate('tiny')).rejects.toMatchObject({ code: 'dependency.speech-model-missing' });
  });

  it('knows where on the hub every model of the catalogue is', () => {
    for (const { modelId } of speechModelCatalogue) expect(findHubModel(modelId).repository).toContain('/');
    expect(() => findHubModel('huge')).toThrow('input.not-found');
  });

  it('finds an imported ggml file', async () => {
    const path = join(folder, 'models', 'speech', 'mine', 'model.ggml');
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, '');
    expect(await store.locate('mine')).toBe(path);
  });
});
