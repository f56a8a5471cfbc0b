import { setTimeout as delay } from 'node:timers/promises';
import { NativeConnection } from '@temporalio/worker';
import { acceptsConnections, toConnectionTarget } from '../src-node/accepts-connections.ts';
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
      if (!(await acceptsConnections(toConnectionTarget(address)))) throw new Error('nobody listens there');
      return await NativeConnection.connect({ address });
    } catch (error) {
      if (attempt % warnEvery === 0)
        logger.warn({ err: error, address, attempt }, 'Temporal does not answer yet');
      await delay(pauseMs, undefined, { signal });
    }
  }
}
