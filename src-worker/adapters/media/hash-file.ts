import { createHash } from 'node:crypto';
import { open, stat, type FileHandle } from 'node:fs/promises';
import { basename } from 'node:path';
import { AppError } from '../../../src-shared/domain/errors.ts';
import type { MediaTaskOptions } from './media-tools.ts';
import { withNamedErrors } from './observe-failure.ts';

const chunkBytes = 1024 * 1024;
const fingerprintPartBytes = 256 * 1024;

export interface FileHash {
  /** SHA-256, 64 hexadecimal digits. */
  sha256: string;
  sizeBytes: number;
}

/**
 * SHA-256 of a whole file, read in chunks.
 *
 * @throws AppError `input.empty-file`, `storage.vanished` (also if it is gone when the reading ends),
 *   `storage.unreadable`, `media.changed` if it was written to meanwhile: its hash would be that of no real file.
 */
export async function hashFile(path: string, options: MediaTaskOptions): Promise<FileHash> {
  return withNamedErrors(path, { operation: 'hash', signal: options.signal }, async () => {
    const file = await open(path, 'r');
    try {
      const before = await file.stat();
      if (before.size === 0) throw new AppError(emptyFile(path));
      const hash = createHash('sha256');
      let sizeBytes = 0;
      for await (const chunk of readChunks(file, options.signal)) {
        hash.update(chunk);
        sizeBytes += chunk.length;
        options.onProgress?.(Math.min(1, sizeBytes / before.size));
      }
      const after = await stat(path);
      if (sizeBytes !== before.size || after.size !== before.size || after.mtimeMs !== before.mtimeMs) {
        throw new AppError({
          code: 'media.changed',
          userMessage: `“${basename(path)}” changed while it was read, so it is probably still being written. Nothing was kept of the half file; it is tried again.`,
          retry: 'auto',
          details: { sizeBefore: before.size, sizeAfter: after.size },
        });
      }
      return { sha256: hash.digest('hex'), sizeBytes };
    } finally {
      await file.close();
    }
  });
}

/**
 * A quick look-up key: size with the SHA-256 of the first and last 256 KiB. Different keys prove different files;
 * the same key only suggests the same content, and {@link hashFile} must decide.
 */
export async function fingerprintFile(path: string, options: { signal: AbortSignal }): Promise<string> {
  return withNamedErrors(path, { operation: 'hash', signal: options.signal }, async () => {
    const file = await open(path, 'r');
    try {
      const { size } = await file.stat();
      const hash = createHash('sha256');
      for (const position of [0, Math.max(0, size - fingerprintPartBytes)]) {
        const { buffer, bytesRead } = await file.read(Buffer.alloc(fingerprintPartBytes), { position });
        hash.update(buffer.subarray(0, bytesRead));
      }
      return `${size}-${hash.digest('hex').slice(0, 32)}`;
    } finally {
      await file.close();
    }
  });
}

/** The chunk is reused: take what is needed before asking for the next. */
export async function* readChunks(file: FileHandle, signal: AbortSignal): AsyncGenerator<Buffer> {
  const buffer = Buffer.allocUnsafe(chunkBytes);
  for (;;) {
    signal.throwIfAborted();
    const { bytesRead } = await file.read(buffer, 0, buffer.length, null);
    if (bytesRead === 0) return;
    yield buffer.subarray(0, bytesRead);
  }
}

function emptyFile(path: string) {
  return {
    code: 'input.empty-file',
    userMessage: `“${basename(path)}” is empty: it holds 0 bytes. Nothing was changed; if it is still being copied, wait and add it again, otherwise choose another file.`,
    retry: 'user',
  } as const;
}
