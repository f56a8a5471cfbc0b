import { describe, expect, it } from 'vitest';
import { parseLoudnessSummary } from './parse-loudness.ts';

const summary = `[Parsed_ebur128_0 @ 0x560eda41cdc0] [info] Summary:

  Integrated loudness:
    I:         -12.5 LUFS
    Threshold: -23.8 LUFS

  Loudness range:
    LRA:         4.2 LU
    Threshold: -33.8 LUFS
    LRA low:   -16.0 LUFS
    LRA high:  -11.8 LUFS

  True peak:
    Peak:       -2.0 dBFS`.split('\n');

describe('loudness summary', () => {
  it('gives loudness, range and true peak', () => {
    expect(parseLoudnessSummary(summary)).toEqual({ integratedLufs: -12.5, rangeLu: 4.2, truePeakDbtp: -2 });
  });

  it('has no numbers for silence', () => {
    const silence = ['    I:         -70.0 LUFS', '    LRA:         0.0 LU', '    Peak:       -inf dBFS'];
    expect(parseLoudnessSummary(silence)).toEqual({
      integratedLufs: null,
      rangeLu: null,
      truePeakDbtp: null,
    });
  });

  it('takes a peak above full scale and lines with a level in front', () => {
    const lines = ['[info]     I:          -3.1 LUFS', '[info]     Peak:        1.4 dBFS'];
    expect(parseLoudnessSummary(lines)).toEqual({ integratedLufs: -3.1, rangeLu: null, truePeakDbtp: 1.4 });
  });

  it('is missing where nothing was decoded', () => {
    expect(parseLoudnessSummary(['[error] Output file is empty'])).toBeNull();
  });
});
