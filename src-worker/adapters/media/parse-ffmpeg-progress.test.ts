import { describe, expect, it } from 'vitest';
import { createProgressReader } from './parse-ffmpeg-progress.ts';

const block = (outTimeUs: string, state = 'continue') => [
  'frame=12',
  'fps=0.00',
  'stream_0_0_q=-0.0',
  'bitrate= 256.0kbits/s',
  'total_size=384000',
  `out_time_us=${outTimeUs}`,
  `out_time_ms=${outTimeUs}`,
  'out_time=00:00:12.000000',
  'dup_frames=0',
  'drop_frames=0',
  'speed= 424x',
  `progress=${state}`,
];

function read(lines: readonly string[], durationMs: number | null) {
  const fractions: number[] = [];
  const reader = createProgressReader(durationMs, (fraction) => fractions.push(fraction));
  const isUnderstood = lines.map((line) => reader.readLine(line));
  return { fractions, isUnderstood, outTimeMs: reader.outTimeMs() };
}

describe('ffmpeg progress', () => {
  it('becomes a share of the length', () => {
    expect(read([...block('2500000'), ...block('10000000', 'end')], 10_000).fractions).toEqual([0.25, 1]);
  });

  it('never falls and never passes 1', () => {
    const lines = ['4000000', '3000000', '20000000', '21000000'].flatMap((time) => block(time));
    expect(read(lines, 10_000).fractions).toEqual([0.4, 1]);
  });

  it('is silent about an unknown length, but keeps the time', () => {
    const result = read(block('61500000', 'end'), null);
    expect(result.fractions).toEqual([]);
    expect(result.outTimeMs).toBe(61_500);
  });

  it('passes over times that ffmpeg does not know yet', () => {
    expect(read(block('N/A'), 10_000)).toMatchObject({ fractions: [], outTimeMs: null });
    expect(read(block('-6500'), 10_000).outTimeMs).toBe(0);
  });

  it('claims its own lines and leaves messages alone', () => {
    const messages = [
      '[mp3 @ 0x55a896] [warning] Estimating duration from bitrate, this may be inaccurate',
      '[Parsed_metadata_5 @ 0x55] [info] lavfi.signalstats.YAVG=16',
      'title=progress',
    ];
    const { isUnderstood } = read([...block('1'), ...messages], 10_000);
    expect(isUnderstood).toEqual([...block('1').map(() => true), false, false, false]);
  });
});
