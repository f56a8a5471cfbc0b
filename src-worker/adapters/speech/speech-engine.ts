import type { SuspectReason } from '../../../src-shared/domain/transcript.ts';

/** Audio for every engine: mono, 16 kHz, samples from -1 to 1. */
export const engineSampleRateHz = 16_000;

/** No chunk may be longer: the model sees 30 s at once, and a kill may cost at most 30 s of work. */
export const maximumChunkMs = 28_000;

/** Times count from the start of the chunk, in whole milliseconds. */
export interface RecognisedWord {
  startMs: number;
  endMs: number;
  /** With its own punctuation, without the space before it. */
  text: string;
  /** 0 to 1. */
  probability: number;
}

export interface RecognisedSegment {
  startMs: number;
  endMs: number;
  text: string;
  words: RecognisedWord[];
  /** Mean natural logarithm of the token probabilities: 0 is certain, below -1 is doubtful. */
  averageLogProbability: number;
  /** 0 to 1: how sure the model is that nobody speaks in the chunk. */
  noSpeechProbability: number;
  /** Length of the text over its compressed length: above 2.4 it repeats itself. */
  compressionRatio: number;
  /** How many stricter decodes were needed before one was good enough: 0 is the first try. */
  fallbackLevel: number;
  /** Why this should be listened to before it is trusted. */
  suspect: SuspectReason | null;
}

/** The outcome of an engine's first stage: bytes to be saved as they are, and given back to the second stage. */
export interface EncodedChunk {
  /** About 3 MB for the base model. Only an engine with the same `identity` can read them. */
  bytes: Uint8Array;
  durationMs: number;
}

export interface DetectedLanguage {
  /** ISO 639-1 where there is one, as Whisper writes it: "en", "de", "yue". */
  language: string;
  /** 0 to 1. */
  probability: number;
}

export interface StageOptions {
  /** Rejects with the signal's reason within a second. The engine stays usable. */
  signal?: AbortSignal;
}

/**
 * One speech model, loaded and ready. A chunk passes two stages, `encode` and `decode`, which use different
 * processor cores, so the caller runs them as a pipeline: while chunk n is decoded, chunk n + 1 is encoded.
 *
 * The bound on lost work rests on the caller: **at most one chunk begun and not yet saved in each stage**. Save what
 * `encode` gave before the next `encode`, and what `decode` gave before the next `decode`. A kill then repeats at
 * most one chunk's encode and one chunk's decode, that is one chunk's worth (`maximumChunkMs`) of work. The engine
 * enforces half of it: a second call of a stage waits until the first is over.
 *
 * Deterministic: the same samples and language give the same segments, whatever else runs and whatever came before.
 */
export interface SpeechEngine {
  readonly name: 'ctranslate2' | 'whisper.cpp';
  readonly version: string;
  /** Changes whenever the text of the same audio could: engine, its version, and the model's content. */
  readonly identity: string;
  /** For every language the model knows; ["en"] for an English-only model. */
  readonly languages: readonly string[];

  /**
   * First stage. Samples must span at most `maximumChunkMs`.
   * @throws AppError `dependency.speech-engine-crashed` where the engine stopped twice on this chunk
   */
  encode(samples: Float32Array, options?: StageOptions): Promise<EncodedChunk>;

  /** Which language is spoken. Takes its turn in the second stage. */
  detectLanguage(encoded: EncodedChunk, options?: StageOptions): Promise<DetectedLanguage>;

  /**
   * Second stage. An empty list means that nobody speaks.
   * @throws AppError `dependency.speech-engine-crashed` where the engine stopped twice on this chunk
   */
  decode(encoded: EncodedChunk, options: StageOptions & { language: string }): Promise<RecognisedSegment[]>;

  /** Ends the engine; calls under way are rejected. */
  close(): Promise<void>;
}

/**
 * @returns the length of a chunk in milliseconds
 * @throws RangeError where it is empty or too long: a mistake of the caller
 */
export function assertChunkLength(samples: Float32Array): number {
  const durationMs = Math.round((samples.length * 1000) / engineSampleRateHz);
  if (samples.length === 0 || durationMs > maximumChunkMs) {
    throw new RangeError(`a chunk must last from 1 sample to ${maximumChunkMs} ms, not ${durationMs} ms`);
  }
  return durationMs;
}
