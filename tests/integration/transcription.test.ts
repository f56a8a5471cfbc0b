import { copyFile, mkdtemp, open, readdir, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AppError } from '../../src-shared/domain/errors.ts';
import { transcribe, type TranscribeOptions } from '../../src-worker/adapters/transcription.ts';
import type {
  TranscribedChunk,
  TranscriptionEvent,
  TranscriptionRequest,
} from '../../src-worker/transcriber/protocol.ts';
import {
  countRunning,
  makeLongSpeech,
  makeScriptedRequest,
  makeWithFfmpeg,
  samplePath,
  scriptedTranscriberPath,
  toSavedChunk,
} from '../../src-worker/transcriber/testing/recordings.ts';

let folder: string;
let speechPath: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'longhand-transcription-'));
  speechPath = join(folder, 'speech.flac');
  await makeLongSpeech(speechPath, { repeats: 8, pauseSeconds: 3 });
});
afterAll(async () => {
  await rm(folder, { recursive: true });
});

async function emptyFolder(): Promise<string> {
  return mkdtemp(join(folder, 'run-'));
}

interface Heard {
  events: TranscriptionEvent[];
  chunks: TranscribedChunk[];
  result: Awaited<ReturnType<typeof transcribe>>;
}

async function hear(request: TranscriptionRequest, options: Partial<TranscribeOptions> = {}): Promise<Heard> {
  const events: TranscriptionEvent[] = [];
  const result = await transcribe(request, {
    transcriberPath: scriptedTranscriberPath,
    onEvent: (event) => void events.push(event),
    ...options,
  });
  return { events, result, chunks: chunksOf(events) };
}

function chunksOf(events: readonly TranscriptionEvent[]): TranscribedChunk[] {
  return events.flatMap((event) => (event.type === 'chunk' ? [event.chunk] : []));
}

function codeOf(error: unknown): string {
  return error instanceof AppError ? error.code : String(error);
}

