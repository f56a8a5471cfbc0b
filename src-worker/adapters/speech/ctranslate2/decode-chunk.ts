import { soundsAfter, trimToSound } from '../chunk-levels.ts';
import {
  chooseBest,
  decodeLadder,
  judgeDecode,
  measureCompressionRatio,
  type DecodeOutcome,
  type DecodeSettings,
} from '../decode-ladder.ts';
import { checkSegments, type UncheckedSegment } from '../quality-checks.ts';
import type { RecognisedSegment } from '../speech-engine.ts';
import { readTokens, type TokenLayout } from './read-tokens.ts';
import type { Vocabulary } from './vocabulary.ts';
import { findWords, type TokenAlignment } from './word-times.ts';

/** The sidecar's part of a decode, for one chunk and language. */
export interface TokenDecoder {
  decode(settings: DecodeSettings & { prefix?: number[] }): Promise<{
    tokens: number[];
    averageLogProbability: number;
    noSpeechProbability: number;
  }>;
  align(textTokens: number[], stepCount: number): Promise<TokenAlignment>;
}

export interface ChunkFacts {
  vocabulary: Vocabulary;
  layout: TokenLayout;
  language: string;
  durationMs: number;
  levels: readonly number[];
}

interface Outcome extends DecodeOutcome {
  tokens: number[];
  fallbackLevel: number;
}

const stepMs = 20;

/** The model stops early now and then: sounding audio longer than this behind its last word is read once more. */
const longestUnreadMs = 1_500;

/** Decodes one chunk: climbs the ladder until a decode is good, reads on where the model stopped early, finds words. */
export async function decodeChunk(decoder: TokenDecoder, chunk: ChunkFacts): Promise<RecognisedSegment[]> {
  const first = await decodeWithFallback(decoder, chunk, []);
  if (first === undefined) return [];
  const outcomes = [first];
  const rest = await readRest(decoder, chunk, first);
  if (rest !== undefined) outcomes.push(rest);

  const pieces = outcomes.flatMap((outcome) =>
    readTokens(outcome.tokens, chunk.layout, chunk.durationMs).map((segment) => ({ outcome, segment })),
  );
  if (pieces.length === 0) return [];
  const segments = pieces.map((piece) => piece.segment);
  const alignment = await decoder.align(
    segments.flatMap((segment) => segment.textTokens),
    Math.floor(chunk.durationMs / stepMs),
  );
  const words = findWords(segments, alignment, chunk.vocabulary, chunk.language);
  return checkSegments(
    pieces.map(({ outcome, segment }, index): UncheckedSegment => {
      const text = chunk.vocabulary.decode(segment.textTokens).trim();
      return {
        startMs: segment.startMs,
        endMs: segment.endMs,
        text,
        words: (words[index] ?? []).map((word) => trimToSound(word, chunk.levels)),
        averageLogProbability: outcome.averageLogProbability,
        noSpeechProbability: outcome.noSpeechProbability,
        compressionRatio: measureCompressionRatio(text),
        fallbackLevel: outcome.fallbackLevel,
      };
    }),
  );
}

/** @returns undefined where nobody speaks */
async function decodeWithFallback(
  decoder: TokenDecoder,
  chunk: ChunkFacts,
  prefix: number[],
): Promise<Outcome | undefined> {
  const outcomes: Outcome[] = [];
  for (const [fallbackLevel, settings] of decodeLadder.entries()) {
    const decoded = await decoder.decode({ ...settings, prefix });
    const textTokens = decoded.tokens.filter((token) => token < chunk.layout.endOfTextToken);
    const outcome = { ...decoded, text: chunk.vocabulary.decode(textTokens).trim(), fallbackLevel };
    const verdict = judgeDecode(outcome);
    if (verdict === 'no-speech') return undefined;
    if (verdict === 'good') return outcome;
    outcomes.push(outcome);
  }
  const [first, ...others] = outcomes;
  return first === undefined
    ? undefined
    : { ...chooseBest([first, ...others]), fallbackLevel: outcomes.length };
}

/** What follows the last timestamp, where something is to be heard there; undefined where nothing good comes of it. */
async function readRest(
  decoder: TokenDecoder,
  chunk: ChunkFacts,
  outcome: Outcome,
): Promise<Outcome | undefined> {
  const { firstTimestampToken } = chunk.layout;
  const last = outcome.tokens.findLast((token) => token >= firstTimestampToken);
  const endsInText = (outcome.tokens.at(-1) ?? firstTimestampToken) < firstTimestampToken;
  if (last === undefined || endsInText) return undefined;
  const readUntilMs = (last - firstTimestampToken) * stepMs;
  if (chunk.durationMs - readUntilMs < longestUnreadMs || !soundsAfter(chunk.levels, readUntilMs))
    return undefined;
  const rest = await decodeWithFallback(decoder, chunk, [last]);
  if (rest === undefined || judgeDecode(rest) !== 'good') return undefined;
  return { ...rest, tokens: [last, ...rest.tokens] };
}
