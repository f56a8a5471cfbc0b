import type { RecognisedWord } from '../speech-engine.ts';

/** A piece of text as whisper.cpp gives it when asked for one token at a time. */
export interface TextPiece {
  text: string;
  /** Milliseconds from the start of the chunk. */
  t0: number;
  t1: number;
}

export interface WordGroup {
  startMs: number;
  endMs: number;
  text: string;
  words: RecognisedWord[];
}

/** whisper.cpp tells no probabilities through this binding. */
const unknownProbability = 1;
const sentenceEnd = /[.!?。！？…]["'”’)]?$/u;
/** A pause this long ends a segment, and so does this much text. */
const longestPauseMs = 1_500;
const longestSegmentCharacters = 120;

/** Joins pieces to words, and words to segments that end with a sentence, a pause, or much text. */
export function groupWords(pieces: readonly TextPiece[], durationMs: number): WordGroup[] {
  const groups: WordGroup[] = [];
  let open: WordGroup | undefined;
  for (const { spaced, word } of joinPieces(pieces, durationMs)) {
    const isPause = open !== undefined && word.startMs - open.endMs > longestPauseMs;
    if (open === undefined || isPause || isComplete(open)) {
      open = { startMs: word.startMs, endMs: word.endMs, text: '', words: [] };
      groups.push(open);
    }
    open.text = open.text === '' || !spaced ? `${open.text}${word.text}` : `${open.text} ${word.text}`;
    open.endMs = Math.max(open.endMs, word.endMs);
    open.words.push(word);
  }
  return groups;
}

function isComplete(group: WordGroup): boolean {
  return sentenceEnd.test(group.text) || group.text.length > longestSegmentCharacters;
}

/** A piece that starts with a space starts a word. */
function joinPieces(
  pieces: readonly TextPiece[],
  durationMs: number,
): { spaced: boolean; word: RecognisedWord }[] {
  const clamp = (timeMs: number): number => Math.min(Math.max(0, timeMs), durationMs);
  const words: { spaced: boolean; word: RecognisedWord }[] = [];
  for (const { text, t0, t1 } of pieces) {
    const trimmed = text.trim();
    if (trimmed === '') continue;
    const last = words.at(-1);
    const isSpoken = /[\p{L}\p{N}]/u.test(trimmed);
    if (last !== undefined && !text.startsWith(' ')) {
      last.word.text += trimmed;
      // Punctuation is given the pause that follows it, which is not part of the word.
      if (isSpoken) last.word.endMs = Math.max(last.word.endMs, clamp(t1));
      continue;
    }
    const startMs = Math.max(clamp(t0), last?.word.startMs ?? 0);
    const endMs = Math.max(clamp(t1), startMs);
    words.push({
      spaced: text.startsWith(' '),
      word: { startMs, endMs, text: trimmed, probability: unknownProbability },
    });
  }
  return words;
}
