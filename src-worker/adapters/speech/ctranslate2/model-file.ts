import { open, type FileHandle } from 'node:fs/promises';
import { AppError } from '../../../../src-shared/domain/errors.ts';

/** One tensor of a CTranslate2 `model.bin`: where its numbers are, not the numbers themselves. */
export interface ModelVariable {
  shape: number[];
  /** 0 float32, 1 int8, 2 int16, 3 int32, 4 float16, 5 bfloat16 */
  dataType: number;
  positionBytes: number;
  lengthBytes: number;
}

export interface ModelFile {
  specification: string;
  variables: Map<string, ModelVariable>;
}

const supportedVersion = 6;
const longestNameBytes = 1024;

/**
 * Reads the table of contents of a `model.bin`, in little memory however large the file is.
 * @throws AppError `input.not-a-model`
 */
export async function readModelFile(path: string): Promise<ModelFile> {
  const file = await open(path, 'r');
  try {
    const { size: sizeBytes } = await file.stat();
    const reader = new TableReader(file, sizeBytes, path);
    const version = await reader.readUInt32();
    if (version !== supportedVersion) throw createNotAModelError(path, `format version ${version}`);
    const specification = await reader.readString();
    await reader.readUInt32(); // The revision of the specification: all of them have the same tensors.
    const variables = new Map<string, ModelVariable>();
    for (let left = await reader.readUInt32(); left > 0; left -= 1) {
      const name = await reader.readString();
      const shape: number[] = [];
      for (let rank = await reader.readUInt8(); rank > 0; rank -= 1) shape.push(await reader.readUInt32());
      const dataType = await reader.readUInt8();
      const lengthBytes = await reader.readUInt32();
      variables.set(name, { shape, dataType, positionBytes: reader.positionBytes, lengthBytes });
      reader.skip(lengthBytes);
    }
    for (let left = await reader.readUInt32(); left > 0; left -= 1) {
      const alias = await reader.readString();
      const variable = variables.get(await reader.readString());
      if (variable !== undefined) variables.set(alias, variable);
    }
    if (reader.positionBytes !== sizeBytes)
      throw createNotAModelError(path, 'the file is longer than it says');
    return { specification, variables };
  } finally {
    await file.close();
  }
}

export function createNotAModelError(path: string, reason: string): AppError {
  return new AppError({
    code: 'input.not-a-model',
    userMessage: `${path} is not a Whisper model that Longhand can use (${reason}). Nothing was changed. Choose a CTranslate2 folder with model.bin, or a ggml file.`,
    retry: 'user',
    details: { path, reason },
  });
}

class TableReader {
  positionBytes = 0;
  readonly #file: FileHandle;
  readonly #sizeBytes: number;
  readonly #path: string;
  #window = Buffer.alloc(0);
  #windowStart = 0;

  constructor(file: FileHandle, sizeBytes: number, path: string) {
    this.#file = file;
    this.#sizeBytes = sizeBytes;
    this.#path = path;
  }

  async readUInt8(): Promise<number> {
    return (await this.#take(1)).readUInt8();
  }

  async readUInt32(): Promise<number> {
    return (await this.#take(4)).readUInt32LE();
  }

  /** Its length counts a closing zero. */
  async readString(): Promise<string> {
    const lengthBytes = (await this.#take(2)).readUInt16LE();
    if (lengthBytes === 0 || lengthBytes > longestNameBytes) {
      throw createNotAModelError(this.#path, 'a name has an impossible length');
    }
    return (await this.#take(lengthBytes)).toString('utf8', 0, lengthBytes - 1);
  }

  skip(lengthBytes: number): void {
    this.positionBytes += lengthBytes;
  }

  async #take(lengthBytes: number): Promise<Buffer> {
    if (this.positionBytes + lengthBytes > this.#sizeBytes) {
      throw createNotAModelError(this.#path, 'the file ends too early');
    }
    const offset = this.positionBytes - this.#windowStart;
    if (offset < 0 || offset + lengthBytes > this.#window.length) {
      const { buffer, bytesRead } = await this.#file.read(Buffer.alloc(4096), 0, 4096, this.positionBytes);
      this.#window = buffer.subarray(0, bytesRead);
      this.#windowStart = this.positionBytes;
    }
    const start = this.positionBytes - this.#windowStart;
    this.positionBytes += lengthBytes;
    return this.#window.subarray(start, start + lengthBytes);
  }
}
