import { describe, expect, it } from 'vitest';
import { joinSpeech } from './speech-audio.ts';

const chunk = {
  startSample: 1000,
  samples: Float32Array.from({ length: 100 }, (_, index) => index),
  speech: [
    { startSample: 10, endSample: 20 },
    { startSample: 50, endSample: 60 },
  ],
};

describe('joinSpeech', () => {
  it('joins what is spoken and leaves the silence out', () => {
    const { samples } = joinSpeech(chunk);
    expect([...samples]).toEqual([
      10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 50, 51, 52, 53, 54, 55, 56, 57, 58, 59,
    ]);
  });

  it('finds back where a position lies in the recording', () => {
    const { toRecordingSample } = joinSpeech(chunk);
    expect(toRecordingSample(0, 'start')).toBe(1010);
    expect(toRecordingSample(5, 'end')).toBe(1015);
    expect(toRecordingSample(15, 'start')).toBe(1055);
  });

  it('places a seam at the end of what ends there and at the start of what starts there', () => {
    const { toRecordingSample } = joinSpeech(chunk);
    expect(toRecordingSample(10, 'end')).toBe(1020);
    expect(toRecordingSample(10, 'start')).toBe(1050);
  });

  it('keeps positions beyond the audio inside the speech', () => {
    const { toRecordingSample } = joinSpeech(chunk);
    expect(toRecordingSample(-5, 'start')).toBe(1010);
    expect(toRecordingSample(999, 'end')).toBe(1060);
  });

  it('gives no samples where nobody speaks', () => {
    expect(joinSpeech({ ...chunk, speech: [] }).samples).toHaveLength(0);
  });
});
