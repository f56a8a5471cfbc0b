import type { DetectedLanguage } from '../adapters/speech/speech-engine.ts';

/** One chunk that is at least this sure decides by itself; less sure ones are weighed together. */
const sureProbability = 0.5;

/** Settles on one language for the whole recording. The same detections in the same order give the same language. */
export class LanguageChoice {
  readonly #votes: DetectedLanguage[] = [];

  /** Takes the next chunk's detection. Returns the language if that settles it. */
  consider(detected: DetectedLanguage): DetectedLanguage | undefined {
    this.#votes.push(detected);
    return detected.probability >= sureProbability ? detected : undefined;
  }

  /** The best guess from what was heard so far; undefined where nothing was. */
  settle(): DetectedLanguage | undefined {
    const sums = new Map<string, number>();
    for (const { language, probability } of this.#votes) {
      sums.set(language, (sums.get(language) ?? 0) + probability);
    }
    const [best] = [...sums].sort(([, left], [, right]) => right - left);
    return best && { language: best[0], probability: best[1] / this.#votes.length };
  }
}
