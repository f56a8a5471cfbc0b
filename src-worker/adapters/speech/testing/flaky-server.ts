import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface FlakyServer {
  url: string;
  /** The `range` headers of the requests for each path, in order; empty for none. */
  readonly ranges: Map<string, string[]>;
  /** What to do with the next requests for a path, one entry a request; then they are served. */
  readonly plans: Map<string, RequestPlan[]>;
  /** Breaks off all connections; what was sent and not yet read may be lost with them. */
  dropConnections(): void;
  close(): Promise<void>;
}

export type RequestPlan =
  /** Sends so many bytes and no more, until the connection is dropped. */
  | { kind: 'stall-after'; bytes: number }
  | { kind: 'refuse' }
  | { kind: 'status'; status: number }
  | { kind: 'ignore-range' };

/** A file server on loopback that knows ranges, and breaks off as it is told. */
export async function startFlakyServer(files: ReadonlyMap<string, Buffer>): Promise<FlakyServer> {
  const ranges = new Map<string, string[]>();
  const plans = new Map<string, RequestPlan[]>();
  const server = createServer((request, response) => answer(request, response));

  function answer(request: IncomingMessage, response: ServerResponse): void {
    const path = request.url ?? '';
    const range = request.headers.range ?? '';
    ranges.set(path, [...(ranges.get(path) ?? []), range]);
    const content = files.get(path);
    const plan = plans.get(path)?.shift();
    if (plan?.kind === 'refuse') {
      response.destroy();
      return;
    }
    if (content === undefined || plan?.kind === 'status') {
      response.writeHead(plan?.kind === 'status' ? plan.status : 404).end();
      return;
    }
    const isPartial = range !== '' && plan?.kind !== 'ignore-range';
    const body = content.subarray(isPartial ? Number(/\d+/.exec(range)?.[0]) : 0);
    response.writeHead(isPartial ? 206 : 200, { 'content-length': body.length });
    if (plan?.kind === 'stall-after') response.write(body.subarray(0, plan.bytes));
    else response.end(body);
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    ranges,
    plans,
    dropConnections: () => server.closeAllConnections(),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
