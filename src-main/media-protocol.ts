import { protocol } from 'electron';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { assetIdSchema } from '../src-shared/domain/asset.ts';
import type { CommandClient } from '../src-shared/contract/registry.ts';
import { readErrorCode } from '../src-node/data-folder.ts';
import { parseByteRange } from './byte-range.ts';

const renditions = ['original', 'thumbnail', 'waveform'] as const;

/**
 * Serves `media://asset/<asset id>/<rendition>` to the players in the window, with byte ranges so that they can seek.
 * The window names assets, never paths: the path comes from the library.
 */
export function serveMedia(commands: CommandClient): void {
  protocol.handle('media', async (request) => {
    const { host, pathname } = new URL(request.url);
    const [assetId, requested] = pathname.slice(1).split('/');
    const rendition = renditions.find((name) => name === requested);
    if (host !== 'asset' || rendition === undefined || !assetIdSchema.safeParse(assetId).success) {
      return new Response(null, { status: 404 });
    }
    const located = await commands.locateMedia({ assetId: assetId ?? '', rendition });
    if (!located.ok) return new Response(located.error.userMessage, { status: 404 });
    return answerWithFile(located.value.path, located.value.mimeType, request);
  });
}

async function answerWithFile(path: string, mimeType: string, request: Request): Promise<Response> {
  const sizeBytes = await readFileSize(path);
  if (sizeBytes === undefined) return new Response('The file is gone.', { status: 404 });
  const headers = new Headers({
    'content-type': mimeType,
    'accept-ranges': 'bytes',
    'cache-control': 'no-store',
    'access-control-allow-origin': '*',
    'x-content-type-options': 'nosniff',
  });
  const range = parseByteRange(request.headers.get('range'), sizeBytes);
  if (range === 'unsatisfiable') {
    headers.set('content-range', `bytes */${sizeBytes}`);
    return new Response(null, { status: 416, headers });
  }
  const { start, end } = range === 'whole' ? { start: 0, end: sizeBytes - 1 } : range;
  headers.set('content-length', String(Math.max(0, end - start + 1)));
  if (range !== 'whole') headers.set('content-range', `bytes ${start}-${end}/${sizeBytes}`);
  const body =
    sizeBytes === 0 || request.method === 'HEAD' ? null : streamFile(path, start, end, request.signal);
  return new Response(body, { status: range === 'whole' ? 200 : 206, headers });
}

async function readFileSize(path: string): Promise<number | undefined> {
  try {
    const info = await stat(path);
    return info.isFile() ? info.size : undefined;
  } catch (error) {
    if (readErrorCode(error) === 'ENOENT' || readErrorCode(error) === 'EACCES') return undefined;
    throw error;
  }
}

/** A player drops its request whenever the person seeks: the file is closed then. */
function streamFile(path: string, start: number, end: number, signal: AbortSignal): ReadableStream {
  const stream = createReadStream(path, { start, end });
  const close = (): void => void stream.destroy();
  signal.addEventListener('abort', close, { once: true });
  stream.once('close', () => signal.removeEventListener('abort', close));
  return Readable.toWeb(stream) as ReadableStream;
}
