import { readWaveform, summariseWaveform } from '../../src-shared/domain/waveform.ts';

export interface Peaks {
  /** Loudness of equal stretches of time, 0 to 1, the loudest at 1. */
  values: Float32Array<ArrayBuffer>;
  durationMs: number;
}

/** Below this share of full scale a recording is taken as silent, and not blown up. */
const quietest = 0.02;

/** Turns a waveform file into at most `count` bars, scaled so that a quiet recording can be read too. */
export function toPeaks(bytes: Uint8Array, count: number): Peaks {
  const waveform = readWaveform(bytes);
  const { minimum, maximum } = summariseWaveform(waveform, {
    startMs: 0,
    endMs: waveform.durationMs,
    columnCount: Math.min(count, Math.max(1, waveform.pairCount)),
  });
  const values = maximum.map((value, index) => Math.max(value, -(minimum[index] ?? 0)));
  const loudest = values.reduce((most, value) => Math.max(most, value), 0);
  return {
    values: loudest > quietest ? values.map((value) => value / loudest) : values,
    durationMs: waveform.durationMs,
  };
}