describe('transcribe', () => {
  it('tells the engine, the language, each chunk and the progress, and how it ended', async () => {
    const request = await makeScriptedRequest(await emptyFolder(), {
      sourcePath: samplePath,
      durationMs: 11_000,
    });
    const { events, result } = await hear(request);
    expect(events.filter(({ type }) => type !== 'progress').map(({ type }) => type)).toEqual([
      'engine',
      'language',
      'chunk',
    ]);
    expect(events.findLast(({ type }) => type === 'progress')).toEqual({
      type: 'progress',
      processedMs: 11_000,
      totalMs: 11_000,
      remainingMs: 0,
    });
    expect(result).toEqual({ durationMs: 11_000, language: 'en', chunkCount: 1, outcome: 'speech' });
    expect(await readdir(request.scratchDirectory)).toEqual([]);
  });

  it('covers the whole recording with chunks that lie end to end', async () => {
    const { chunks, result } = await hear(
      await makeScriptedRequest(await emptyFolder(), { sourcePath: speechPath }),
    );
    expect(chunks.length).toBeGreaterThan(3);
    let endSample = 0;
    for (const chunk of chunks) {
      expect(chunk.startSample).toBe(endSample);
      expect(chunk.endMs - chunk.startMs).toBeLessThanOrEqual(28_000);
      endSample = chunk.endSample;
    }
    expect(endSample).toBe(8 * 14 * 16_000);
    expect(result).toMatchObject({ durationMs: 112_000, chunkCount: chunks.length });
  });

  it('goes on after any saved chunk and ends with the same transcript, in lossy formats, too', async () => {
    const lossyPath = join(folder, 'speech.m4a');
    await makeWithFfmpeg(['-i', speechPath, '-ar', '44100', '-ac', '2', '-c:a', 'aac', lossyPath]);
    const whole = await hear(await makeScriptedRequest(await emptyFolder(), { sourcePath: lossyPath }));
    for (const savedCount of [1, whole.chunks.length - 1, whole.chunks.length]) {
      const savedChunks = whole.chunks.slice(0, savedCount).map(toSavedChunk);
      const resumed = await hear(
        await makeScriptedRequest(await emptyFolder(), {
          sourcePath: lossyPath,
          resume: { savedChunks, language: { code: 'en', probability: 0.9 } },
        }),
      );
      expect(resumed.chunks).toEqual(whole.chunks.slice(savedCount));
      expect(resumed.result).toEqual(whole.result);
    }
  });

  it('counts time from the start of the picture where the sound starts later', async () => {
    const latePath = join(folder, 'late.mkv');
    await makeWithFfmpeg([
      ...['-f', 'lavfi', '-i', 'color=s=64x64:d=15', '-itsoffset', '3', '-i', samplePath],
      ...['-map', '0:v', '-map', '1:a', latePath],
    ]);
    const atOnce = await hear(await makeScriptedRequest(await emptyFolder(), { sourcePath: samplePath }));
    const late = await hear(await makeScriptedRequest(await emptyFolder(), { sourcePath: latePath }));
    const firstWordMs = ({ chunks }: Heard): number =>
      chunks.flatMap(({ segments }) => segments)[0]?.startMs ?? 0;
    expect(Math.abs(firstWordMs(late) - firstWordMs(atOnce) - 3000)).toBeLessThan(400);
  });

  it.each([
    ['silence', 'anullsrc=r=16000:d=40'],
    ['noise', 'anoisesrc=d=40:c=pink:a=0.3:seed=3'],
    ['a hum', 'sine=f=120:d=40'],
  ])('finds no speech in %s, which is a result', async (_, source) => {
    const path = join(await emptyFolder(), 'quiet.wav');
    await makeWithFfmpeg(['-f', 'lavfi', '-i', source, '-ac', '1', path]);
    const { chunks, result } = await hear(
      await makeScriptedRequest(await emptyFolder(), { sourcePath: path }),
    );
    expect(result).toMatchObject({ durationMs: 40_000, language: null, outcome: 'no-speech' });
    expect(chunks.flatMap(({ segments }) => segments)).toEqual([]);
  });

  it('transcribes what there is of a file that breaks off, and says so', async () => {
    const path = join(await emptyFolder(), 'broken.wav');
    await makeWithFfmpeg(['-i', speechPath, path]);
    await truncate(path, 40 * 32_000);
    const { events, result } = await hear(
      await makeScriptedRequest(await emptyFolder(), { sourcePath: path, durationMs: 112_000 }),
    );
    expect(result).toMatchObject({ outcome: 'speech' });
    expect(events.find(({ type }) => type === 'warning')).toMatchObject({ code: 'media.truncated' });
  });

  it('names what is wrong with a file without sound, a file that is no recording and a file that is gone', async () => {
    const own = await emptyFolder();
    const silentVideo = join(own, 'video.mp4');
    const text = join(own, 'text.mp4');
    await makeWithFfmpeg(['-f', 'lavfi', '-i', 'color=s=64x64:d=1', silentVideo]);
    await writeFile(text, 'hello');
    const codes: string[] = [];
    for (const sourcePath of [silentVideo, text, join(own, 'gone.mp3')]) {
      const failed = hear(await makeScriptedRequest(await emptyFolder(), { sourcePath }));
      codes.push(await failed.then(() => 'none', codeOf));
    }
    expect(codes).toEqual(['media.no-audio', 'media.unsupported', 'storage.vanished']);
  });

  it('keeps what is done of a file that goes away half-way, and ends the same once it is back', async () => {
    const own = await emptyFolder();
    const path = join(own, 'speech.wav');
    await makeWithFfmpeg(['-i', speechPath, path]);
    await copyFile(path, `${path}.backup`);
    const whole = await hear(await makeScriptedRequest(await emptyFolder(), { sourcePath: path }));

    const kept: TranscribedChunk[] = [];
    const request = await makeScriptedRequest(own, { sourcePath: path, durationMs: 112_000 });
    const interrupted = hear(request, {
      async onEvent(event) {
        if (event.type !== 'chunk') return;
        kept.push(event.chunk);
        if (kept.length > 1) return;
        // Gone before it ends: whoever comes to the end of it finds no file any more.
        const file = await open(path, 'r+');
        await rm(path);
        await file.truncate(60 * 32_000);
        await file.close();
      },
    });
    await expect(interrupted).rejects.toMatchObject({ code: 'storage.vanished', retry: 'user' });

    await copyFile(`${path}.backup`, path);
    const resume = { savedChunks: kept.map(toSavedChunk), language: { code: 'en', probability: 0.9 } };
    const { chunks, result } = await hear({ ...request, resume });
    expect([...kept, ...chunks]).toEqual(whole.chunks);
    expect(result).toEqual(whole.result);
  });

  it('says that the media tool is missing', async () => {
    const request = await makeScriptedRequest(await emptyFolder(), {
      sourcePath: samplePath,
      ffmpegPath: '/nowhere/ffmpeg',
    });
    await expect(hear(request)).rejects.toMatchObject({ code: 'dependency.missing' });
  });

  it('ends everything when it is cancelled, and calls that an outcome', async () => {
    const cancel = new AbortController();
    let pid = 0;
    const { result } = await hear(
      await makeScriptedRequest(await emptyFolder(), {
        sourcePath: speechPath,
        script: { decodeMs: 3_000 },
      }),
      {
        signal: cancel.signal,
        onStart: (startedPid) => {
          pid = startedPid;
        },
        onEvent: ({ type }) => {
          if (type === 'language') cancel.abort();
        },
      },
    );
    expect(result).toEqual({ outcome: 'cancelled' });
    await expect.poll(() => countRunning(pid)).toBe(0);
  });

  it('starts nothing when it was cancelled before', async () => {
    const request = await makeScriptedRequest(await emptyFolder(), { sourcePath: speechPath });
    const onStart = (): never => {
      throw new Error('started');
    };
    const { result } = await hear(request, { signal: AbortSignal.abort(), onStart });
    expect(result).toEqual({ outcome: 'cancelled' });
  });

  it('reports a crash of the transcriber, to be tried again by itself, after all that it had said is saved', async () => {
    const chunks: TranscribedChunk[] = [];
    const request = await makeScriptedRequest(await emptyFolder(), {
      sourcePath: speechPath,
      script: { diesAtEncode: 4 },
    });
    await expect(
      hear(request, { onEvent: (event) => void chunks.push(...chunksOf([event])) }),
    ).rejects.toMatchObject({
      code: 'dependency.transcriber-crashed',
      retry: 'auto',
      details: { signal: 'SIGSEGV' },
    });
    expect(chunks.length).toBeGreaterThan(0);
  });

  it('stops with the error of whoever could not save a chunk, and asks for nothing more', async () => {
    const full = new Error('disk full');
    const heard: string[] = [];
    const request = await makeScriptedRequest(await emptyFolder(), { sourcePath: speechPath });
    const failing = hear(request, {
      onEvent: ({ type }) => {
        if (type !== 'progress') heard.push(type);
        if (type === 'chunk') throw full;
      },
    });
    await expect(failing).rejects.toBe(full);
    expect(heard).toEqual(['engine', 'language', 'chunk']);
  });
});
