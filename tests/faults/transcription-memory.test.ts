import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { transcribe } from '../../src-worker/adapters/transcription.ts';
import {
  makeLongSpeech,
  makeScriptedRequest,
  makeWithFfmpeg,
  scriptedTranscriberPath,
} from '../../src-worker/transcriber/testing/recordings.ts';

const run = promisify(execFile);

/** Sixteen bits, 16 kHz. */
const soundBytesPerMs = 32;

let folder: string;
let twoMinutesPath: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'longhand-memory-'));
  twoMinutesPath = join(folder, 'two-minutes.mp3');
  await makeLongSpeech(twoMinutesPath, { repeats: 8, pauseSeconds: 4 });
});
afterAll(async () => {
  await rm(folder, { recursive: true });
});

/** The most memory that the processes of a group ever had at once, each at its own peak, in kilobytes. */
async function readPeakKilobytes(groupId: number): Promise<number> {
  const { stdout } = await run('ps', ['-eo', 'pgid=,pid=']);
  const pids = stdout
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .flatMap(([group, pid]) => (Number(group) === groupId && pid !== undefined ? [pid] : []));
  const peaks = await Promise.all(
    pids.map(async (pid) => {
      // It may have ended since it was listed.
      const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
      return Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0);
    }),
  );
  return peaks.reduce((sum, peak) => sum + peak, 0);
}

/** Transcribes the two minutes so many times over and gives the highest peak seen. */
async function measure(times: number): Promise<{ peakKilobytes: number; durationMs: number }> {
  const sourcePath = join(folder, `${times}.mp3`);
  await makeWithFfmpeg(['-stream_loop', `${times - 1}`, '-i', twoMinutesPath, '-c', 'copy', sourcePath]);
  const request = await makeScriptedRequest(await mkdtemp(join(folder, 'run-')), { sourcePath });
  let groupId = 0;
  let peakKilobytes = 0;
  const result = await transcribe(request, {
    transcriberPath: scriptedTranscriberPath,
    onStart: (pid) => {
      groupId = pid;
    },
    async onEvent(event) {
      if (event.type !== 'chunk' || event.chunk.index % 10 !== 0) return;
      peakKilobytes = Math.max(peakKilobytes, await readPeakKilobytes(groupId));
    },
  });
  if (result.outcome === 'cancelled') throw new Error('not cancelled by anyone');
  return { peakKilobytes, durationMs: result.durationMs };
}

describe.runIf(process.platform === 'linux')('the memory of a transcription', () => {
  it('does not grow with the length of the recording', async () => {
    const short = await measure(5);
    const long = await measure(30);
    expect(long.durationMs).toBeGreaterThan(5.9 * short.durationMs);
    // Of what came on top, read as it is for the engine, most would have to be kept to grow so much.
    const addedKilobytes = ((long.durationMs - short.durationMs) * soundBytesPerMs) / 1_024;
    expect(long.peakKilobytes - short.peakKilobytes).toBeLessThan(addedKilobytes / 2);
  });
});
