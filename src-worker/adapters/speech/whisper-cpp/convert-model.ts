import { open, rename, rm, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import {
  createNotAModelError,
  readModelFile,
  type ModelFile,
  type ModelVariable,
} from '../ctranslate2/model-file.ts';
import { readVocabulary } from '../ctranslate2/vocabulary.ts';
import { GgmlWriter, makeMelFilters } from './ggml-file.ts';
import { readHalves, readSingles, type GgmlType } from './ggml-numbers.ts';

/** Vocabularies start with the text tokens; `<|endoftext|>` follows them. */
const textTokenCounts = { multilingual: 50_257, english: 50_256 };
const englishVocabularySize = 51_864;

/**
 * Turns a CTranslate2 Whisper folder into a whisper.cpp model with 8-bit weights. The same numbers as whisper.cpp's
 * own converter and quantiser give, tensor by tensor, so that memory stays small. The file appears only when it is
 * complete.
 *
 * @throws AppError `input.not-a-model`
 */
export async function convertToGgml(modelFolder: string, targetPath: string): Promise<void> {
  const sourcePath = join(modelFolder, 'model.bin');
  const model = await readModelFile(sourcePath);
  if (model.specification !== 'WhisperSpec') throw createNotAModelError(sourcePath, model.specification);
  const temporaryPath = `${targetPath}.${process.pid}.part`;
  const source = await open(sourcePath, 'r');
  try {
    const target = await open(temporaryPath, 'w');
    try {
      await new Converter({ source, model, sourcePath, writer: new GgmlWriter(target) }).convert(modelFolder);
      await target.sync();
    } finally {
      await target.close();
    }
    await rename(temporaryPath, targetPath);
  } finally {
    await source.close();
    await rm(temporaryPath, { force: true });
  }
}

class Converter {
  readonly #source: FileHandle;
  readonly #model: ModelFile;
  readonly #sourcePath: string;
  readonly #writer: GgmlWriter;

  constructor(parts: { source: FileHandle; model: ModelFile; sourcePath: string; writer: GgmlWriter }) {
    this.#source = parts.source;
    this.#model = parts.model;
    this.#sourcePath = parts.sourcePath;
    this.#writer = parts.writer;
  }

  async convert(modelFolder: string): Promise<void> {
    const [vocabularySize = 0, width = 0] = this.#find('decoder/embeddings/weight').shape;
    const [, melBands = 0] = this.#find('encoder/conv1/weight').shape;
    const contextOf = (side: string): number =>
      this.#find(`${side}/position_encodings/encodings`).shape[0] ?? 0;
    await this.#writer.writeHead({
      vocabularySize,
      audioContext: contextOf('encoder'),
      audioWidth: width,
      audioHeads: await this.#readHeads('encoder'),
      audioLayers: this.#countLayers('encoder'),
      textContext: contextOf('decoder'),
      textWidth: width,
      textHeads: await this.#readHeads('decoder'),
      textLayers: this.#countLayers('decoder'),
      melBands,
    });
    await this.#writer.writeInts([melBands, 201]);
    await this.#writer.writeBytes(new Uint8Array(makeMelFilters(melBands).buffer));
    await this.#writeVocabulary(modelFolder, vocabularySize);
    await this.#writeEncoderInput(width);
    for (const side of ['encoder', 'decoder'] as const) await this.#writeLayers(side);
    await this.#copyNorm('encoder/layer_norm', 'encoder.ln_post');
    await this.#copyNorm('decoder/layer_norm', 'decoder.ln');
    await this.#copy('decoder/embeddings/weight', 'decoder.token_embedding.weight');
  }

  /** Only the text tokens, as raw bytes: whisper.cpp knows the special ones. */
  async #writeVocabulary(modelFolder: string, vocabularySize: number): Promise<void> {
    const vocabulary = await readVocabulary(modelFolder);
    const count =
      vocabularySize === englishVocabularySize ? textTokenCounts.english : textTokenCounts.multilingual;
    await this.#writer.writeInts([count]);
    const parts: Uint8Array[] = [];
    for (let token = 0; token < count; token += 1) {
      const bytes = vocabulary.bytesOf(token);
      const length = Buffer.alloc(4);
      length.writeInt32LE(bytes.length);
      parts.push(length, bytes);
    }
    await this.#writer.writeBytes(Buffer.concat(parts));
  }

  async #writeEncoderInput(width: number): Promise<void> {
    for (const name of ['conv1', 'conv2']) {
      await this.#copy(`encoder/${name}/weight`, `encoder.${name}.weight`, { type: 'float16' });
      await this.#copy(`encoder/${name}/bias`, `encoder.${name}.bias`, {
        shape: [width, 1],
        type: 'float32',
      });
    }
  }

  async #writeLayers(side: 'encoder' | 'decoder'): Promise<void> {
    const positions = `${side}/position_encodings/encodings`;
    await this.#copy(positions, `${side}.positional_embedding`, { type: 'float32' });
    for (let layer = 0; layer < this.#countLayers(side); layer += 1) {
      const from = `${side}/layer_${layer}`;
      const to = `${side}.blocks.${layer}`;
      await this.#split(`${from}/self_attention/linear_0`, [
        `${to}.attn.query`,
        `${to}.attn.key`,
        `${to}.attn.value`,
      ]);
      await this.#copyLinear(`${from}/self_attention/linear_1`, `${to}.attn.out`);
      await this.#copyNorm(`${from}/self_attention/layer_norm`, `${to}.attn_ln`);
      if (side === 'decoder') {
        await this.#copyLinear(`${from}/attention/linear_0`, `${to}.cross_attn.query`);
        await this.#split(`${from}/attention/linear_1`, [`${to}.cross_attn.key`, `${to}.cross_attn.value`]);
        await this.#copyLinear(`${from}/attention/linear_2`, `${to}.cross_attn.out`);
        await this.#copyNorm(`${from}/attention/layer_norm`, `${to}.cross_attn_ln`);
      }
      await this.#copyLinear(`${from}/ffn/linear_0`, `${to}.mlp.0`);
      await this.#copyLinear(`${from}/ffn/linear_1`, `${to}.mlp.2`);
      await this.#copyNorm(`${from}/ffn/layer_norm`, `${to}.mlp_ln`);
    }
  }

  async #copyLinear(from: string, to: string): Promise<void> {
    await this.#copy(`${from}/weight`, `${to}.weight`);
    await this.#copy(`${from}/bias`, `${to}.bias`);
  }

  async #copyNorm(from: string, to: string): Promise<void> {
    await this.#copy(`${from}/gamma`, `${to}.weight`);
    await this.#copy(`${from}/beta`, `${to}.bias`);
  }

  /** CTranslate2 keeps query, key and value in one matrix, one below the other. */
  async #split(from: string, names: readonly string[]): Promise<void> {
    const weight = this.#find(`${from}/weight`);
    const [rows = 0, columns = 0] = weight.shape;
    const rowsEach = rows / names.length;
    const weights = await this.#read(weight);
    const biases = await this.#read(this.#find(`${from}/bias`));
    for (const [i, name] of names.entries()) {
      const part = weights.slice(i * rowsEach * columns, (i + 1) * rowsEach * columns);
      await this.#writer.writeTensor(`${name}.weight`, [rowsEach, columns], part, 'q8_0');
      const bias = biases.slice(i * rowsEach, (i + 1) * rowsEach);
      // Whisper's keys have no bias; CTranslate2 fills in zeros.
      if (!name.endsWith('.key')) await this.#writer.writeTensor(`${name}.bias`, [rowsEach], bias, 'float32');
    }
  }

  async #copy(from: string, to: string, as: { shape?: number[]; type?: GgmlType } = {}): Promise<void> {
    const variable = this.#find(from);
    const type = as.type ?? (variable.shape.length === 1 ? 'float32' : 'q8_0');
    await this.#writer.writeTensor(to, as.shape ?? variable.shape, await this.#read(variable), type);
  }

  async #read(variable: ModelVariable): Promise<Float32Array> {
    const bytes = await this.#readBytes(variable);
    if (variable.dataType === 0) return readSingles(bytes);
    if (variable.dataType === 4) return readHalves(bytes);
    throw createNotAModelError(this.#sourcePath, 'its weights are neither float16 nor float32');
  }

  async #readHeads(side: string): Promise<number> {
    const variable = this.#find(`${side}/num_heads`);
    const bytes = await this.#readBytes(variable);
    return bytes.readIntLE(0, bytes.length);
  }

  async #readBytes(variable: ModelVariable): Promise<Buffer> {
    const bytes = Buffer.alloc(variable.lengthBytes);
    await this.#source.read(bytes, 0, variable.lengthBytes, variable.positionBytes);
    return bytes;
  }

  #countLayers(side: string): number {
    let count = 0;
    while (this.#model.variables.has(`${side}/layer_${count}/ffn/linear_0/weight`)) count += 1;
    return count;
  }

  #find(name: string): ModelVariable {
    const variable = this.#model.variables.get(name);
    if (variable === undefined) throw createNotAModelError(this.#sourcePath, `it lacks ${name}`);
    return variable;
  }
}
