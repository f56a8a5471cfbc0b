import { writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Loudness } from '../../../src-shared/domain/asset.ts';
import { writeWaveform } from '../../../src-shared/domain/waveform.ts';
import { classifyMediaError } from './classify-media-error.ts';
import type { MediaTaskOptions, MediaTools } from './media-tools.ts';
import { explainFailure } from './observe-failure.ts';
import { parseLoudnessSummary } from './parse-loudness.ts';
import { accumulatePeaks } from './peaks-accumulator.ts';
import { replaceFile } from '../../../src-node/replace-file.ts';
import { readWithFfmpeg, runFfmpeg } from './run-ffmpeg.ts';

const pairsPerSecond = 50;
/** Enough for a drawing, and a sixth of the data of 48 kHz stereo. Loudness is measured before, at the full rate. */
const peaksSampleRateHz = 16_000;

/** Below a minute the loudness range says nothing (EBU Tech 3342), and ffmpeg's number for seconds is arbitrary. */
const shortestRangeMs = 60_000;

/** What decoding a recording's sound from end to end told. */
export interface SoundMeasurement {
  loudness: Loudness;
  /** Exact length of what could be decoded. */
  decodedDurationMs: number;
  waveformPairCount: number;
  /** Messages about damaged spots, as ffmpeg wrote them; 0 for a file in good order. */
  decodeErrorCount: number;
}

/**
 * Decodes the sound once and makes both: loudness after EBU R 128, and the waveform file (src-shared/domain/waveform.ts)
 * at `waveformPath`. Memory does not grow with the length. Damaged spots are skipped and counted.
 *
 * @param sound `streamIndex` and `durationMs` come from the probe (`soundStreamIndex`, `durationMs`).
 * @throws AppError `media.truncated` or `media.failed` (nothing could be decoded), `storage.*`, `dependency.missing`
 */
export async function measureSound(
  path: string,
  tools: MediaTools,
  sound: { streamIndex: number; durationMs: number | null; waveformPath: string },
  options: MediaTaskOptions,
): Promise<SoundMeasurement> {
  const command = readWithFfmpeg(path)
    .outputOptions('-map', `0:${sound.streamIndex}`, '-vn', '-sn', '-dn')
    .audioFilters([
      'ebur128=peak=true:framelog=verbose',
      // Time 0 is the player's: sound that starts late, or has gaps, is filled with silence.
      `aresample=${peaksSampleRateHz}:async=1:first_pts=0`,
      'aformat=sample_fmts=s16:channel_layouts=mono',
    ])
    .format('s16le')
    .output('pipe:1');

  const peaks = accumulatePeaks(peaksSampleRateHz / pairsPerSecond);
  const takeBytes = joinSamples(peaks.add);
  const summary: string[] = [];
  let decodeErrorCount = 0;
  const { stderrTail } = await runFfmpeg({
    ...options,
    ffmpegPath: tools.ffmpegPath,
    command,
    inputPath: path,
    operation: 'measure',
    durationMs: sound.durationMs,
    onStdout: takeBytes,
    onStderrLine: (line) => {
      if (line.includes('[error]')) decodeErrorCount += 1;
      const isSummary = /^\s*(?:\[[^\]]*\]\s*)*(?:I|LRA|Peak):\s/.test(line);
      if (isSummary) summary.push(line);
      return isSummary;
    },
  });

  const { sampleCount, ...rest } = peaks.finish();
  const loudness = parseLoudnessSummary(summary);
  const decodedDurationMs = Math.round((sampleCount / peaksSampleRateHz) * 1000);
  if (sampleCount === 0 || loudness === null) {
    throw classifyMediaError({
      operation: 'measure',
      fileName: basename(path),
      toolOutput: stderrTail,
      file: { state: 'present', sizeBytes: 1 },
    });
  }
  await saveWaveform(sound.waveformPath, {
    ...rest,
    sampleCount,
    sampleRateHz: peaksSampleRateHz,
  });
  options.onProgress?.(1);
  return {
    loudness: decodedDurationMs < shortestRangeMs ? { ...loudness, rangeLu: null } : loudness,
    decodedDurationMs,
    waveformPairCount: rest.pairs.length / 2,
    decodeErrorCount,
  };
}

async function saveWaveform(
  waveformPath: string,
  waveform: Parameters<typeof writeWaveform>[0],
): Promise<void> {
  try {
    await replaceFile(waveformPath, (temporaryPath) => writeFile(temporaryPath, writeWaveform(waveform)));
  } catch (error) {
    throw await explainFailure(waveformPath, { operation: 'write', cause: error });
  }
}

/**
 * Turns chunks of bytes, cut anywhere, into whole 16-bit samples. The samples handed over are overwritten by the next
 * chunk: one buffer for all keeps hours of sound from becoming hours of garbage.
 */
export function joinSamples(onSamples: (samples: Int16Array) => void): (chunk: Uint8Array) => void {
  let bytes = new Uint8Array(65_536);
  let carriedCount = 0;
  return (chunk) => {
    const byteCount = carriedCount + chunk.length;
    if (byteCount > bytes.length) {
      const larger = new Uint8Array(byteCount + (byteCount % 2));
      larger.set(bytes.subarray(0, carriedCount));
      bytes = larger;
    }
    bytes.set(chunk, carriedCount);
    if (byteCount > 1) onSamples(new Int16Array(bytes.buffer, 0, byteCount >> 1));
    carriedCount = byteCount % 2;
    bytes[0] = carriedCount === 1 ? (bytes[byteCount - 1] ?? 0) : 0;
  };
}
