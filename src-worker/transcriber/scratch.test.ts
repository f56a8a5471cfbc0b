import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { explainWriteFailure, Scratch } from './scratch.ts';

const chunk = { startSample: 0, endSample: 448_000 };
const encoded = { bytes: Uint8Array.of(1, 10, 0, 255), durationMs: 28_000 };
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'longhand-scratch-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

describe('Scratch', () => {
  it('gives back what an earlier run kept', async () => {
    await new Scratch(folder, 'engine 1').write(chunk, encoded);
    expect(await new Scratch(folder, 'engine 1').read(chunk)).toEqual(encoded);
  });

  it('has nothing for another engine or another stretch of audio', async () => {
    await new Scratch(folder, 'engine 1').write(chunk, encoded);
    expect(await new Scratch(folder, 'engine 2').read(chunk)).toBeUndefined();
    expect(await new Scratch(folder, 'engine 1').read({ startSample: 0, endSample: 1 })).toBeUndefined();
  });

  it('does not use a damaged file', async () => {
    const scratch = new Scratch(folder, 'engine 1');
    await scratch.write(chunk, encoded);
    const [name = ''] = await readdir(folder);
    const content = await readFile(join(folder, name));
    await writeFile(join(folder, name), content.subarray(0, -1));
    expect(await scratch.read(chunk)).toBeUndefined();
    await writeFile(join(folder, name), '');
    expect(await scratch.read(chunk)).toBeUndefined();
  });

  it('removes its own files and nothing else', async () => {
    const scratch = new Scratch(folder, 'engine 1');
    await writeFile(join(folder, 'foreign'), '');
    await scratch.write(chunk, encoded);
    await scratch.write({ startSample: 448_000, endSample: 900_000 }, encoded);
    await scratch.remove(chunk);
    expect(await readdir(folder)).toHaveLength(2);
    await scratch.clear();
    expect(await readdir(folder)).toEqual(['foreign']);
  });

  it('names a full disk', () => {
    const failure = Object.assign(new Error('no space'), { code: 'ENOSPC' });
    expect(explainWriteFailure(failure)).toMatchObject({ code: 'storage.disk-full', retry: 'user' });
  });

  it('leaves a failure that it does not know as it is', async () => {
    await writeFile(join(folder, 'file'), '');
    const scratch = new Scratch(join(folder, 'file', 'below'), 'engine 1');
    await expect(scratch.write(chunk, encoded)).rejects.toThrow('ENOTDIR');
  });
});
