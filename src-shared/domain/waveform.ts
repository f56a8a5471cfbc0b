/**
 * The waveform file: what a player draws before it has decoded anything. Made by the worker, read in the window.
 *
 * Little-endian. A header of 32 bytes, then `pairCount` pairs of signed bytes (minimum, maximum) of the mono mix,
 * where ±127 is full scale.
 *
 * | offset | type    | field           |                                                        |
 * |--------|---------|-----------------|--------------------------------------------------------|
 * | 0      | 4 bytes | magic           | "LHWF"                                                 |
 * | 4      | uint16  | version         | 1                                                      |
 * | 6      | uint16  | header length   | 32; where the pairs start                              |
 * | 8      | uint32  | sample rate     | hertz, of the sound that was measured                  |
 * | 12     | uint32  | samples per pair|                                                        |
 * | 16     | uint32  | pair count      |                                                        |
 * | 20     | uint32  | reserved        | 0                                                      |
 * | 24     | float64 | sample count    | exact length; the last pair may stand for fewer samples|
 *
 * Pairs per second are 50 for short recordings. A recording with more than `waveformPairLimit` pairs is kept at half
 * the rate, a quarter, and so on: the file never grows beyond 512 KiB.
 */
export const waveformMagic = 'LHWF';
export const waveformVersion = 1;
export const waveformHeaderBytes = 32;
export const waveformPairLimit = 262_128;

export interface Waveform {
  sampleRateHz: number;
  samplesPerPair: number;
  sampleCount: number;
  durationMs: number;
  pairCount: number;
  /** `pairs[2 * i]` is the minimum and `pairs[2 * i + 1]` the maximum of pair i, -127 to 127. */
  pairs: Int8Array;
}

/** Thrown by {@link readWaveform} for bytes that are no waveform file; the caller makes the waveform anew. */
export class WaveformFormatError extends Error {
  override readonly name = 'WaveformFormatError';
}

/** Reads a whole waveform file. The pairs are a view on the given bytes, not a copy. */
export function readWaveform(bytes: Uint8Array): Waveform {
  if (bytes.byteLength < waveformHeaderBytes) throw new WaveformFormatError('shorter than its header');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const magic = String.fromCharCode(...bytes.subarray(0, 4));
  if (magic !== waveformMagic) throw new WaveformFormatError('not a waveform file');
  const version = view.getUint16(4, true);
  if (version !== waveformVersion) throw new WaveformFormatError(`version ${version} is not known`);
  const headerBytes = view.getUint16(6, true);
  const sampleRateHz = view.getUint32(8, true);
  const samplesPerPair = view.getUint32(12, true);
  const pairCount = view.getUint32(16, true);
  const sampleCount = view.getFloat64(24, true);
  if (sampleRateHz === 0 || samplesPerPair === 0) throw new WaveformFormatError('a rate of zero');
  if (headerBytes + pairCount * 2 !== bytes.byteLength)
    throw new WaveformFormatError('length does not match');
  return {
    sampleRateHz,
    samplesPerPair,
    sampleCount,
    durationMs: Math.round((sampleCount / sampleRateHz) * 1000),
    pairCount,
    pairs: new Int8Array(bytes.buffer, bytes.byteOffset + headerBytes, pairCount * 2),
  };
}

/** The inverse of {@link readWaveform}. */
export function writeWaveform(waveform: Omit<Waveform, 'durationMs' | 'pairCount'>): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(waveformHeaderBytes + waveform.pairs.length);
  const view = new DataView(bytes.buffer);
  for (let index = 0; index < waveformMagic.length; index += 1) {
    view.setUint8(index, waveformMagic.charCodeAt(index));
  }
  view.setUint16(4, waveformVersion, true);
  view.setUint16(6, waveformHeaderBytes, true);
  view.setUint32(8, waveform.sampleRateHz, true);
  view.setUint32(12, waveform.samplesPerPair, true);
  view.setUint32(16, waveform.pairs.length / 2, true);
  view.setFloat64(24, waveform.sampleCount, true);
  new Int8Array(bytes.buffer, waveformHeaderBytes).set(waveform.pairs);
  return bytes;
}

export interface WaveformColumns {
  /** One value per column, -1 to 0 mostly. */
  minimum: Float32Array<ArrayBuffer>;
  /** One value per column, 0 to 1 mostly. */
  maximum: Float32Array<ArrayBuffer>;
}

/**
 * The extremes of a span of time in `columnCount` equal columns, ready to draw. Columns past the end of the recording
 * are 0. Several columns may show the same pair when zoomed in further than the file's resolution.
 */
export function summariseWaveform(
  waveform: Waveform,
  span: { startMs: number; endMs: number; columnCount: number },
): WaveformColumns {
  const columnCount = Math.max(0, Math.floor(span.columnCount));
  const columns = { minimum: new Float32Array(columnCount), maximum: new Float32Array(columnCount) };
  const pairsPerMs = waveform.sampleRateHz / waveform.samplesPerPair / 1000;
  const firstPair = span.startMs * pairsPerMs;
  const pairsPerColumn = ((span.endMs - span.startMs) * pairsPerMs) / columnCount;
  if (!(pairsPerColumn > 0)) return columns;
  for (let column = 0; column < columnCount; column += 1) {
    const from = Math.max(0, Math.floor(firstPair + column * pairsPerColumn));
    const until = Math.max(from + 1, Math.floor(firstPair + (column + 1) * pairsPerColumn));
    let minimum = 127;
    let maximum = -127;
    for (let pair = from; pair < until && pair < waveform.pairCount; pair += 1) {
      minimum = Math.min(minimum, waveform.pairs[pair * 2] ?? 127);
      maximum = Math.max(maximum, waveform.pairs[pair * 2 + 1] ?? -127);
    }
    if (minimum > maximum) continue;
    columns.minimum[column] = minimum / 127;
    columns.maximum[column] = maximum / 127;
  }
  return columns;
}
