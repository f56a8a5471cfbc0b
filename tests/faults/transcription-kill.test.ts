import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  countRunning,
  makeLongSpeech,
  makeScriptedRequest,
} from '../../src-worker/transcriber/testing/recordings.ts';
import {
  engineLogLineSchema,
  type EngineLogLine,
} from '../../src-worker/transcriber/testing/scripted-engine.ts';

const hostPath = resolve(import.meta.dirname, '../../src-worker/transcriber/testing/transcription-host.ts');
const killCount = 20;
const longestRedoneMs = 30_000;

let folder: string;
let sourcePath: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'longhand-kill-'));
  sourcePath = join(folder, 'speech.flac');
  await makeLongSpeech(sourcePath, { repeats: 16, pauseSeconds: 2 });
});
afterAll(async () => {
  await rm(folder, { recursive: true });
});

type Victim = 'transcriber' | 'worker' | 'everything';

interface Run {
  /** What the engine was made to do in this run. */
  log: EngineLogLine[];
  isFinished: boolean;
}

/** When to kill: at so many lines of the engine's log, and a little later. */
interface Kill {
  victim: Victim;
  atLine: number;
  plusMs: number;
}

/** Runs the transcription of `work`, or goes on with it; kills at the given point, if it has not ended by then. */
async function runOnce(work: string, kill?: Kill): Promise<Run> {
  const logPath = join(work, 'engine.log');
  await writeFile(logPath, '');
  const request = await makeScriptedRequest(work, {
    sourcePath,
    script: { logPath, encodeMs: 60, decodeMs: 80 },
  });
  const host = fork(hostPath, [JSON.stringify(request), join(work, 'saved')], {
    execArgv: [],
    stdio: 'ignore',
  });
  const ended = once(host, 'exit');
  const [transcriberPid] = (await once(host, 'message')) as [number];
  if (kill) {
    const stop = new AbortController();
    await Promise.race([
      ended,
      waitForLines(logPath, kill.atLine, stop.signal).then(() => wait(kill.plusMs)),
    ]);
    stop.abort();
    killNow(kill.victim, host, transcriberPid);
  }
  const [exitCode] = (await ended) as [number | null];
  // Whoever was killed: nothing of the transcription outlives its worker.
  await expect.poll(() => countRunning(transcriberPid), { timeout: 10_000 }).toBe(0);
  return { log: await readLog(logPath), isFinished: exitCode === 0 };
}

function killNow(victim: Victim, host: ChildProcess, transcriberPid: number): void {
  if (victim !== 'worker') killIfRunning(transcriberPid);
  if (victim !== 'transcriber') host.kill('SIGKILL');
}

function killIfRunning(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}

async function waitForLines(path: string, lineCount: number, signal: AbortSignal): Promise<void> {
  while (!signal.aborted && (await readLog(path)).length < lineCount) await wait(10);
}

async function readLog(path: string): Promise<EngineLogLine[]> {
  const lines = (await readFile(path, 'utf8')).split('\n').filter((line) => line.endsWith('}'));
  return lines.map((line) => engineLogLineSchema.parse(JSON.parse(line)));
}

async function startWork(name: string): Promise<string> {
  return mkdtemp(join(folder, `${name}-`));
}

/** How much audio one stage began in this run although an earlier run had begun it before. */
function redoneMs(stage: EngineLogLine['stage'], run: Run, earlier: readonly Run[]): number {
  const begun = ({ log }: Run): EngineLogLine[] =>
    log.filter((line) => line.stage === stage && line.state === 'begin');
  const known = new Set(earlier.flatMap(begun).map(({ digest }) => digest));
  return begun(run)
    .filter(({ digest }) => known.has(digest))
    .reduce((sum, { durationMs }) => sum + durationMs, 0);
}

describe('a transcription that is killed', () => {
  it(`ends, after ${killCount} kills at random points, with the same transcript byte for byte, and repeats at most 30 s`, async () => {
    const unbroken = await startWork('unbroken');
    expect((await runOnce(unbroken)).isFinished).toBe(true);
    const expected = await readFile(join(unbroken, 'saved'), 'utf8');

    const seed = Date.now() % 1_000_000;
    const kills = fc.sample(
      fc.record({
        victim: fc.constantFrom<Victim>('transcriber', 'worker', 'everything'),
        atLine: fc.integer({ min: 0, max: 16 }),
        plusMs: fc.integer({ min: 0, max: 90 }),
      }),
      { numRuns: killCount, seed },
    );
    let work = await startWork('killed');
    let runs: Run[] = [];
    const finishWork = async (): Promise<void> => {
      expect(await readFile(join(work, 'saved'), 'utf8'), `seed ${seed}`).toBe(expected);
      expect(await readdir(join(work, 'scratch'))).toEqual([]);
    };
    for (const kill of [...kills, undefined]) {
      const run = await runOnce(work, kill);
      for (const stage of ['encode', 'decode'] as const) {
        expect(redoneMs(stage, run, runs), `${stage}, seed ${seed}`).toBeLessThanOrEqual(longestRedoneMs);
      }
      runs.push(run);
      if (!run.isFinished) continue;
      await finishWork();
      if (kill === undefined) break;
      work = await startWork('killed');
      runs = [];
    }
    expect(runs.at(-1)?.isFinished).toBe(true);
  });
});
