import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import type { ReadableStream } from 'node:stream/web';
import { open, rename, rm, stat, truncate, type FileHandle } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { toDataFolderError } from '../../../src-node/data-folder.ts';
import { AppError } from '../../../src-shared/domain/errors.ts';

export interface FileToDownload {
  url: string;
  /** Where the complete and checked file appears. What arrived so far is beside it, as `<path>.part`. */
  path: string;
  sizeBytes: number;
  /** The file's SHA-256, or as git has it: a SHA-1 over `blob <size>`, a zero and the content. */
  hash: { kind: 'sha256' | 'git-blob'; value: string };
}

export interface DownloadOptions {
  signal?: AbortSignal;
  /** Bytes of this file on disk so far, those of an earlier try included. */
  onProgress?: (downloadedBytes: number) => void;
  /** After this long without a byte the connection is taken for lost. */
  longestSilenceMs?: number;
  /** Before trying again after a lost connection. */
  pauseMs?: number;
}

/** Tries in a row that bring no byte before giving up. */
const mostVainTries = 4;
const defaultLongestSilenceMs = 30_000;
const defaultPauseMs = 1_000;

/**
 * Downloads a file, going on where an earlier try stopped, and checks its hash. A lost connection is taken up again
 * as long as bytes arrive. Aborting keeps what has arrived.
 *
 * @throws AppError `dependency.download-failed`, `dependency.hash-mismatch`, `storage.disk-full`, `storage.read-only`
 */
export async function downloadFile(file: FileToDownload, options: DownloadOptions = {}): Promise<void> {
  const partPath = `${file.path}.part`;
  let vainTries = 0;
  for (let arrived = await sizeOf(partPath); arrived < file.sizeBytes;) {
    options.signal?.throwIfAborted();
    const before = arrived;
    const failure = await fetchRest(file, partPath, arrived, options);
    options.signal?.throwIfAborted();
    arrived = await sizeOf(partPath);
    vainTries = arrived > before ? 0 : vainTries + 1;
    if (arrived >= file.sizeBytes) break;
    if (failure !== undefined && !failure.isWorthAnotherTry) throw failure.error;
    if (vainTries >= mostVainTries) throw createDownloadError(file, failure?.error);
    await wait(
      options.pauseMs ?? defaultPauseMs,
      undefined,
      options.signal ? { signal: options.signal } : {},
    );
  }
  await checkHash(file, partPath, options.signal);
  await rename(partPath, file.path);
}

interface Failure {
  error: unknown;
  isWorthAnotherTry: boolean;
}

/** One connection. Returns what ended it early, if anything did. */
async function fetchRest(
  file: FileToDownload,
  partPath: string,
  arrived: number,
  options: DownloadOptions,
): Promise<Failure | undefined> {
  const silence = new AbortController();
  const longestSilenceMs = options.longestSilenceMs ?? defaultLongestSilenceMs;
  const timer = setTimeout(() => silence.abort(new Error('the server went silent')), longestSilenceMs);
  const signal = options.signal ? AbortSignal.any([options.signal, silence.signal]) : silence.signal;
  try {
    const headers: Record<string, string> = { 'accept-encoding': 'identity' };
    if (arrived > 0) headers['range'] = `bytes=${arrived}-`;
    const response = await fetch(file.url, { headers, signal });
    if (!response.ok || response.body === null) {
      await response.body?.cancel();
      const error = createDownloadError(file, new Error(`HTTP ${response.status}`));
      // What is gone or forbidden stays so; a busy server may answer later.
      return { error, isWorthAnotherTry: response.status >= 500 || response.status === 429 };
    }
    // A server that knows no ranges sends everything again.
    const position = response.status === 206 ? arrived : 0;
    const part = await openPart(partPath, position);
    try {
      let downloadedBytes = position;
      for await (const bytes of response.body as ReadableStream<Uint8Array>) {
        timer.refresh();
        await write(part, bytes, downloadedBytes, partPath);
        downloadedBytes += bytes.length;
        options.onProgress?.(downloadedBytes);
      }
    } finally {
      await part.close();
    }
    return undefined;
  } catch (error) {
    if (error instanceof AppError) return { error, isWorthAnotherTry: false };
    return { error, isWorthAnotherTry: true };
  } finally {
    clearTimeout(timer);
  }
}

async function openPart(path: string, position: number): Promise<FileHandle> {
  try {
    if (position === 0) return await open(path, 'w');
    await truncate(path, position);
    return await open(path, 'r+');
  } catch (error) {
    throw toDataFolderError(error, path);
  }
}

async function write(part: FileHandle, bytes: Uint8Array, position: number, path: string): Promise<void> {
  try {
    await part.write(bytes, 0, bytes.length, position);
  } catch (error) {
    throw toDataFolderError(error, path);
  }
}

async function sizeOf(path: string): Promise<number> {
  return stat(path).then(
    (stats) => stats.size,
    () => 0,
  );
}

/** A damaged file is removed, so that the next try starts anew. */
async function checkHash(file: FileToDownload, partPath: string, signal?: AbortSignal): Promise<void> {
  const hash = createHash(file.hash.kind === 'sha256' ? 'sha256' : 'sha1');
  if (file.hash.kind === 'git-blob') hash.update(`blob ${await sizeOf(partPath)}\0`);
  for await (const bytes of createReadStream(partPath, { signal })) hash.update(bytes as Buffer);
  const actual = hash.digest('hex');
  if (actual === file.hash.value) return;
  await rm(partPath, { force: true });
  throw new AppError({
    code: 'dependency.hash-mismatch',
    userMessage:
      'The downloaded speech model is not the one that was published, so it was thrown away. Your other models are unchanged. Try again; if it happens twice, another network may help.',
    retry: 'user',
    details: { url: file.url, expected: file.hash.value, actual },
  });
}

export function createDownloadError(file: { url: string }, cause: unknown): AppError {
  return new AppError({
    code: 'dependency.download-failed',
    userMessage:
      'The speech model could not be downloaded. What has arrived is kept, and the next try goes on from there. Check the network and try again.',
    retry: 'auto',
    details: { url: file.url, reason: cause instanceof Error ? cause.message : String(cause) },
    cause,
  });
}
