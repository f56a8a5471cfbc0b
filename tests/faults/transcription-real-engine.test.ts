import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { requireNativePart } from '../../src-node/native-parts.ts';
import { transcribe } from '../../src-worker/adapters/transcription.ts';
import {
  transcriptionEventSchema,
  type TranscribedChunk,
  type TranscriptionRequest,
} from '../../src-worker/transcriber/protocol.ts';
import {
  readLines,
  runHost,
  type Kill,
  type Victim,
} from '../../src-worker/transcriber/testing/kill-harness.ts';
import {
  ffmpegPath,
  makeLongSpeech,
  makeWithFfmpeg,
} from '../../src-worker/transcriber/testing/recordings.ts';

const transcriberPath = resolve(import.meta.dirname, '../../src-worker/transcriber/index.ts');
const killCount = 3;
const spokenText =
  'and so my fellow americans ask not what your country can do for you ask what you can do for your country';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'longhand-real-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true });
});

async function makeRequest(sourcePath: string): Promise<{ work: string; request: TranscriptionRequest }> {
  const work = await mkdtemp(join(folder, 'work-'));
  const request = {
    sourcePath,
    durationMs: null,
    modelDirectory: requireNativePart('whisperModel').path,
    ffmpegPath,
    scratchDirectory: join(work, 'scratch'),
    resume: { savedChunks: [] },
  };
  return { work, request };
}

/** Runs it, or goes on with it; the chunks are what was saved in the end. */
async function runUntilDone(
  sourcePath: string,
  kills: readonly Omit<Kill, 'watchedPath'>[],
): Promise<TranscribedChunk[]> {
  const { work, request } = await makeRequest(sourcePath);
  const savePath = join(work, 'saved');
  for (const kill of [...kills, undefined]) {
    const { isFinished } = await runHost({
      ...{ request, savePath, transcriberPath },
      kill: kill && { ...kill, watchedPath: savePath },
    });
    if (isFinished) break;
    expect(kill, 'failed without being killed').toBeDefined();
  }
  expect(await readdir(request.scratchDirectory)).toEqual([]);
  const events = (await readLines(savePath)).map((line) => transcriptionEventSchema.parse(JSON.parse(line)));
  return events.flatMap((event) => (event.type === 'chunk' ? [event.chunk] : []));
}

function plainText(chunks: readonly TranscribedChunk[]): string {
  const text = chunks.flatMap(({ segments }) => segments.map((segment) => segment.text)).join(' ');
  return text.toLowerCase().replaceAll(/[^a-z ]/g, '');
}

describe('the transcriber with the real engine', () => {
  it(`gives the same transcript of real speech, byte for byte, after ${killCount} kills`, async () => {
    const sourcePath = join(folder, 'speech.flac');
    await makeLongSpeech(sourcePath, { repeats: 4, pauseSeconds: 9 });
    const unbroken = await runUntilDone(sourcePath, []);
    expect(plainText(unbroken).split('country').length - 1).toBe(8);

    const seed = Date.now() % 1_000_000;
    const kills = fc.sample(
      fc.record({
        victim: fc.constantFrom<Victim>('transcriber', 'worker', 'everything'),
        atLine: fc.integer({ min: 0, max: 5 }),
        plusMs: fc.integer({ min: 0, max: 2500 }),
      }),
      { numRuns: killCount, seed },
    );
    expect(await runUntilDone(sourcePath, kills), `seed ${seed}`).toEqual(unbroken);
  });

  it('invents nothing in tones and noise, and loses nothing of the speech between them', async () => {
    const tones =
      "aevalsrc='0.15*(sin(2*PI*t*131)+sin(2*PI*t*262)/2+sin(2*PI*t*393)/3)*(1+floor(mod(t,3)))/2':d=30:s=16000";
    const sourcePath = join(folder, 'mixed.wav');
    const once = join(folder, 'once.flac');
    await makeLongSpeech(once, { repeats: 1, pauseSeconds: 1 });
    await makeWithFfmpeg([
      ...[
        '-f',
        'lavfi',
        '-i',
        tones,
        '-i',
        once,
        '-f',
        'lavfi',
        '-i',
        'anoisesrc=d=30:c=pink:a=0.3:seed=3:r=16000',
      ],
      ...['-filter_complex', '[0:a][1:a][2:a]concat=n=3:v=0:a=1', '-ac', '1', sourcePath],
    ]);
    const chunks: TranscribedChunk[] = [];
    const { request } = await makeRequest(sourcePath);
    const result = await transcribe(request, {
      transcriberPath,
      onEvent: (event) => {
        if (event.type === 'chunk') chunks.push(event.chunk);
      },
    });
    expect(result).toMatchObject({ language: 'en', outcome: 'speech' });
    expect(plainText(chunks)).toBe(spokenText);
    const [first] = chunks.flatMap(({ segments }) => segments);
    expect(first?.startMs).toBeGreaterThan(28_000);
    expect(first?.words.map(({ text }) => text).join(' ')).toContain('country');
  });
});
