import { randomUUID } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { createAccountRepository } from '../src-data/accounts.ts';
import type { LibraryDatabase } from '../src-data/database.ts';
import { createPostChanges } from '../src-data/posts/change-posts.ts';
import { openDataFolder } from '../src-node/data-folder.ts';
import { createLocalApiClient } from '../src-node/local-api-client.ts';
import { resolveTime } from '../src-shared/domain/due-time.ts';
import { defaultLateness } from '../src-shared/domain/lateness.ts';
import { variantContentSchema } from '../src-shared/domain/variant-content.ts';
import { openScriptedPlatform, scriptedLimits } from '../tests/fixtures/scripted-platform.ts';
import { openHarness } from '../tests/fixtures/worker-harness.ts';
import { openBenchApi } from './boundary/open-api.ts';
import { startTemporal } from './boundary/start-temporal.ts';
import type { Benchmark, Measurement } from './measurement.ts';
import { defaultPublishingTimings } from '../src-worker/activities/publishing-port.ts';

const postCount = Number(process.env['LONGHAND_BENCH_POSTS'] ?? 10_000);
const idleMs = 60_000;
/** Of a platform without a limit of its own, so that what is measured is ours. */
const spacingMs = 20;
/** What ticks of /proc are made of (`getconf CLK_TCK`, 100 on every Linux that runs Electron). */
const ticksPerSecond = 100;

/**
 * Many posts that wait: what arming costs, what waiting costs, how soon a start with all of them is usable, and how long
 * it takes when all come due in the same minute. Api, worker and this program are one process; Temporal is the other.
 */
export const armedPosts: Benchmark = {
  name: 'armed-posts',
  async measure(log): Promise<Measurement[]> {
    const folder = await mkdtemp(join(tmpdir(), 'longhand-bench-'));
    const temporal = await startTemporal(folder);
    const platform = openScriptedPlatform(join(folder, 'platform.db'));
    const server = { ...temporal, kill: temporal.stop, start: () => Promise.resolve() };
    const timings = {
      ...defaultPublishingTimings,
      spacingMs: { bluesky: spacingMs, mastodon: 0, feed: 0, manual: 0 },
    };
    const harness = await openHarness({ server, publishing: platform.port, publishingTimings: timings });
    const { database } = harness.dependencies;
    const accountId = addAccount(database);
    const dataFolder = openDataFolder(harness.dataFolder.root);

    log(`${postCount} posts, due in a week`);
    addPosts(database, accountId, 7 * 24 * 3_600_000);
    const armedFrom = performance.now();
    let api = await openBenchApi(dataFolder, temporal.address);
    await harness.startWorkers();
    await api.rearm();
    await until(() => countReceipts(database, 'scheduled') === postCount, log);
    const armingS = (performance.now() - armedFrom) / 1_000;

    log('idle');
    await delay(10_000);
    const cpuFrom = await readCpuSeconds(temporal.pid);
    await delay(idleMs);
    const idleShare =
      ((await readCpuSeconds(temporal.pid)) - cpuFrom) / (idleMs / 1_000) / availableParallelism();

    log('start with all of them open');
    await api.stop();
    const startFrom = performance.now();
    api = await openBenchApi(dataFolder, temporal.address);
    const client = createLocalApiClient({ socketPath: dataFolder.apiSocket, door: 'window' });
    const listed = await client.commands.listPosts({ limit: 200 });
    if (!listed.ok) throw new Error(listed.error.userMessage);
    const usableMs = performance.now() - startFrom;
    await api.rearm();
    const checkedMs = performance.now() - startFrom;

    log('all due in the same minute');
    const dueFrom = performance.now();
    makeDue(database);
    for (const { postId } of database.sqlite
      .prepare<[], { postId: string }>('SELECT post_id AS postId FROM post')
      .all()) {
      await harness.client.workflow
        .getHandle(`schedule-post:${postId}`)
        .executeUpdate('post-changed', { args: [null] });
    }
    await until(() => platform.posts().length >= postCount, log);
    const sentS = (performance.now() - dueFrom) / 1_000;
    const sent = platform.posts();
    const times = sent.map(({ sentAtMs }) => sentAtMs).sort((left, right) => left - right);
    const busiest = Math.max(
      ...times.map((from) => times.filter((at) => at >= from && at < from + 1_000).length),
    );

    client.close();
    await api.stop();
    await harness.close();
    platform.close();
    await temporal.stop();
    await rm(folder, { recursive: true, force: true });
    return [
      {
        title: `${postCount} armed posts`,
        method: `Posts for one account with ${spacingMs} ms between two; api and worker in one process, Temporal in another, on ${availableParallelism()} processors. Idle: the processor time of both over ${idleMs / 1_000} s, as a share of the machine.`,
        columns: ['what', 'value'],
        rows: [
          ['armed, all workflows running', `${armingS.toFixed(0)} s`],
          ['idle', `${(idleShare * 100).toFixed(2)} %`],
          ['start until the first list of posts', `${usableMs.toFixed(0)} ms`],
          ['start until every workflow was looked after', `${checkedMs.toFixed(0)} ms`],
          ['all due at once: sent', `${sent.length} in ${sentS.toFixed(0)} s`],
          ['sent twice', sent.length - new Set(sent.map(({ handle }) => handle)).size],
          ['in the busiest second', `${busiest} of ${1_000 / spacingMs} allowed`],
        ],
      },
    ];
  },
};

function addAccount(database: LibraryDatabase): string {
  const accountId = randomUUID();
  createAccountRepository(database).connect({
    accountId,
    name: 'Studio',
    platform: 'bluesky',
    handle: '@studio',
    remoteId: accountId,
    serviceUrl: null,
    profileUrl: null,
    settings: { platform: 'bluesky' },
    limits: scriptedLimits,
  });
  return accountId;
}

function addPosts(database: LibraryDatabase, accountId: string, inMs: number): void {
  const posts = createPostChanges(database);
  const { due } = resolveTime(new Date(Date.now() + inMs).toISOString(), 'Europe/Berlin');
  database.transaction(() => {
    for (let index = 0; index < postCount; index += 1) {
      const content = variantContentSchema.parse({ parts: [{ text: `Post ${index}` }] });
      const wish = { content, targets: [{ accountId, variant: null }], due, lateness: defaultLateness };
      posts.insert(randomUUID(), wish, 'waiting');
    }
  });
}

function makeDue(database: LibraryDatabase): void {
  database.sqlite.prepare('UPDATE post SET due_at = ?').run(new Date().toISOString());
}

function countReceipts(database: LibraryDatabase, kind: string): number {
  return Number(
    database.sqlite.prepare('SELECT count(*) FROM post_receipt WHERE kind = ?').pluck().get(kind),
  );
}

/** Of this process and of Temporal. */
async function readCpuSeconds(temporalPid: number | undefined): Promise<number> {
  const { user, system } = process.cpuUsage();
  const own = (user + system) / 1e6;
  if (temporalPid === undefined) return own;
  // https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html: fields 14 and 15, counted behind the name.
  const fields = (await readFile(`/proc/${temporalPid}/stat`, 'utf8')).split(') ')[1]?.split(' ') ?? [];
  return own + (Number(fields[11]) + Number(fields[12])) / ticksPerSecond;
}

async function until(isSo: () => boolean, log: (line: string) => void): Promise<void> {
  const from = performance.now();
  while (!isSo()) {
    await delay(1_000);
    if (Math.round((performance.now() - from) / 1_000) % 60 === 0) log('…');
  }
}
