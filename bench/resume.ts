import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { requireNativePart } from '../src-node/native-parts.ts';
import { openDataFolder } from '../src-node/data-folder.ts';
import { createLocalApiClient, type LocalApiClient } from '../src-node/local-api-client.ts';
import { makeSpeech } from '../tests/fixtures/make-speech.ts';
import { median, type Benchmark } from './measurement.ts';
import { listTree } from './transcription-process-tree.ts';

const rounds = 3;
const recordingMs = 600_000;
const commandLine = join(import.meta.dirname, '..', 'dist-app', 'main', 'longhand.js');

interface Marks {
  apiMs: number;
  transcribingMs: number;
  savedMs: number;
  /** From the cancellation, after everything else, until nothing of the transcription runs any more. */
  cancelledMs: number;
}

/** Everything is killed in mid-transcription: how long after the next start the work goes on by itself. */
export const resume: Benchmark = {
  name: 'resume',
  async measure(log) {
    const scratch = await mkdtemp(join(tmpdir(), 'longhand-bench-'));
    try {
      const { path: recording } = await makeSpeech(join(scratch, 'speech.wav'), recordingMs);
      const marks: Marks[] = [];
      for (let round = 0; round < rounds; round += 1) {
        marks.push(await killAndStart(join(scratch, `home-${round}`), recording));
        log(`round ${round + 1} of ${rounds}`);
      }
      const row = (what: string, key: keyof Marks): (string | number)[] => [
        what,
        Math.round(median(marks.map((mark) => mark[key]))),
        `${Math.round(Math.min(...marks.map((mark) => mark[key])))} to ${Math.round(Math.max(...marks.map((mark) => mark[key])))}`,
      ];
      return [
        {
          title: 'From a restart to work resumed',
          method: `\`longhand serve\` transcribes ${recordingMs / 60_000} minutes of speech; all its processes are killed with SIGKILL at once and it is started again. Median of ${rounds} rounds, counted from the second start.`,
          columns: ['until', 'median ms', 'range ms'],
          rows: [
            row('the api answers', 'apiMs'),
            row('the transcription runs again', 'transcribingMs'),
            row('the next chunk is saved', 'savedMs'),
          ],
        },
        {
          title: 'From cancelling a transcription to its end',
          method: `The same transcription is cancelled in the middle of a chunk. Median of ${rounds} rounds, counted from the call. Linux only.`,
          columns: ['until', 'median ms', 'range ms'],
          rows: [row('none of its processes runs any more', 'cancelledMs')],
        },
      ];
    } finally {
      await rm(scratch, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
    }
  },
};

async function killAndStart(home: string, recording: string): Promise<Marks> {
  const { apiSocket } = openDataFolder(home);
  const client = createLocalApiClient({ socketPath: apiSocket, door: 'command-line' });
  const first = serve(home);
  await until(() => client.isAnswering());
  const accepted = await client.commands.ingestMedia({ path: recording });
  if (!accepted.ok) throw new Error(accepted.error.userMessage);
  const assetId = accepted.value.entityId;
  await until(async () => (await countSegments(client, assetId)) > 0);
  await killEverything(client, first);

  const marks = await startAndMark(home, client, assetId);
  client.close();
  return marks;
}

async function startAndMark(home: string, client: LocalApiClient, assetId: string): Promise<Marks> {
  const startedAtMs = performance.now();
  const elapsedMs = (): number => performance.now() - startedAtMs;
  const second = serve(home);
  await until(() => client.isAnswering());
  const apiMs = elapsedMs();
  const before = await countSegments(client, assetId);
  await until(async () => {
    const status = await client.commands.readStatus({});
    return (
      status.ok && status.value.processes.some(({ name, state }) => name === 'worker' && state === 'ready')
    );
  });
  await until(async () => {
    const asset = await client.commands.readMetadata({ assetId });
    return (
      asset.ok &&
      asset.value.currentStep?.step === 'transcribe' &&
      asset.value.currentStep.state === 'running'
    );
  });
  const transcribingMs = elapsedMs();
  await until(async () => (await countSegments(client, assetId)) > before);
  const savedMs = elapsedMs();
  const cancelledMs = await cancelAndMark(client, assetId);
  await killEverything(client, second);
  return { apiMs, transcribingMs, savedMs, cancelledMs };
}

async function cancelAndMark(client: LocalApiClient, assetId: string): Promise<number> {
  const status = await client.commands.readStatus({});
  const worker = status.ok ? status.value.processes.find(({ name }) => name === 'worker')?.pid : null;
  if (worker === null || worker === undefined) throw new Error('the worker has no process');
  const startedAtMs = performance.now();
  const cancelled = await client.commands.cancelIngest({ assetId });
  if (!cancelled.ok) throw new Error(cancelled.error.userMessage);
  // The worker has no other children.
  await until(async () => (await listTree(worker)).length === 1);
  return performance.now() - startedAtMs;
}

function serve(home: string): ChildProcess {
  return spawn(requireNativePart('node').path, [commandLine, 'serve'], {
    env: { ...process.env, LONGHAND_HOME: home },
    stdio: 'ignore',
  });
}

async function killEverything(client: LocalApiClient, host: ChildProcess): Promise<void> {
  const status = await client.commands.readStatus({});
  const pids = status.ok
    ? status.value.processes.flatMap(({ pid, isOurs }) => (pid !== null && isOurs ? [pid] : []))
    : [];
  const ended = once(host, 'exit');
  for (const pid of [host.pid, ...pids]) if (pid !== undefined) process.kill(pid, 'SIGKILL');
  await ended;
}

async function countSegments(client: LocalApiClient, assetId: string): Promise<number> {
  const transcript = await client.commands.readTranscript({ assetId });
  return transcript.ok ? transcript.value.segments.length : 0;
}

/** Looks often enough for a measurement in milliseconds, seldom enough not to disturb it. */
async function until(isReached: () => Promise<boolean>): Promise<void> {
  while (!(await isReached())) await delay(25);
}
