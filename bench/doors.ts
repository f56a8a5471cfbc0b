import { Client, Connection } from '@temporalio/client';
import { Client as McpClient } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { mkdtempSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { json } from 'node:stream/consumers';
import { openDataFolder } from '../src-node/data-folder.ts';
import { createLocalApiClient, type LocalApiClient } from '../src-node/local-api-client.ts';
import { fromAppErrorDto, type Result } from '../src-shared/domain/errors.ts';
import { taskQueues, temporalNamespace, workflowIds } from '../src-shared/domain/workflows.ts';
import { openBenchApi } from './boundary/open-api.ts';
import { startTemporal } from './boundary/start-temporal.ts';
import { percentile, type Benchmark, type Measurement } from './measurement.ts';

/** Within what an agent may ask for in one go; each series is asked by agents of its own. */
const roundsPerSeries = 150;
/** So that one slow moment of the disk does not make the 99th percentile. */
const seriesCount = 4;
const rounds = roundsPerSeries * seriesCount;
const atOnce = 50;

/** How long a commitment takes through each door, against starting the same workflow without any of it. */
export const doors: Benchmark = {
  name: 'doors',
  async measure(log) {
    const folder = mkdtempSync(join(tmpdir(), 'longhand-bench-'));
    const server = await startTemporal(folder);
    try {
      log(`${rounds} posts through each door, in turn`);
      return await measureDoors(folder, server.address);
    } finally {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

/** One way to have a post scheduled; resolves with the answer. */
type Way = (number: number) => Promise<unknown>;

async function measureDoors(folder: string, address: string): Promise<Measurement[]> {
  const dataFolder = openDataFolder(join(folder, 'data'));
  const api = await openBenchApi(dataFolder, address);
  await api.rearm();
  const window = createLocalApiClient({ socketPath: dataFolder.apiSocket, door: 'window' });
  const { accountId } = unwrap(
    await window.commands.connectManualAccount({ service: 'other', handle: 'bench' }),
  );
  const url = await openHttpDoor(window);
  const connection = await Connection.connect({ address });
  const temporal = new Client({ connection, namespace: temporalNamespace });

  const times = new Map<string, number[]>();
  let bursts: Measurement | undefined;
  for (let series = 1; series <= seriesCount; series += 1) {
    const agents = await openAgents(url, window);
    const ways: Record<string, Way> = {
      'bare workflow.start': (number) => {
        const postId = crypto.randomUUID();
        return temporal.workflow.start('schedulePost', {
          workflowId: workflowIds.schedulePost(postId),
          taskQueue: taskQueues.publishing,
          args: [{ postId, number }],
        });
      },
      'window (local socket)': async (number) =>
        unwrap(await window.commands.schedulePost(postNumber(number, `window ${series}`, accountId))),
      'HTTP with a token': (number) => agents.post(postNumber(number, `http ${series}`, accountId)),
      'MCP over HTTP': (number) => agents.call(postNumber(number, `mcp ${series}`, accountId)),
    };
    await measureSeries(ways, times);
    if (series === seriesCount) bursts = await measureBursts(ways);
    await agents.close();
  }

  await connection.close();
  window.close();
  await api.stop();
  return bursts === undefined ? [toTable(times)] : [toTable(times), bursts];
}

/** A program and an agent that have asked for nothing yet. */
async function openAgents(url: string, window: LocalApiClient) {
  const headers = await makeToken(window, 'A program');
  const mcp = new McpClient({ name: 'bench', version: '1' });
  const requestInit = { headers: await makeToken(window, 'An agent') };
  await mcp.connect(new StreamableHTTPClientTransport(new URL(`${url}/mcp`), { requestInit }));
  return {
    post: (body: object) => post(`${url}/content/schedule-post`, headers, body),
    async call(input: Record<string, unknown>) {
      const answer = await mcp.callTool({ name: 'schedule-post', arguments: input });
      if (answer.isError === true) throw new Error(JSON.stringify(answer.content));
    },
    close: () => mcp.close(),
  };
}

async function measureSeries(
  ways: Readonly<Record<string, Way>>,
  times: Map<string, number[]>,
): Promise<void> {
  for (let round = -10; round < roundsPerSeries; round += 1) {
    for (const [name, way] of Object.entries(ways)) {
      const startedMs = performance.now();
      await way(round);
      // The first rounds warm up.
      if (round >= 0) times.set(name, [...(times.get(name) ?? []), performance.now() - startedMs]);
    }
  }
}

function toTable(times: ReadonlyMap<string, number[]>): Measurement {
  const [bare = []] = times.values();
  const rows = [...times].map(([name, timesMs]) => {
    const [p50, p99] = [percentile(timesMs, 0.5), percentile(timesMs, 0.99)];
    return [
      name,
      p50.toFixed(1),
      p99.toFixed(1),
      (p50 / percentile(bare, 0.5)).toFixed(2),
      (p99 / percentile(bare, 0.99)).toFixed(2),
    ];
  });
  return {
    title: 'A commitment through each door',
    method: `schedule-post for one account, an hour apart a year ahead, ${rounds} through each door in turn, against starting the same workflow on the same server with nothing around it. Through a door it is checked, reserved, written with its audit (synchronous = FULL) and acknowledged by the work engine.`,
    columns: ['door', 'p50 ms', 'p99 ms', 'p50 ratio', 'p99 ratio'],
    rows,
  };
}

async function measureBursts(ways: Readonly<Record<string, Way>>): Promise<Measurement> {
  const rows: (string | number)[][] = [];
  for (const [name, way] of Object.entries(ways)) {
    const startedMs = performance.now();
    await Promise.all(Array.from({ length: atOnce }, (_, index) => way(10_000 + index)));
    rows.push([name, (performance.now() - startedMs).toFixed(0)]);
  }
  return {
    title: `${atOnce} commitments at once`,
    method: `${atOnce} different posts asked for at the same moment: until the last answer.`,
    columns: ['door', 'ms until the last answer'],
    rows,
  };
}

function postNumber(number: number, door: string, accountId: string) {
  return {
    content: { parts: [{ text: `Post ${number} through ${door}` }] },
    targets: [{ accountId }],
    when: {
      kind: 'at' as const,
      dueAt: new Date(Date.now() + (365 * 24 + number) * 3_600_000).toISOString(),
    },
  };
}

async function openHttpDoor({ commands }: LocalApiClient): Promise<string> {
  unwrap(await commands.updateSettings({ isHttpDoorOpen: true }));
  unwrap(await commands.createGrant({ command: 'schedule-post' }));
  const { url } = unwrap(await commands.readHttpDoor({}));
  if (url === null) throw new Error('the door did not open');
  return url;
}

async function makeToken({ commands }: LocalApiClient, name: string): Promise<Record<string, string>> {
  const { secret } = unwrap(await commands.createToken({ name, scopes: ['posts:read', 'posts:write'] }));
  if (secret === null) throw new Error('the token has no secret');
  return { authorization: `Bearer ${secret}` };
}

function post(url: string, headers: Record<string, string>, body: unknown): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const outgoing = request(url, { method: 'POST', headers }, (incoming) => {
      json(incoming).then((value) => {
        if (incoming.statusCode === 202) resolve(value);
        else reject(new Error(JSON.stringify(value)));
      }, reject);
    });
    outgoing.on('error', reject);
    outgoing.end(JSON.stringify(body));
  });
}

function unwrap<Value>(result: Result<Value>): Value {
  if (result.ok) return result.value;
  throw fromAppErrorDto(result.error);
}
