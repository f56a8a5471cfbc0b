/** The only form of audio inside the transcriber: mono, 16 kHz, float samples from -1 to 1. */
export const sampleRateHz = 16_000;

/** The voice detector answers once per frame; cuts lie on frame borders, counted from the cut before. */
export const samplesPerFrame = 512;

/** No chunk is longer than this: 28 s, which leaves room in the 30 s that the speech model sees at once. */
export const framesPerChunkLimit = (28 * sampleRateHz) / samplesPerFrame;

/** Whole milliseconds of a position in samples. */
export function samplesToMs(samples: number): number {
  return Math.round((samples * 1000) / sampleRateHz);
}

/** The nearest sample to a position in milliseconds. */
export function msToSamples(durationMs: number): number {
  return Math.round((durationMs * sampleRateHz) / 1000);
}
