import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from '../src-data/database.ts';
import { migrate } from '../src-data/migrate.ts';
import { openDataFolder } from '../src-node/data-folder.ts';
import { addArmedPosts } from './armed/library.ts';
import { measureSending, spacingMs, type SendingMarks } from './armed/sending.ts';
import { measureServing, type Idle, type ServingMarks } from './armed/serving.ts';
import type { Benchmark, Measurement } from './measurement.ts';

const postCount = Number(process.env['LONGHAND_BENCH_POSTS'] ?? 10_000);
const weekMs = 7 * 24 * 3_600_000;

/**
 * Many posts that wait: what arming costs, what waiting costs, how soon a start with all of them is usable, and how long
 * it takes when all come due in the same minute.
 */
export const armedPosts: Benchmark = {
  name: 'armed-posts',
  async measure(log): Promise<Measurement[]> {
    const folder = await mkdtemp(join(tmpdir(), 'longhand-bench-'));
    try {
      const dataFolder = openDataFolder(join(folder, 'home'));
      const database = connect(dataFolder.databaseFile);
      migrate(database.sqlite);
      log(`${postCount} posts, due in a week`);
      addArmedPosts(database, postCount, new Date(Date.now() + weekMs));
      database.close();
      const serving = await measureServing(dataFolder, postCount, log);
      const sending = await measureSending(dataFolder, postCount, log);
      return [toServingTable(serving), toSendingTable(sending)];
    } finally {
      await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
    }
  },
};

function toServingTable(marks: ServingMarks): Measurement {
  const { armedMs, idle, idleAfterStart, start, list } = marks;
  return {
    title: `${postCount} armed posts`,
    method:
      'One account, due in a week; `longhand serve` with all its processes. Idle: their processor time over two minutes, from 20 s after, as a share of one core. Start: the second one, counted from starting the process.',
    columns: ['what', 'value', 'of it'],
    rows: [
      [
        'every workflow armed, from an empty engine',
        `${(armedMs / 1_000).toFixed(0)} s`,
        `${((postCount / armedMs) * 1_000).toFixed(0)} a second`,
      ],
      ...toIdleRows('after arming', idle),
      ['start until the api answers', `${start.apiMs.toFixed(0)} ms`, ''],
      ['start until the first list of posts', `${start.listMs.toFixed(0)} ms`, '200 posts'],
      ['start until the calendar of six weeks', `${start.calendarMs.toFixed(0)} ms`, '2000 posts'],
      [
        'start until a new post is acknowledged by its workflow',
        `${start.scheduledMs.toFixed(0)} ms`,
        'behind the work engine and the worker',
      ],
      ['start until everything is ready', `${start.readyMs.toFixed(0)} ms`, ''],
      ...toIdleRows('after the second start', idleAfterStart),
      ['the list of posts', `${list.p50Ms.toFixed(1)} ms`, `p99 ${list.p99Ms.toFixed(1)} ms`],
    ],
  };
}

function toIdleRows(when: string, { percent, memoryBytes }: Idle): Measurement['rows'] {
  const sum = (values: Iterable<number>): number => [...values].reduce((total, value) => total + value, 0);
  const parts = (values: ReadonlyMap<string, number>, say: (value: number) => string): string =>
    [...values]
      .sort(([, left], [, right]) => right - left)
      .map(([name, value]) => `${name} ${say(value)}`)
      .join(', ');
  const megabytes = (bytes: number): string => (bytes / 1_048_576).toFixed(0);
  return [
    [
      `idle ${when}`,
      `${sum(percent.values()).toFixed(2)} % of a core`,
      parts(percent, (value) => `${value.toFixed(2)} %`),
    ],
    [
      `memory ${when}`,
      `${megabytes(sum(memoryBytes.values()))} MB`,
      parts(memoryBytes, (value) => `${megabytes(value)} MB`),
    ],
  ];
}

function toSendingTable(marks: SendingMarks): Measurement {
  const { toldMs, sentMs, sent, doubled, busiest, slowestListMs, cpuSeconds } = marks;
  return {
    title: `${postCount} posts in the same minute`,
    method: `The same posts, all due at one instant, for one account with ${spacingMs} ms between two; api and worker are one process, Temporal another, the platform a file that takes whatever comes.`,
    columns: ['what', 'value'],
    rows: [
      ['another time reaches every workflow', `${(toldMs / 1_000).toFixed(0)} s`],
      [
        'sent',
        `${sent} of ${postCount} in ${(sentMs / 1_000).toFixed(0)} s (${((sent / sentMs) * 1_000).toFixed(1)} a second)`,
      ],
      ['lost', postCount - (sent - doubled)],
      ['sent twice', doubled],
      ['in the busiest second', `${busiest} of ${1_000 / spacingMs} allowed`],
      [
        'processor time of worker and api for each',
        `${((cpuSeconds.worker / Math.max(1, sent)) * 1_000).toFixed(1)} ms`,
      ],
      ['the slowest list of posts meanwhile', `${slowestListMs.toFixed(0)} ms`],
    ],
  };
}
