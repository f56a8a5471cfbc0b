import type { DetectedLanguage } from '../adapters/speech/speech-engine.ts';

/** One chunk that is at least this sure decides for all; less sure ones are weighed together. */
const sureProbability = 0.5;

/** So many chunks decide, sure or not. */
const chunksThatDecide = 3;

/**
 * In which language to take the first of some chunks, by what was detected in each of them, in order (undefined where
 * nobody speaks). Returns undefined where more chunks should be heard first.
 *
 * @param isLast there are no more chunks
 */
export function chooseLanguage(
  detections: readonly (DetectedLanguage | undefined)[],
  isLast: boolean,
): DetectedLanguage | undefined {
  const votes = detections.filter((detected) => detected !== undefined);
  const sure = votes.find(({ probability }) => probability >= sureProbability);
  if (sure) return sure;
  if (!isLast && detections.length < chunksThatDecide) return undefined;

  const sums = new Map<string, number>();
  for (const { language, probability } of votes) {
    sums.set(language, (sums.get(language) ?? 0) + probability);
  }
  const [best] = [...sums].sort(([, left], [, right]) => right - left);
  return best && { language: best[0], probability: best[1] / votes.length };
}
