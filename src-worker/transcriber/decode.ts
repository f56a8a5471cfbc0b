import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { basename } from 'node:path';
import type { Readable } from 'node:stream';
import { classifyMediaError } from '../adapters/media/classify-media-error.ts';
import { errnoCodeOf, observeFile } from '../adapters/media/observe-failure.ts';
import { safeInputOptions, toToolPath } from '../adapters/media/run-ffmpeg.ts';
import { sampleRateHz } from './audio-format.ts';
import { judgeDecodeEnd } from './decode-outcome.ts';

export interface DecodeRequest {
  ffmpegPath: string;
  sourcePath: string;
  /** The stream's index in the file, as ffprobe counts; without it, the first audio stream. */
  audioStreamIndex?: number | undefined;
  /** Everything before this sample is decoded and dropped, which is the one way to be exact in every container. */
  startSample: number;
  /** The length that the container promises; null where it promises none. */
  durationMs: number | null;
}

/** What is known once the audio is over. */
export interface DecodeSummary {
  /** The recording's length in samples, counted from its start even if decoding began later. */
  endSample: number;
  isTruncated: boolean;
}

const keptComplaintCharacters = 4000;
const bytesPerSample = 2;

/**
 * Decodes the sound of a file to mono, 16 kHz, block by block. ffmpeg waits while nobody asks for the next block, so
 * memory does not depend on the length of the recording. Time 0 is the player's time 0: a sound track that starts
 * late, or has gaps, is filled with silence. Leaving the loop early ends ffmpeg.
 *
 * @throws AppError of the families media, storage and dependency
 */
export async function* decodeAudio(request: DecodeRequest): AsyncGenerator<Float32Array, DecodeSummary> {
  const child = await startFfmpeg(request);
  const complaints = keepTail(child.stderr);
  const closed = new Promise((resolve) => child.once('close', resolve));
  let sampleCount = 0;
  try {
    for await (const samples of toSamples(child.stdout)) {
      sampleCount += samples.length;
      yield samples;
    }
    await closed;
  } finally {
    child.kill('SIGKILL');
  }
  const endSample = request.startSample + sampleCount;
  const judgement = judgeDecodeEnd({
    fileName: basename(request.sourcePath),
    file: await observeFile(request.sourcePath),
    exitCode: child.exitCode,
    exitSignal: child.signalCode,
    toolOutput: complaints.text(),
    startSample: request.startSample,
    endSample,
    expectedMs: request.durationMs,
  });
  return { endSample, isTruncated: judgement === 'truncated' };
}

/** Argument list for {@link decodeAudio}; pure, for tests. */
export function decodeArguments(request: Omit<DecodeRequest, 'ffmpegPath' | 'durationMs'>): string[] {
  const filters = [
    `aresample=${sampleRateHz}:async=1:first_pts=0`,
    'aformat=sample_fmts=s16:channel_layouts=mono',
    ...(request.startSample > 0 ? [`atrim=start_sample=${request.startSample}`] : []),
  ];
  return [
    ...['-nostdin', '-hide_banner', '-v', 'warning'],
    ...safeInputOptions,
    ...['-i', toToolPath(request.sourcePath)],
    ...['-map', request.audioStreamIndex === undefined ? '0:a:0' : `0:${request.audioStreamIndex}`],
    ...['-af', filters.join(',')],
    ...['-f', 's16le', 'pipe:1'],
  ];
}

async function startFfmpeg(request: DecodeRequest): Promise<ChildProcessByStdio<null, Readable, Readable>> {
  const child = spawn(request.ffmpegPath, decodeArguments(request), {
    stdio: ['ignore', 'pipe', 'pipe'],
    windowsHide: true,
  });
  try {
    await once(child, 'spawn');
  } catch (cause) {
    throw classifyMediaError({
      operation: 'measure',
      fileName: basename(request.sourcePath),
      file: await observeFile(request.sourcePath),
      errnoCode: errnoCodeOf(cause),
      cause,
    });
  }
  return child;
}

async function* toSamples(bytes: AsyncIterable<Buffer>): AsyncGenerator<Float32Array> {
  let carried = Buffer.alloc(0);
  for await (const received of bytes) {
    const block = carried.length > 0 ? Buffer.concat([carried, received]) : received;
    const count = Math.floor(block.length / bytesPerSample);
    carried = Buffer.from(block.subarray(count * bytesPerSample));
    const samples = new Float32Array(count);
    for (let index = 0; index < count; index += 1) {
      samples[index] = block.readInt16LE(index * bytesPerSample) / 32_768;
    }
    yield samples;
  }
}

function keepTail(stream: Readable): { text(): string } {
  let tail = '';
  stream.setEncoding('utf8');
  stream.on('data', (text: string) => {
    tail = (tail + text).slice(-keptComplaintCharacters);
  });
  return { text: () => tail };
}
