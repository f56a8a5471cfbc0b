import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { AppError } from '../../src-shared/domain/errors.ts';
import type { EncodedChunk } from '../adapters/speech/speech-engine.ts';
import type { AudioChunk } from './chunk-source.ts';

const contextSchema = z.strictObject({ key: z.string(), tokens: z.array(z.int()) });
const headerSchema = z.strictObject({ key: z.string(), durationMs: z.number(), digest: z.string() });

type ChunkPosition = Pick<AudioChunk, 'startSample' | 'endSample'>;

/**
 * Keeps the first stage's outcome of a chunk on disk until the chunk is saved, so that a kill never costs both stages
 * of a chunk that had passed the first; and what was said before a cut, which the next chunk is decoded with. What
 * does not belong to the same engine and audio, or was damaged, is not used.
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
    await this.#replace(
      this.#pathOf(chunk),
      Buffer.concat([Buffer.from(`${JSON.stringify(header)}\n`), bytes]),
    );
  }

  /** The tokens before a cut; none where they are not known. */
  async readContext(cutSample: number): Promise<readonly number[]> {
    const content = await readIfThere(this.#contextPathOf(cutSample));
    const kept = content && contextSchema.safeParse(parseJson(content.toString('utf8'))).data;
    return kept?.key === this.#identity ? kept.tokens : [];
  }

  /** @throws AppError `storage.disk-full` or `storage.read-only` */
  async writeContext(cutSample: number, tokens: readonly number[]): Promise<void> {
    const content = JSON.stringify({ key: this.#identity, tokens });
    await this.#replace(this.#contextPathOf(cutSample), Buffer.from(content));
  }

  async removeContext(cutSample: number): Promise<void> {
    await rm(this.#contextPathOf(cutSample), { force: true });
  }

  async remove(chunk: ChunkPosition): Promise<void> {
    await rm(this.#pathOf(chunk), { force: true });
  }

  /** Removes everything that this class may have left, of this run or an earlier one. */
  async clear(): Promise<void> {
    for (const name of await listIfThere(this.#directory)) {
      const isOurs = filePrefixes.some((prefix) => name.startsWith(prefix));
      if (isOurs) await rm(join(this.#directory, name), { force: true });
    }
  }

  async #replace(path: string, content: Uint8Array): Promise<void> {
    try {
      await mkdir(this.#directory, { recursive: true });
      await writeFile(`${path}.part`, content);
      await rename(`${path}.part`, path);
    } catch (cause) {
      throw explainWriteFailure(cause);
    }
  }

  #pathOf({ startSample, endSample }: ChunkPosition): string {
    return join(this.#directory, `${encodedPrefix}${startSample}-${endSample}`);
  }

  #contextPathOf(cutSample: number): string {
    return join(this.#directory, `${contextPrefix}${cutSample}`);
  }

  #keyOf({ startSample, endSample }: ChunkPosition): string {
    return `${this.#identity} ${startSample} ${endSample}`;
  }
}

const encodedPrefix = 'encoded-';
const contextPrefix = 'context-';
const filePrefixes = [encodedPrefix, contextPrefix];

function digestOf(bytes: Uint8Array): string {
  return createHash('sha1').update(bytes).digest('hex');
}

function parseHeader(line: string): z.infer<typeof headerSchema> | undefined {
  return headerSchema.safeParse(parseJson(line)).data;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // Damaged: not used, and made anew.
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
