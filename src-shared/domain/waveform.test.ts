import { describe, expect, it } from 'vitest';
import {
  readWaveform,
  summariseWaveform,
  waveformHeaderBytes,
  WaveformFormatError,
  writeWaveform,
} from './waveform.ts';

const tenPairs = Int8Array.from({ length: 20 }, (_, index) => (index % 2 === 0 ? -index : index));
const oneSecond = { sampleRateHz: 1000, samplesPerPair: 100, sampleCount: 1000, pairs: tenPairs };

describe('waveform file', () => {
  it('reads what was written', () => {
    const waveform = readWaveform(writeWaveform(oneSecond));
    expect(waveform).toEqual({ ...oneSecond, durationMs: 1000, pairCount: 10 });
  });

  it('is read from the middle of a larger buffer', () => {
    const file = writeWaveform(oneSecond);
    const larger = new Uint8Array(file.length + 7);
    larger.set(file, 7);
    expect(readWaveform(larger.subarray(7)).pairs).toEqual(tenPairs);
  });

  it.each([
    ['too short', new Uint8Array(10)],
    ['of another kind', new Uint8Array(64).fill(65)],
    ['cut off', writeWaveform(oneSecond).subarray(0, 40)],
    ['of a later version', writeWaveform(oneSecond).with(4, 9)],
    ['without a rate', writeWaveform(oneSecond).with(8, 0).with(9, 0)],
  ])('refuses a file that is %s', (_, bytes) => {
    expect(() => readWaveform(bytes)).toThrow(WaveformFormatError);
  });

  it('has the documented layout', () => {
    const view = new DataView(writeWaveform(oneSecond).buffer);
    expect(view.getUint32(0, false)).toBe(0x4c485746);
    expect([view.getUint16(4, true), view.getUint16(6, true)]).toEqual([1, waveformHeaderBytes]);
    expect([view.getUint32(8, true), view.getUint32(12, true), view.getUint32(16, true)]).toEqual([
      1000, 100, 10,
    ]);
    expect(view.getFloat64(24, true)).toBe(1000);
    expect(view.getInt8(waveformHeaderBytes + 2)).toBe(-2);
  });
});

describe('summarising a waveform', () => {
  const waveform = readWaveform(writeWaveform(oneSecond));

  it('keeps the extremes of every column', () => {
    const columns = summariseWaveform(waveform, { startMs: 0, endMs: 1000, columnCount: 2 });
    expect([...columns.minimum]).toEqual([-8, -18].map((value) => Math.fround(value / 127)));
    expect([...columns.maximum]).toEqual([9, 19].map((value) => Math.fround(value / 127)));
  });

  it('repeats pairs when zoomed in and leaves columns past the end flat', () => {
    const columns = summariseWaveform(waveform, { startMs: 900, endMs: 1100, columnCount: 4 });
    expect([...columns.maximum]).toEqual([19, 19, 0, 0].map((value) => Math.fround(value / 127)));
  });

  it('draws nothing for an empty span', () => {
    const columns = summariseWaveform(waveform, { startMs: 500, endMs: 500, columnCount: 3 });
    expect([...columns.maximum]).toEqual([0, 0, 0]);
  });
});
