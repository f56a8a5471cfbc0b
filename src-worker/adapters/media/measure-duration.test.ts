import { describe, expect, it } from 'vitest';
import { durationToleranceMs, parsePacketLine } from './measure-duration.ts';

describe('packet lines', () => {
  it.each([
    ['stream_index=1|pts_time=5.990748|dts_time=5.990748|duration_time=0.023243', 1, 6014],
    ['stream_index=0|pts_time=N/A|dts_time=2.500000|duration_time=0.040000', 0, 2540],
    ['stream_index=0|pts_time=2.263000|dts_time=N/A|duration_time=N/A', 0, 2263],
    ['stream_index=0|pts_time=1.000000|dts_time=1.000000|duration_time=0.500000|side_data|', 0, 1500],
  ])('%s', (line, streamIndex, endMs) => {
    expect(parsePacketLine(line)).toEqual({ streamIndex, endMs });
  });

  it.each(['', 'stream_index=0|pts_time=N/A|dts_time=N/A|duration_time=N/A', 'side_data|type=x'])(
    'finds nothing in "%s"',
    (line) => {
      expect(parsePacketLine(line)).toBeNull();
    },
  );
});

describe('tolerance', () => {
  it('grows with the length between bounds', () => {
    expect([1000, 11_000, 3_600_000].map(durationToleranceMs)).toEqual([250, 550, 2000]);
  });
});
