import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  readLines,
  runHost,
  type Kill,
  type Victim,
} from '../../src-worker/transcriber/testing/kill-harness.ts';
import {
  countRunning,
  makeLongSpeech,
  makeScriptedRequest,
  scriptedTranscriberPath,
} from '../../src-worker/transcriber/testing/recordings.ts';
import {
  engineLogLineSchema,
  type EngineLogLine,
} from '../../src-worker/transcriber/testing/scripted-engine.ts';

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

interface Run {
  /** What the engine was made to do in this run. */
  log: EngineLogLine[];
  isFinished: boolean;
}

async function runOnce(work: string, kill?: Omit<Kill, 'watchedPath'>): Promise<Run> {
  const logPath = join(work, 'engine.log');
  await writeFile(logPath, '');
  const { isFinished, transcriberPid } = await runHost({
    request: await makeScriptedRequest(work, { sourcePath, script: { logPath, encodeMs: 60, decodeMs: 80 } }),
    savePath: join(work, 'saved'),
    transcriberPath: scriptedTranscriberPath,
    kill: kill && { ...kill, watchedPath: logPath },
  });
  // Whoever was killed: nothing of the transcription outlives its worker.
  await expect.poll(() => countRunning(transcriberPid)).toBe(0);
  const log = (await readLines(logPath)).map((line) => engineLogLineSchema.parse(JSON.parse(line)));
  return { log, isFinished };
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
