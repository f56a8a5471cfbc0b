import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { resolveNativePart } from '../../../src-node/native-parts.ts';
import type { SavedChunk, TranscribedChunk, TranscriptionRequest } from '../protocol.ts';
import type { EngineScript } from './scripted-engine.ts';

const run = promisify(execFile);

export const ffmpegPath = resolveNativePart('ffmpeg')?.path ?? 'ffmpeg';

/** 11 s of real speech. */
export const samplePath = resolve(import.meta.dirname, '../../../resources/sample-jfk.flac');

/** The transcriber with a scripted engine: in every other part the real one. */
export const scriptedTranscriberPath = join(import.meta.dirname, 'scripted-transcriber.ts');

/** Runs ffmpeg on what a test needs; `arguments_` end with the file to be made. */
export async function makeWithFfmpeg(arguments_: readonly string[]): Promise<void> {
  await run(ffmpegPath, ['-nostdin', '-v', 'error', '-y', ...arguments_]);
}

/**
 * The sample again and again, each time with a pause after it and over soft noise that never repeats, so that no two
 * stretches are the same. The name's ending chooses the format.
 */
export async function makeLongSpeech(
  path: string,
  options: { repeats: number; pauseSeconds: number },
): Promise<void> {
  const seconds = options.repeats * (11 + options.pauseSeconds);
  await makeWithFfmpeg([
    ...['-f', 'lavfi', '-i', `anoisesrc=d=${seconds}:a=0.002:seed=7:r=16000`],
    ...['-i', samplePath],
    '-filter_complex',
    `[1:a]aresample=16000,apad=pad_dur=${options.pauseSeconds},aloop=loop=${options.repeats - 1}:size=${16_000 * (11 + options.pauseSeconds)}[speech];` +
      '[0:a][speech]amix=inputs=2:duration=first:normalize=0',
    ...['-ac', '1', path],
  ]);
}

/** A request to the scripted engine. Everything it needs and leaves lies in `folder`. */
export async function makeScriptedRequest(
  folder: string,
  options: Pick<TranscriptionRequest, 'sourcePath'> &
    Partial<TranscriptionRequest> & { script?: Partial<EngineScript> },
): Promise<TranscriptionRequest> {
  const { script, ...request } = options;
  const modelDirectory = join(folder, 'script.json');
  await writeFile(modelDirectory, JSON.stringify({ logPath: join(folder, 'engine.log'), ...script }));
  return {
    durationMs: null,
    modelDirectory,
    ffmpegPath,
    scratchDirectory: join(folder, 'scratch'),
    resume: { savedChunks: [] },
    ...request,
  };
}

/** What the database knows of a chunk when the work goes on. */
export function toSavedChunk(chunk: TranscribedChunk): SavedChunk {
  const { index, startMs, endMs, startSample, endSample, hasSpeech } = chunk;
  return { index, startMs, endMs, startSample, endSample, hasSpeech };
}

/** The processes of a group that still run; those that ended and wait to be reaped do not count. */
export async function countRunning(groupId: number): Promise<number> {
  const { stdout } = await run('ps', ['-eo', 'pgid=,stat=']);
  return stdout
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter(([group, state]) => Number(group) === groupId && !state?.startsWith('Z')).length;
}
