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

  const { placeStretch, placeWord } = joinSpeech(chunk).positions;

  it('finds back where a stretch lies in the recording, over a silence, too', () => {
    expect(placeStretch({ startSample: 0, endSample: 5 })).toEqual({ startSample: 1010, endSample: 1015 });
    expect(placeStretch({ startSample: 5, endSample: 15 })).toEqual({ startSample: 1015, endSample: 1055 });
  });

  it('places a seam at the end of what ends there and at the start of what starts there', () => {
    expect(placeStretch({ startSample: 0, endSample: 10 }).endSample).toBe(1020);
    expect(placeStretch({ startSample: 10, endSample: 20 }).startSample).toBe(1050);
  });

  it('keeps a word on the side of a silence where its better known end is', () => {
    const word = { startSample: 8, endSample: 15 };
    expect(placeWord(word, 'start')).toEqual({ startSample: 1018, endSample: 1020 });
    expect(placeWord(word, 'end')).toEqual({ startSample: 1050, endSample: 1055 });
  });

  it('keeps positions beyond the audio inside the speech', () => {
    expect(placeStretch({ startSample: -5, endSample: 999 })).toEqual({ startSample: 1010, endSample: 1060 });
    expect(placeWord({ startSample: 900, endSample: 999 }, 'start')).toEqual({
      startSample: 1060,
      endSample: 1060,
    });
  });

  it('gives no samples where nobody speaks', () => {
    expect(joinSpeech({ ...chunk, speech: [] }).samples).toHaveLength(0);
  });
});
