import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SpeechModelStore, type ModelDownloadProgress } from './models.ts';
import { makeFakeModelFiles, writeFakeModel } from './testing/fake-whisper-model.ts';
import { startFlakyServer, type FlakyServer } from './testing/flaky-server.ts';

const repository = 'Systran/faster-whisper-tiny';
const weightsPath = `/${repository}/resolve/main/model.bin`;
const modelFiles = makeFakeModelFiles();
let folder: string;
let server: FlakyServer;
let store: SpeechModelStore;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'longhand-models-'));
  server = await startFlakyServer(makeHub());
  await writeFakeModel(join(folder, 'bundled'));
  store = new SpeechModelStore({
    modelsFolder: join(folder, 'models'),
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

const namesOf = async (): Promise<string[]> => (await store.list()).map(({ modelId }) => modelId);

describe('SpeechModelStore', () => {
  it('has the bundled model without any download', async () => {
    expect(await store.list()).toMatchObject([
      { modelId: 'base', source: 'bundled', languages: 'multilingual', path: join(folder, 'bundled') },
    ]);
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
        if (one.downloadedBytes === 1_000_000) server.dropConnections();
      },
    });
    expect(server.ranges.get(weightsPath)).toEqual(['', 'bytes=1000000-']);
    expect(progress.at(-1)).toMatchObject({ downloadedBytes: sizeBytes, sizeBytes });
    expect(await store.list()).toMatchObject([
      { modelId: 'base' },
      { modelId: 'tiny', source: 'downloaded' },
    ]);
    const files = await readdir(await store.locate('tiny'));
    expect(files.sort()).toEqual(['config.json', 'longhand-model.json', 'model.bin', 'vocabulary.txt']);
  });

  it('goes on in a new process where a stopped download was', async () => {
    server.plans.set(weightsPath, [{ kind: 'stall-after', bytes: 2_000_000 }]);
    const abort = new AbortController();
    const stopped = store.download('tiny', {
      signal: abort.signal,
      onProgress: ({ downloadedBytes }) => downloadedBytes >= 2_000_000 && abort.abort(),
    });
    await expect(stopped).rejects.toThrow('abort');
    expect(await namesOf()).toEqual(['base']);
    const next = new SpeechModelStore({ modelsFolder: join(folder, 'models'), hubUrl: server.url });
    await next.download('tiny');
    expect(server.ranges.get(weightsPath)).toEqual(['', 'bytes=2000000-']);
    expect(await namesOf()).toEqual(['base', 'tiny']);
  });

  it('says so when the hub cannot be reached', async () => {
    await server.close();
    await expect(store.download('tiny')).rejects.toMatchObject({ code: 'dependency.download-failed' });
  });

  it('imports a folder under a name of its own', async () => {
    await writeFakeModel(join(folder, 'My Model (v2)'));
    const imported = await store.importModel(join(folder, 'My Model (v2)'));
    expect(imported).toMatchObject({ modelId: 'my-model-v2-', name: 'My Model (v2)', source: 'imported' });
    expect(await store.importModel(join(folder, 'My Model (v2)'))).toMatchObject({
      modelId: 'my-model-v2--2',
    });
  });

  it('never lets an import take the place of a model of the catalogue', async () => {
    await writeFakeModel(join(folder, 'base'));
    expect((await store.importModel(join(folder, 'base'))).modelId).toBe('base-2');
  });

  it('imports a ggml file', async () => {
    const head = Buffer.alloc(60);
    [0x67676d6c, 51_864, 1500].forEach((value, i) => void head.writeInt32LE(value, 4 * i));
    await writeFile(join(folder, 'ggml-tiny.en.bin'), head);
    const imported = await store.importModel(join(folder, 'ggml-tiny.en.bin'));
    expect(imported).toMatchObject({ modelId: 'ggml-tiny.en', languages: 'english' });
    expect(await store.locate('ggml-tiny.en')).toBe(imported.path);
  });

  it.each([
    ['a text file', (path: string) => writeFile(path, 'not a model at all, however long this text may be')],
    ['an empty folder', (path: string) => mkdir(path)],
    ['an empty file', (path: string) => writeFile(path, '')],
    [
      'a folder with a cut file',
      async (path: string) => {
        await writeFakeModel(path);
        await writeFile(join(path, 'model.bin'), modelFiles.get('model.bin')?.subarray(0, 5000) ?? '');
      },
    ],
  ])('refuses %s, and leaves nothing behind', async (_title, make) => {
    await make(join(folder, 'wrong'));
    await expect(store.importModel(join(folder, 'wrong'))).rejects.toMatchObject({
      code: 'input.not-a-model',
    });
    expect(await namesOf()).toEqual(['base']);
  });

  it('deletes a model, and what a stopped download has left', async () => {
    await store.download('tiny');
    await store.remove('tiny', { modelIdInUse: 'base' });
    expect(await namesOf()).toEqual(['base']);
    expect(await readdir(join(folder, 'models', 'speech'))).toEqual([]);
  });

  it('keeps the model in use and the bundled one', async () => {
    await store.download('tiny');
    await expect(store.remove('tiny', { modelIdInUse: 'tiny' })).rejects.toMatchObject({
      code: 'input.not-allowed',
    });
    await expect(store.remove('base', { modelIdInUse: 'tiny' })).rejects.toMatchObject({
      code: 'input.not-allowed',
    });
    expect(await namesOf()).toEqual(['base', 'tiny']);
  });

  it('says that there is nothing to delete', async () => {
    await expect(store.remove('small', { modelIdInUse: null })).rejects.toMatchObject({
      code: 'input.not-found',
    });
  });
});
