import { mkdir, mkdtemp, rm, unlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { inspectModel } from './inspect-model.ts';
import {
  encodeModelFile,
  makeFakeModelFiles,
  makeFakeVariables,
  writeFakeModel,
} from './testing/fake-whisper-model.ts';

let path: string;
beforeEach(async () => {
  path = join(await mkdtemp(join(tmpdir(), 'longhand-inspect-')), 'model');
});
afterEach(() => rm(join(path, '..'), { recursive: true }));

function makeGgmlHead(vocabularySize: number, audioContext = 1500): Buffer {
  const head = Buffer.alloc(60);
  [0x67676d6c, vocabularySize, audioContext].forEach((value, i) => void head.writeInt32LE(value, 4 * i));
  return head;
}

describe('inspectModel', () => {
  it('knows a CTranslate2 folder', async () => {
    await writeFakeModel(path);
    expect(await inspectModel(path)).toMatchObject({ format: 'ctranslate2', isMultilingual: true });
  });

  it('knows ggml files, English-only ones apart', async () => {
    await writeFile(path, makeGgmlHead(51_865));
    expect(await inspectModel(path)).toMatchObject({ format: 'ggml', isMultilingual: true });
    await writeFile(path, makeGgmlHead(51_864));
    expect(await inspectModel(path)).toMatchObject({ format: 'ggml', isMultilingual: false });
  });

  it('says that nothing is there', async () => {
    await expect(inspectModel(path)).rejects.toMatchObject({ code: 'dependency.speech-model-missing' });
  });

  const cut = makeFakeModelFiles().get('model.bin')?.subarray(0, 5000) ?? Buffer.alloc(0);
  it.each<[string, () => Promise<unknown>]>([
    ['a text file', () => writeFile(path, 'not a model at all, however long this text may be in the end')],
    ['an empty file', () => writeFile(path, '')],
    ['a ggml model of another kind', () => writeFile(path, makeGgmlHead(32_000, 4096))],
    ['an empty folder', () => mkdir(path)],
    [
      'a folder whose weights are cut',
      () => writeFakeModel(path).then(() => writeFile(join(path, 'model.bin'), cut)),
    ],
    [
      'a folder without a vocabulary',
      () => writeFakeModel(path).then(() => unlink(join(path, 'vocabulary.txt'))),
    ],
    [
      'a translation model',
      async () => {
        await writeFakeModel(path);
        await writeFile(join(path, 'model.bin'), encodeModelFile(makeFakeVariables(), 'TransformerSpec'));
      },
    ],
  ])('refuses %s', async (_title, make) => {
    await make();
    await expect(inspectModel(path)).rejects.toMatchObject({ code: 'input.not-a-model' });
  });
});
