import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Client, Connection } from '@temporalio/client';
import { connect, type LibraryDatabase } from '../../src-data/database.ts';
import type { DataFolder } from '../../src-node/data-folder.ts';
import { createLocalApiClient } from '../../src-node/local-api-client.ts';
import { createSilentLogger } from '../../src-node/logger.ts';
import { temporalNamespace, workflowIds, workflowUpdates } from '../../src-shared/domain/workflows.ts';
import { defaultPublishingTimings } from '../../src-worker/activities/publishing-port.ts';
import { startWorking } from '../../src-worker/start-working.ts';
import { installTemporalRuntime } from '../../src-worker/temporal-runtime.ts';
import { openScriptedPlatform, type ScriptedPlatform } from '../../tests/fixtures/scripted-platform.ts';
import { bundleWorkflows } from '../../tests/fixtures/worker-harness.ts';
import { createWorkerParts } from '../../tests/fixtures/worker-parts.ts';
import { openBenchApi } from '../boundary/open-api.ts';
import { startTemporal } from '../boundary/start-temporal.ts';
import { countReceipts, listWaiting, setDue } from './library.ts';
import { untilAll } from './until.ts';

/** Of a platform without a limit of its own, so that what is measured is ours. */
export const spacingMs = 20;
const toldAtOnce = 16;
const readAheadMs = 5_000;
const marginOfTelling = 1.2;

export interface SendingMarks {
  /** Until every workflow has taken another due time. */
  toldMs: number;
  /** From the instant at which all are due until the last is sent. */
  sentMs: number;
  sent: number;
  doubled: number;
  /** The most that were sent within any second. */
  busiest: number;
  /** Of the list of posts, asked for all the while. */
  slowestListMs: number;
  cpuSeconds: { worker: number };
}

/** All posts come due at the same instant; api and worker are this process, Temporal is another, the platform is a file. */
export async function measureSending(
  dataFolder: DataFolder,
  count: number,
  log: (line: string) => void,
): Promise<SendingMarks> {
  const temporal = await startTemporal(dataFolder.temporalFolder);
  const platform = openScriptedPlatform(join(dataFolder.root, 'platform.db'));
  const database = connect(dataFolder.databaseFile);
  installTemporalRuntime(createSilentLogger());
  const workers = await startWorkers(dataFolder, database, platform, temporal.address);
  const api = await openBenchApi(dataFolder, temporal.address);
  await api.rearm();
  await untilAll(() => countReceipts(database, 'scheduled'), count, { what: 'armed', log });

  const connection = await Connection.connect({ address: temporal.address });
  const client = new Client({ connection, namespace: temporalNamespace });
  const postIds = listWaiting(database);
  const sample = postIds.slice(0, Math.ceil(count / 50));
  const ofOneMs = (await tell(client, sample)) / sample.length;
  log('each is told of another time');
  // Time enough to tell all of them; nothing is sent before.
  const dueAt = new Date(Date.now() + postIds.length * ofOneMs * marginOfTelling + readAheadMs);
  setDue(database, dueAt);
  const toldMs = await tell(client, postIds);
  await delay(Math.max(0, dueAt.getTime() - Date.now()));

  log('all are due');
  const watch = watchLists(dataFolder);
  const cpu = process.cpuUsage();
  const whole = postIds.length;
  const sentMs = await untilAll(() => platform.countPosts(), whole, { what: 'sent', log });
  const { user, system } = process.cpuUsage(cpu);
  const slowestListMs = await watch.stop();
  const sent = platform.posts();

  await connection.close();
  await api.stop();
  await workers.stop();
  platform.close();
  database.close();
  await temporal.stop();
  return {
    toldMs,
    sentMs,
    sent: sent.length,
    doubled: sent.length - new Set(sent.map(({ handle }) => handle)).size,
    busiest: busiestSecond(sent.map(({ sentAtMs }) => sentAtMs)),
    slowestListMs,
    cpuSeconds: { worker: (user + system) / 1e6 },
  };
}

/** Each workflow reads its post again. Gives how long it took until the last has answered. */
async function tell(client: Client, postIds: readonly string[]): Promise<number> {
  const fromMs = performance.now();
  const rest = postIds.values();
  const lanes = Array.from({ length: toldAtOnce }, async () => {
    for (const postId of rest) {
      const handle = client.workflow.getHandle(workflowIds.schedulePost(postId));
      await handle.executeUpdate(workflowUpdates.postChanged, { args: [null] });
    }
  });
  await Promise.all(lanes);
  return performance.now() - fromMs;
}

async function startWorkers(
  dataFolder: DataFolder,
  database: LibraryDatabase,
  platform: ScriptedPlatform,
  address: string,
) {
  const dependencies = createWorkerParts(
    { database, dataFolder },
    {
      publishing: platform.port,
      publishingTimings: {
        ...defaultPublishingTimings,
        spacingMs: { ...defaultPublishingTimings.spacingMs, bluesky: spacingMs },
      },
    },
  );
  return startWorking({
    address,
    namespace: temporalNamespace,
    workflows: await bundleWorkflows(),
    dependencies,
    signal: new AbortController().signal,
  });
}

/** Asks for the list of posts again and again. */
function watchLists({ apiSocket }: DataFolder): { stop: () => Promise<number> } {
  const client = createLocalApiClient({ socketPath: apiSocket, door: 'window' });
  let slowestMs = 0;
  const watch = { isOver: false };
  const asking = (async () => {
    while (!watch.isOver) {
      const fromMs = performance.now();
      await client.commands.listPosts({ limit: 200 });
      slowestMs = Math.max(slowestMs, performance.now() - fromMs);
      await delay(2_000);
    }
  })();
  return {
    async stop() {
      watch.isOver = true;
      await asking;
      client.close();
      return slowestMs;
    },
  };
}

function busiestSecond(timesMs: readonly number[]): number {
  const sorted = [...timesMs].sort((left, right) => left - right);
  let busiest = 0;
  for (let first = 0, last = 0; last < sorted.length; last += 1) {
    while ((sorted[last] ?? 0) - (sorted[first] ?? 0) >= 1_000) first += 1;
    busiest = Math.max(busiest, last - first + 1);
  }
  return busiest;
}
