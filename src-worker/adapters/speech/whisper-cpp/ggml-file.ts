import type { FileHandle } from 'node:fs/promises';
import { encodeNumbers, ggmlTypes, type GgmlType } from './ggml-numbers.ts';

/** The head of a whisper.cpp model, in the file's order. */
export interface GgmlHead {
  vocabularySize: number;
  audioContext: number;
  audioWidth: number;
  audioHeads: number;
  audioLayers: number;
  textContext: number;
  textWidth: number;
  textHeads: number;
  textLayers: number;
  melBands: number;
}

export const ggmlMagic = 0x67676d6c;
/** Weights as q8_0 (7), quantisation format 2 (2000). */
const fileType = 2007;

/** Writes the parts of a whisper.cpp model one after the other. */
export class GgmlWriter {
  readonly #file: FileHandle;

  constructor(file: FileHandle) {
    this.#file = file;
  }

  async writeHead(head: GgmlHead): Promise<void> {
    await this.writeInts([
      ggmlMagic,
      ...[head.vocabularySize, head.audioContext, head.audioWidth, head.audioHeads, head.audioLayers],
      ...[head.textContext, head.textWidth, head.textHeads, head.textLayers, head.melBands],
      fileType,
    ]);
  }

  async writeInts(values: readonly number[]): Promise<void> {
    const bytes = Buffer.alloc(values.length * 4);
    values.forEach((value, i) => void bytes.writeInt32LE(value, 4 * i));
    await this.writeBytes(bytes);
  }

  /** @param shape row-major, as CTranslate2 has it; ggml counts the other way round */
  async writeTensor(
    name: string,
    shape: readonly number[],
    values: Float32Array,
    type: GgmlType,
  ): Promise<void> {
    const nameBytes = Buffer.from(name);
    await this.writeInts([shape.length, nameBytes.length, ggmlTypes[type], ...[...shape].reverse()]);
    await this.writeBytes(nameBytes);
    await this.writeBytes(encodeNumbers(values, type));
  }

  async writeBytes(bytes: Uint8Array): Promise<void> {
    await this.#file.writeFile(bytes);
  }
}

const binCount = 201;
const hertzPerBin = 40;
/** `mel` of 8 kHz. */
const highestMel = 45.245640471924965;

/** Slaney's triangles over 201 bins up to 8 kHz, of equal area: as librosa makes them. */
export function makeMelFilters(bandCount: number): Float32Array {
  const toHertz = (mel: number): number =>
    mel < 15 ? (mel * 200) / 3 : 1000 * Math.exp((Math.log(6.4) / 27) * (mel - 15));
  const edge = (i: number): number => toHertz((highestMel * i) / (bandCount + 1));
  const filters = new Float32Array(bandCount * binCount);
  for (let band = 0; band < bandCount; band += 1) {
    const [low, middle, high] = [edge(band), edge(band + 1), edge(band + 2)];
    for (let bin = 0; bin < binCount; bin += 1) {
      const hertz = bin * hertzPerBin;
      const weight = Math.min((hertz - low) / (middle - low), (high - hertz) / (high - middle));
      filters[band * binCount + bin] = (Math.max(0, weight) * 2) / (high - low);
    }
  }
  return filters;
}
