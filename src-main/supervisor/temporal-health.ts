import { connect as connectHttp2 } from 'node:http2';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { acceptsConnections } from '../../src-node/accepts-connections.ts';

const host = '127.0.0.1';
const pollEveryMs = 25;

/**
 * Asks Temporal's frontend by the standard gRPC health service whether it serves. Written on HTTP/2 directly, so that
 * the program with the window need not load a gRPC client for it.
 * Rejects where nobody answers, or answers something else.
 */
export async function checkTemporalServes(port: number, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  const session = connectHttp2(`http://${host}:${port}`);
  const stop = (): void => session.destroy(new Error('no answer in time'));
  signal.addEventListener('abort', stop, { once: true });
  try {
    const failed = once(session, 'error').then(([error]: unknown[]) => {
      throw error instanceof Error ? error : new Error(String(error));
    });
    const stream = session.request({
      ':method': 'POST',
      ':path': '/grpc.health.v1.Health/Check',
      'content-type': 'application/grpc',
      te: 'trailers',
    });
    stream.end(healthRequest);
    const answer = await Promise.race([stream.toArray() as Promise<Buffer[]>, failed]);
    if (!Buffer.concat(answer).equals(servingAnswer)) throw new Error('the work engine does not serve yet');
  } finally {
    signal.removeEventListener('abort', stop);
    session.destroy();
  }
}

/**
 * Resolves once the frontend serves. TCP is polled first: a gRPC call that comes too early is answered only after a
 * back-off of a second.
 */
export async function waitUntilTemporalServes(port: number, signal: AbortSignal): Promise<void> {
  while (!(await acceptsConnections({ host, port }))) await delay(pollEveryMs, undefined, { signal });
  for (;;) {
    try {
      await checkTemporalServes(port, signal);
      return;
    } catch (error) {
      // Asked too early; the deadline of the caller ends this.
      if (signal.aborted) throw error;
      await delay(pollEveryMs, undefined, { signal });
    }
  }
}

/** A gRPC frame (no compression, length) around `HealthCheckRequest { service }`. */
const healthRequest = frame(protobufString(1, 'temporal.api.workflowservice.v1.WorkflowService'));

/** A gRPC frame around `HealthCheckResponse { status: SERVING }`. */
const servingAnswer = frame(Buffer.from([0x08, 0x01]));

function protobufString(field: number, value: string): Buffer {
  const bytes = Buffer.from(value);
  return Buffer.concat([Buffer.from([(field << 3) | 2, bytes.length]), bytes]);
}

function frame(message: Buffer): Buffer {
  const header = Buffer.alloc(5);
  header.writeUInt32BE(message.length, 1);
  return Buffer.concat([header, message]);
}
