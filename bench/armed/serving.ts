import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { connect } from '../../src-data/database.ts';
import type { DataFolder } from '../../src-node/data-folder.ts';
import { createLocalApiClient, type LocalApiClient } from '../../src-node/local-api-client.ts';
import { requireNativePart } from '../../src-node/native-parts.ts';
import type { ProcessName } from '../../src-shared/domain/process-status.ts';
import { percentile } from '../measurement.ts';
import { listTree } from '../transcription-process-tree.ts';
import { countReceipts } from './library.ts';
import { untilAll, untilSo } from './until.ts';

/** Long enough to meet what comes once in a minute or two: polls that end, and collections of garbage. */
const idleMs = 120_000;
const settleMs = 20_000;
const dayMs = 24 * 3_600_000;
const calls = 40;
const commandLine = join(import.meta.dirname, '..', '..', 'dist-app', 'main', 'longhand.js');

export interface ServingMarks {
  armedMs: number;
  idle: Idle;
  /** From the second start. */
  start: { apiMs: number; listMs: number; calendarMs: number; scheduledMs: number; readyMs: number };
  idleAfterStart: Idle;
  /** With everything open. */
  list: { p50Ms: number; p99Ms: number };
}

/** By process. */
export interface Idle {
  /** Of one core. */
  percent: ReadonlyMap<string, number>;
  memoryBytes: ReadonlyMap<string, number>;
}

/** The whole program without a window, with all its processes: arming, waiting, and starting again. */
export async function measureServing(
  dataFolder: DataFolder,
  count: number,
  log: (line: string) => void,
): Promise<ServingMarks> {
  const client = createLocalApiClient({ socketPath: dataFolder.apiSocket, door: 'window' });
  const database = connect(dataFolder.databaseFile);
  const armedFromMs = performance.now();
  const first = serve(dataFolder);
  await untilAll(() => countReceipts(database, 'scheduled'), count, { what: 'armed', log });
  const armedMs = performance.now() - armedFromMs;

  const idle = await measureIdle(client, first, log);
  await stop(first);

  log('start with all of them open');
  const startedMs = performance.now();
  const second = serve(dataFolder);
  const start = await markStart(client, startedMs);
  const list = await timeLists(client);
  const idleAfterStart = await measureIdle(client, second, log);
  await stop(second);
  database.close();
  client.close();
  return { armedMs, idle, start, idleAfterStart, list };
}

async function measureIdle(
  client: LocalApiClient,
  host: ChildProcess,
  log: (line: string) => void,
): Promise<Idle> {
  log('idle');
  await delay(settleMs);
  const before = await readUse(client, host);
  await delay(idleMs);
  const after = await readUse(client, host);
  return {
    percent: new Map(
      [...after].map(([name, { cpuMs }]) => [
        name,
        ((cpuMs - (before.get(name)?.cpuMs ?? 0)) / idleMs) * 100,
      ]),
    ),
    memoryBytes: new Map([...after].map(([name, { bytes }]) => [name, bytes])),
  };
}

async function markStart(client: LocalApiClient, startedMs: number): Promise<ServingMarks['start']> {
  const elapsed = (): number => performance.now() - startedMs;
  await untilSo(() => client.isAnswering());
  const apiMs = elapsed();
  await listFirst(client);
  const listMs = elapsed();
  const from = new Date(Date.now() - 14 * dayMs).toISOString();
  const to = new Date(Date.now() + 28 * dayMs).toISOString();
  const month = await client.commands.listPosts({ from, to, limit: 2_000 });
  if (!month.ok) throw new Error(month.error.userMessage);
  const calendarMs = elapsed();
  const account = await client.commands.connectManualAccount({ service: 'other', handle: `@${calendarMs}` });
  if (!account.ok) throw new Error(account.error.userMessage);
  await untilSo(() => isReady(client, 'temporal'));
  const scheduled = await client.commands.schedulePost({
    content: { parts: [{ text: 'One more' }] },
    targets: [{ accountId: account.value.accountId }],
    when: { kind: 'at', dueAt: new Date(Date.now() + 365 * dayMs).toISOString() },
  });
  if (!scheduled.ok) throw new Error(scheduled.error.userMessage);
  await untilSo(async () => {
    const post = await client.commands.readPost({ postId: scheduled.value.entityId });
    return post.ok && post.value.receipts.some(({ kind }) => kind === 'scheduled');
  });
  const scheduledMs = elapsed();
  await untilSo(() => isReady(client, 'worker'));
  const readyMs = elapsed();
  // The others are measured on.
  await client.commands.cancelPost({ postId: scheduled.value.entityId });
  return { apiMs, listMs, calendarMs, scheduledMs, readyMs };
}

async function timeLists(client: LocalApiClient): Promise<ServingMarks['list']> {
  const timesMs: number[] = [];
  for (let call = 0; call < calls; call += 1) {
    const fromMs = performance.now();
    await listFirst(client);
    timesMs.push(performance.now() - fromMs);
  }
  return { p50Ms: percentile(timesMs, 0.5), p99Ms: percentile(timesMs, 0.99) };
}

async function listFirst(client: LocalApiClient): Promise<void> {
  const listed = await client.commands.listPosts({ limit: 200 });
  if (!listed.ok) throw new Error(listed.error.userMessage);
}

async function isReady(client: LocalApiClient, wanted: ProcessName): Promise<boolean> {
  const status = await client.commands.readStatus({});
  return status.ok && status.value.processes.some(({ name, state }) => name === wanted && state === 'ready');
}

function serve(dataFolder: DataFolder): ChildProcess {
  return spawn(requireNativePart('node').path, [commandLine, 'serve'], {
    env: { ...process.env, LONGHAND_HOME: dataFolder.root },
    stdio: 'ignore',
  });
}

async function stop(host: ChildProcess): Promise<void> {
  const ended = once(host, 'exit');
  host.kill('SIGTERM');
  await ended;
}

interface Use {
  cpuMs: number;
  bytes: number;
}

/** By process; what is not one of the services is the host and what it starts beside them. Linux only. */
async function readUse(client: LocalApiClient, host: ChildProcess): Promise<Map<string, Use>> {
  const status = await client.commands.readStatus({});
  const names = new Map(
    status.ok ? status.value.processes.map(({ pid, name }) => [pid, name as string]) : [],
  );
  const uses = new Map<string, Use>();
  for (const pid of await listTree(host.pid ?? 0)) {
    const name = names.get(pid) ?? 'host';
    const present = uses.get(name) ?? { cpuMs: 0, bytes: 0 };
    const { cpuMs, bytes } = await readProcess(pid);
    uses.set(name, { cpuMs: present.cpuMs + cpuMs, bytes: present.bytes + bytes });
  }
  return uses;
}

/** Processor time to the nanosecond, of each thread, and memory with what is shared divided by who shares it. */
async function readProcess(pid: number): Promise<Use> {
  let cpuMs = 0;
  for (const thread of await readdir(`/proc/${pid}/task`)) {
    // A thread may have ended meanwhile.
    const stat = await readFile(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').catch(() => '0');
    cpuMs += Number(stat.split(' ')[0]) / 1e6;
  }
  const rollup = await readFile(`/proc/${pid}/smaps_rollup`, 'utf8');
  return { cpuMs, bytes: Number(/^Pss:\s+(\d+)/m.exec(rollup)?.[1] ?? 0) * 1_024 };
}
