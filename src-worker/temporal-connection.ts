import { setTimeout as delay } from 'node:timers/promises';
import { connect as connectSocket } from 'node:net';
import { NativeConnection } from '@temporalio/worker';
import type { Logger } from '../src-node/logger.ts';

const pauseMs = 100;
const warnEvery = 50;

/**
 * Connects to Temporal, however long it takes to come up. The port is asked first: a gRPC call that comes too early
 * costs a second of back-off, and a refused socket nothing.
 */
export async function connectToTemporal(
  address: string,
  { logger, signal }: { logger: Logger; signal: AbortSignal },
): Promise<NativeConnection> {
  for (let attempt = 1; ; attempt += 1) {
    signal.throwIfAborted();
    try {
      await knock(address);
      return await NativeConnection.connect({ address });
    } catch (error) {
      if (attempt % warnEvery === 0)
        logger.warn({ err: error, address, attempt }, 'Temporal does not answer yet');
      await delay(pauseMs, undefined, { signal });
    }
  }
}

function knock(address: string): Promise<void> {
  const separator = address.lastIndexOf(':');
  return new Promise((resolve, reject) => {
    const socket = connectSocket({
      host: address.slice(0, separator),
      port: Number(address.slice(separator + 1)),
    });
    socket.once('connect', () => {
      socket.destroy();
      resolve();
    });
    socket.once('error', (error) => {
      socket.destroy();
      reject(error);
    });
  });
}
