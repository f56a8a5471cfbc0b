import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { AppError } from '../../src-shared/domain/errors.ts';
import type { EncodedChunk } from '../adapters/speech/speech-engine.ts';
import type { AudioChunk } from './chunk-source.ts';

const headerSchema = z.strictObject({ key: z.string(), durationMs: z.number(), digest: z.string() });

type ChunkPosition = Pick<AudioChunk, 'startSample' | 'endSample'>;

/**
 * Keeps the first stage's outcome of a chunk on disk until the chunk is saved, so that a kill never costs both stages
 * of a chunk that had passed the first. What does not belong to the same engine and audio, or was damaged, is not
 * used.
 */
export class Scratch {
  readonly #directory: string;
  readonly #identity: string;

  /** `identity`: the engine's. The directory belongs to one recording. */
  constructor(directory: string, identity: string) {
    this.#directory = directory;
    this.#identity = identity;
  }

  /** Undefined where there is nothing to use. */
  async read(chunk: ChunkPosition): Promise<EncodedChunk | undefined> {
    const content = await readIfThere(this.#pathOf(chunk));
    if (!content) return undefined;
    const headerEnd = content.indexOf('\n');
    const header = parseHeader(content.subarray(0, headerEnd).toString('utf8'));
    const bytes = new Uint8Array(content.subarray(headerEnd + 1));
    if (header?.key !== this.#keyOf(chunk) || header.digest !== digestOf(bytes)) return undefined;
    return { bytes, durationMs: header.durationMs };
  }

  /** @throws AppError `storage.disk-full` or `storage.read-only` */
  async write(chunk: ChunkPosition, encoded: EncodedChunk): Promise<void> {
    const { durationMs, bytes } = encoded;
    const header = { key: this.#keyOf(chunk), durationMs, digest: digestOf(bytes) };
    const path = this.#pathOf(chunk);
    try {
      await mkdir(this.#directory, { recursive: true });
      await writeFile(`${path}.part`, Buffer.concat([Buffer.from(`${JSON.stringify(header)}\n`), bytes]));
      await rename(`${path}.part`, path);
    } catch (cause) {
      throw explainWriteFailure(cause);
    }
  }

  async remove(chunk: ChunkPosition): Promise<void> {
    await rm(this.#pathOf(chunk), { force: true });
  }

  /** Removes everything that this class may have left, of this run or an earlier one. */
  async clear(): Promise<void> {
    for (const name of await listIfThere(this.#directory)) {
      if (name.startsWith(filePrefix)) await rm(join(this.#directory, name), { force: true });
    }
  }

  #pathOf({ startSample, endSample }: ChunkPosition): string {
    return join(this.#directory, `${filePrefix}${startSample}-${endSample}`);
  }

  #keyOf({ startSample, endSample }: ChunkPosition): string {
    return `${this.#identity} ${startSample} ${endSample}`;
  }
}

const filePrefix = 'encoded-';

function digestOf(bytes: Uint8Array): string {
  return createHash('sha1').update(bytes).digest('hex');
}

function parseHeader(line: string): z.infer<typeof headerSchema> | undefined {
  try {
    return headerSchema.safeParse(JSON.parse(line)).data;
  } catch {
    return undefined; // Damaged: the chunk is encoded again.
  }
}

async function readIfThere(path: string): Promise<Buffer | undefined> {
  try {
    return await readFile(path);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}

async function listIfThere(directory: string): Promise<string[]> {
  try {
    return await readdir(directory);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return [];
    throw error;
  }
}

/** Names what a person can do something about; anything else comes back as it is. */
export function explainWriteFailure(cause: unknown): unknown {
  const code = codeOf(cause);
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return new AppError({
      code: 'storage.disk-full',
      userMessage:
        'The disk is full. The part transcribed so far is kept. Free some space and try again; it goes on from there.',
      retry: 'user',
      cause,
    });
  }
  if (code === 'EROFS' || code === 'EACCES' || code === 'EPERM') {
    return new AppError({
      code: 'storage.read-only',
      userMessage:
        'The data folder cannot be written. The part transcribed so far is kept. Allow Longhand to write to it, then try again.',
      retry: 'user',
      cause,
    });
  }
  return cause;
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}
