import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { encodeModelFile, makeFakeVariables, writeFakeModel } from '../testing/fake-whisper-model.ts';
import { convertToGgml } from './convert-model.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'longhand-convert-'));
});
afterEach(() => rm(folder, { recursive: true }));

interface Tensor {
  shape: number[];
  type: number;
  bytes: Buffer;
}

/** Reads a whisper.cpp model as whisper.cpp does. */
function readGgml(file: Buffer): { head: number[]; tokens: string[]; tensors: Map<string, Tensor> } {
  let position = 0;
  const readInt = (): number => file.readInt32LE((position += 4) - 4);
  const read = (lengthBytes: number): Buffer => file.subarray(position, (position += lengthBytes));
  const head = Array.from({ length: 12 }, readInt);
  read(readInt() * readInt() * 4);
  const tokens = Array.from({ length: readInt() }, () => read(readInt()).toString());
  const tensors = new Map<string, Tensor>();
  while (position < file.length) {
    const [rank, nameBytes, type] = [readInt(), readInt(), readInt()];
    const shape = Array.from({ length: rank }, readInt);
    const name = read(nameBytes).toString();
    const count = shape.reduce((product, size) => product * size, 1);
    const lengthBytes = type === 8 ? (count / 32) * 34 : count * (type === 1 ? 2 : 4);
    tensors.set(name, { shape, type, bytes: read(lengthBytes) });
  }
  return { head, tokens, tensors };
}

describe('convertToGgml', () => {
  it('writes every tensor that whisper.cpp wants, in its shape', async () => {
    await writeFakeModel(join(folder, 'model'));
    await convertToGgml(join(folder, 'model'), join(folder, 'model.ggml'));
    const { head, tokens, tensors } = readGgml(await readFile(join(folder, 'model.ggml')));
    expect(head).toEqual([0x67676d6c, 51_865, 1500, 32, 2, 1, 448, 32, 2, 1, 80, 2007]);
    expect(tokens).toHaveLength(50_257);
    expect(tensors.get('encoder.conv1.weight')).toMatchObject({ shape: [3, 80, 32], type: 1 });
    expect(tensors.get('encoder.conv1.bias')).toMatchObject({ shape: [1, 32], type: 0 });
    expect(tensors.get('decoder.token_embedding.weight')).toMatchObject({ shape: [32, 51_865], type: 8 });
    expect(
      [...tensors.keys()].filter((name) => name.startsWith('decoder.blocks.0.cross_attn.')).sort(),
    ).toEqual(
      [
        'key.weight',
        'out.bias',
        'out.weight',
        'query.bias',
        'query.weight',
        'value.bias',
        'value.weight',
      ].map((name) => `decoder.blocks.0.cross_attn.${name}`),
    );
  });

  it('takes query, key and value apart in this order', async () => {
    await writeFakeModel(join(folder, 'model'));
    await convertToGgml(join(folder, 'model'), join(folder, 'model.ggml'));
    const { tensors } = readGgml(await readFile(join(folder, 'model.ggml')));
    const fused = makeFakeVariables().get('encoder/layer_0/self_attention/linear_0/bias')?.bytes;
    expect(tensors.get('encoder.blocks.0.attn.query.bias')?.bytes).toEqual(fused?.subarray(0, 128));
    expect(tensors.get('encoder.blocks.0.attn.value.bias')?.bytes).toEqual(fused?.subarray(256));
  });

  it('refuses a model of another kind, and leaves no file', async () => {
    await writeFakeModel(join(folder, 'model'));
    await writeFile(
      join(folder, 'model', 'model.bin'),
      encodeModelFile(makeFakeVariables(), 'TransformerSpec'),
    );
    await expect(convertToGgml(join(folder, 'model'), join(folder, 'out'))).rejects.toMatchObject({
      code: 'input.not-a-model',
    });
    expect(await readdir(folder)).toEqual(['model']);
  });
});
