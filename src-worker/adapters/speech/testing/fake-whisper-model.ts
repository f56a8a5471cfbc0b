import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

interface FakeVariable {
  shape: number[];
  /** 0 float32, 1 int8 */
  dataType: 0 | 1;
  bytes: Buffer;
}

const width = 32;
const vocabularySize = 51_865;

/** The weights of a Whisper with one layer and a width of 32, all numbers different: for tests of reading. */
export function makeFakeVariables(): Map<string, FakeVariable> {
  const variables = new Map<string, FakeVariable>();
  const add = (name: string, ...shape: number[]): void => {
    const count = shape.reduce((product, size) => product * size, 1);
    const seed = variables.size + 1;
    const values = Float32Array.from({ length: count }, (_, i) => seed + i / count);
    variables.set(name, { shape, dataType: 0, bytes: Buffer.from(values.buffer) });
  };
  const addLinear = (name: string, rows: number, columns: number): void => {
    add(`${name}/weight`, rows, columns);
    add(`${name}/bias`, rows);
  };
  const addNorm = (name: string): void => {
    add(`${name}/gamma`, width);
    add(`${name}/beta`, width);
  };

  add('encoder/conv1/weight', width, 80, 3);
  add('encoder/conv1/bias', width);
  add('encoder/conv2/weight', width, width, 3);
  add('encoder/conv2/bias', width);
  add('decoder/embeddings/weight', vocabularySize, width);
  for (const side of ['encoder', 'decoder']) {
    add(`${side}/position_encodings/encodings`, side === 'encoder' ? 1500 : 448, width);
    variables.set(`${side}/num_heads`, { shape: [], dataType: 1, bytes: Buffer.from([2]) });
    addLinear(`${side}/layer_0/self_attention/linear_0`, 3 * width, width);
    addLinear(`${side}/layer_0/self_attention/linear_1`, width, width);
    addNorm(`${side}/layer_0/self_attention/layer_norm`);
    if (side === 'decoder') {
      addLinear('decoder/layer_0/attention/linear_0', width, width);
      addLinear('decoder/layer_0/attention/linear_1', 2 * width, width);
      addLinear('decoder/layer_0/attention/linear_2', width, width);
      addNorm('decoder/layer_0/attention/layer_norm');
    }
    addLinear(`${side}/layer_0/ffn/linear_0`, 4 * width, width);
    addLinear(`${side}/layer_0/ffn/linear_1`, width, 4 * width);
    addNorm(`${side}/layer_0/ffn/layer_norm`);
    addNorm(`${side}/layer_norm`);
  }
  return variables;
}

/** Writes variables as CTranslate2 does. */
export function encodeModelFile(variables: Map<string, FakeVariable>, specification = 'WhisperSpec'): Buffer {
  const parts: Buffer[] = [];
  const writeInt = (value: number, lengthBytes: 1 | 2 | 4): void => {
    const bytes = Buffer.alloc(lengthBytes);
    bytes.writeUIntLE(value, 0, lengthBytes);
    parts.push(bytes);
  };
  const writeText = (text: string): void => {
    writeInt(text.length + 1, 2);
    parts.push(Buffer.from(`${text}\0`));
  };
  writeInt(6, 4);
  writeText(specification);
  writeInt(3, 4);
  writeInt(variables.size, 4);
  for (const [name, { shape, dataType, bytes }] of variables) {
    writeText(name);
    writeInt(shape.length, 1);
    for (const size of shape) writeInt(size, 4);
    writeInt(dataType, 1);
    writeInt(bytes.length, 4);
    parts.push(bytes);
  }
  writeInt(0, 4);
  return Buffer.concat(parts);
}

/** The files of a model folder, by name. */
export function makeFakeModelFiles(): Map<string, Buffer> {
  const vocabulary = Array.from({ length: vocabularySize }, (_, token) => `t${token}`);
  return new Map([
    ['model.bin', encodeModelFile(makeFakeVariables())],
    ['config.json', Buffer.from('{}')],
    ['vocabulary.txt', Buffer.from(`${vocabulary.join('\n')}\n`)],
  ]);
}

/** Writes a model folder that passes for a Whisper model until someone computes with it. */
export async function writeFakeModel(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const [name, bytes] of makeFakeModelFiles()) await writeFile(join(folder, name), bytes);
}
