import { deflateSync } from 'node:zlib';

/** How one try at a decode is made. */
export interface DecodeSettings {
  beamSize: number;
  repetitionPenalty: number;
  /** 0 allows every repetition. */
  noRepeatNgramSize: number;
}

export interface DecodeOutcome {
  text: string;
  averageLogProbability: number;
  noSpeechProbability: number;
}

/**
 * What is tried, in this order, until a decode is good enough. The width of the first beam was measured against
 * faster-whisper's words and time (docs/decisions/0002-speech-engine.md). Whisper's own way is to draw at random at rising
 * temperatures; ours always gives the same text, since a resumed transcript must equal an unbroken one.
 */
export const decodeLadder: readonly DecodeSettings[] = [
  { beamSize: 4, repetitionPenalty: 1, noRepeatNgramSize: 0 },
  { beamSize: 5, repetitionPenalty: 1.1, noRepeatNgramSize: 5 },
  { beamSize: 5, repetitionPenalty: 1.3, noRepeatNgramSize: 3 },
];

/** Thresholds from the Whisper paper (section 4.5). */
const highestCompressionRatio = 2.4;
const lowestAverageLogProbability = -1;
const noSpeechThreshold = 0.6;

export type DecodeVerdict = 'good' | 'no-speech' | 'repetitive' | 'doubtful';

/** Says whether a decode may be kept. `repetitive` and `doubtful` ask for the next step of the ladder. */
export function judgeDecode(outcome: DecodeOutcome): DecodeVerdict {
  const isDoubtful = outcome.averageLogProbability < lowestAverageLogProbability;
  if (isDoubtful && outcome.noSpeechProbability > noSpeechThreshold) return 'no-speech';
  if (measureCompressionRatio(outcome.text) > highestCompressionRatio) return 'repetitive';
  return isDoubtful ? 'doubtful' : 'good';
}

/** Where no try was good: the likeliest of those that do not repeat themselves, else the likeliest of all. */
export function chooseBest<Outcome extends DecodeOutcome>(
  outcomes: readonly [Outcome, ...Outcome[]],
): Outcome {
  const varied = outcomes.filter(
    (outcome) => measureCompressionRatio(outcome.text) <= highestCompressionRatio,
  );
  const candidates = varied.length > 0 ? varied : outcomes;
  return candidates.reduce((best, next) =>
    next.averageLogProbability > best.averageLogProbability ? next : best,
  );
}

/** Length over compressed length: about 1 to 1.8 for speech, higher the more a text repeats itself. */
export function measureCompressionRatio(text: string): number {
  const bytes = Buffer.from(text);
  return bytes.length === 0 ? 1 : bytes.length / deflateSync(bytes).length;
}
