import { waveformPairLimit } from '../../../src-shared/domain/waveform.ts';

export interface PeaksAccumulator {
  /** Takes the next samples, in order. */
  add: (samples: Int16Array) => void;
  finish: () => { samplesPerPair: number; sampleCount: number; pairs: Int8Array };
}

/**
 * Collects minimum and maximum per span of samples, in constant memory whatever the length: when `pairLimit` is
 * reached, neighbouring pairs are merged and each pair stands for twice as many samples from then on. No length need
 * be known beforehand.
 *
 * @param pairLimit even
 */
export function accumulatePeaks(
  samplesPerPair: number,
  pairLimit: number = waveformPairLimit,
): PeaksAccumulator {
  const pairs = new Int8Array(pairLimit * 2);
  let pairCount = 0;
  let sampleCount = 0;
  let minimum = 32_767;
  let maximum = -32_768;
  let samplesInPair = 0;

  const halve = () => {
    for (let pair = 0; pair < pairCount / 2; pair += 1) {
      pairs[pair * 2] = Math.min(pairs[pair * 4] ?? 0, pairs[pair * 4 + 2] ?? 0);
      pairs[pair * 2 + 1] = Math.max(pairs[pair * 4 + 1] ?? 0, pairs[pair * 4 + 3] ?? 0);
    }
    pairCount /= 2;
    samplesPerPair *= 2;
  };

  const closePair = () => {
    pairs[pairCount * 2] = toByte(minimum);
    pairs[pairCount * 2 + 1] = toByte(maximum);
    pairCount += 1;
    minimum = 32_767;
    maximum = -32_768;
    samplesInPair = 0;
    if (pairCount === pairLimit) halve();
  };

  return {
    add: (samples) => {
      let index = 0;
      while (index < samples.length) {
        const until = Math.min(samples.length, index + samplesPerPair - samplesInPair);
        samplesInPair += until - index;
        for (; index < until; index += 1) {
          const sample = samples[index] ?? 0;
          if (sample < minimum) minimum = sample;
          if (sample > maximum) maximum = sample;
        }
        if (samplesInPair === samplesPerPair) closePair();
      }
      sampleCount += samples.length;
    },
    finish: () => {
      if (samplesInPair > 0) closePair();
      return { samplesPerPair, sampleCount, pairs: pairs.slice(0, pairCount * 2) };
    },
  };
}

function toByte(sample: number): number {
  return Math.max(-127, Math.min(127, Math.round((sample * 127) / 32_767)));
}
