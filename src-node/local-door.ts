import { chmod, unlink } from 'node:fs/promises';
import type { Server } from 'node:net';
import { AppError } from '../src-shared/domain/errors.ts';
import { acceptsConnections } from './accepts-connections.ts';
import { readErrorCode, toDataFolderError } from './data-folder.ts';

/** The headers by which a client of the local door says who it is. */
export const localDoorHeaders = { client: 'x-longhand-client', idempotencyKey: 'idempotency-key' } as const;

/**
 * Opens the local door: a unix socket that only its owner may use, or a named pipe on Windows (where the default
 * rights let others read, but not write, so that they can ask for nothing). A socket that a crashed api has left is
 * replaced; one that answers is not.
 * @throws AppError `storage.in-use`, `storage.read-only` or `storage.disk-full`
 */
export async function openLocalDoor(server: Server, socketPath: string): Promise<void> {
  const isPipe = process.platform === 'win32';
  try {
    if (!isPipe) await removeStaleSocket(socketPath);
    await listen(server, socketPath);
    if (!isPipe) await chmod(socketPath, 0o600);
  } catch (error) {
    if (readErrorCode(error) === 'EADDRINUSE') throw inUse(socketPath, error);
    throw toDataFolderError(error, socketPath);
  }
}

async function removeStaleSocket(socketPath: string): Promise<void> {
  if (await acceptsConnections({ path: socketPath }, 0)) throw inUse(socketPath, undefined);
  try {
    await unlink(socketPath);
  } catch (error) {
    if (readErrorCode(error) !== 'ENOENT') throw error;
  }
}

function listen(server: Server, path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ path }, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

function inUse(socketPath: string, cause: unknown): AppError {
  return new AppError({
    code: 'storage.in-use',
    userMessage:
      'Another Longhand already works on this data folder. Nothing was changed. Use that one, or end it and start again.',
    retry: 'auto',
    details: { socketPath },
    ...(cause === undefined ? {} : { cause }),
  });
}
