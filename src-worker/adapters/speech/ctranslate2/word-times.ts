import type { RecognisedWord } from '../speech-engine.ts';
import type { TokenSegment } from './read-tokens.ts';
import type { Vocabulary } from './vocabulary.ts';

/** What the sidecar answers to `align`, for the text tokens of all segments in a row. */
export interface TokenAlignment {
  /** The 20 ms step at which each token starts; one more, for the end. */
  startSteps: readonly number[];
  probabilities: readonly number[];
}

const stepMs = 20;

/** Written without spaces between words: each character counts as one. */
const languagesWithoutSpaces = new Set(['zh', 'ja', 'th', 'lo', 'my', 'yue']);

/** A word that lasts longer most likely has a pause in it. */
const longestWordMs = 2_000;

interface TokenWord {
  text: string;
  tokenCount: number;
  /** Tokens up to the last letter or digit: a full stop is often followed by a pause, which is not part of the word. */
  spokenTokenCount: number;
}

/** Finds the words of each segment, with times and probabilities. As many lists as segments. */
export function findWords(
  segments: readonly TokenSegment[],
  alignment: TokenAlignment,
  vocabulary: Vocabulary,
  language: string,
): RecognisedWord[][] {
  let position = 0;
  return segments.map((segment) =>
    splitWords(segment.textTokens, vocabulary, language).flatMap(({ text, tokenCount, spokenTokenCount }) => {
      const first = position;
      position += tokenCount;
      const trimmed = text.trim();
      if (trimmed === '') return [];
      const startMs = (alignment.startSteps[first] ?? 0) * stepMs;
      const endMs = (alignment.startSteps[first + spokenTokenCount] ?? 0) * stepMs;
      const probabilities = alignment.probabilities.slice(first, position);
      return [{ ...keepWithin(segment, startMs, endMs), text: trimmed, probability: average(probabilities) }];
    }),
  );
}

/** Cuts tokens into words: at spaces, or at characters in languages that use none. */
function splitWords(tokens: readonly number[], vocabulary: Vocabulary, language: string): TokenWord[] {
  const words: TokenWord[] = [];
  for (const { text, tokenCount } of vocabulary.splitAtCharacters(tokens)) {
    const last = words.at(-1);
    const isSpoken = /[\p{L}\p{N}]/u.test(text);
    const startsWord = languagesWithoutSpaces.has(language) ? isSpoken : text.startsWith(' ');
    if (last === undefined || startsWord) {
      words.push({ text, tokenCount, spokenTokenCount: tokenCount });
      continue;
    }
    last.text += text;
    last.tokenCount += tokenCount;
    if (isSpoken) last.spokenTokenCount = last.tokenCount;
  }
  return words;
}

/** The alignment may stray over a pause; the timestamps that the model wrote itself do not. */
function keepWithin(
  segment: TokenSegment,
  startMs: number,
  endMs: number,
): { startMs: number; endMs: number } {
  const start = Math.min(Math.max(startMs, segment.startMs), segment.endMs);
  const end = Math.min(Math.max(endMs, start), segment.endMs);
  return { startMs: Math.max(start, end - longestWordMs), endMs: end };
}

function average(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}
