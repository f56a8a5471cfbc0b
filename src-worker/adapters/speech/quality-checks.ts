import type { SuspectReason } from '../../../src-shared/domain/transcript.ts';
import type { RecognisedSegment, RecognisedWord } from './speech-engine.ts';

/** What an engine heard, before it is known whether to believe it. */
export type UncheckedSegment = Omit<RecognisedSegment, 'suspect'>;

/** Thresholds: the first three from the Whisper paper, the others set by trying speech, noise, tones and silence. */
const lowestAverageLogProbability = -1;
const noSpeechThreshold = 0.6;
const highestCompressionRatio = 2.4;
const lowestWordProbability = 0.4;
/** Nobody says more: fast speech has about 20 characters a second. */
const mostCharactersPerSecond = 45;
/** As many equal segments in a row are no longer what was said. */
const repeatedSegments = 3;
/** A phrase said over and over inside a segment: so many times, and so many words in all. */
const repeatedPhrases = 4;
const repeatedPhraseWords = 8;
const longestRepeatedPhraseWords = 8;
/** How doubtful a stock phrase must be to be taken for an invention. */
const stockPhraseNoSpeech = 0.2;
const stockPhraseLogProbability = -0.6;

/** What Whisper learned to write for no speech at all, from subtitles of its training data. */
const stockPhrases = new Set([
  'you',
  'bye',
  'thank you',
  'thank you very much',
  'thanks for watching',
  'thank you for watching',
  'please subscribe',
  'subscribe',
  'subtitles by the amara org community',
  'sous-titres réalisés para la communauté d amara org',
  'untertitel der amara org-community',
  'untertitel im auftrag des zdf für funk 2017',
  'vielen dank',
  'vielen dank fürs zuschauen',
  'gracias por ver el video',
  'ご視聴ありがとうございました',
  '谢谢观看',
  'to be continued',
]);

/**
 * Takes out what nobody said (markers such as `[BLANK_AUDIO]`, inventions over silence, repeats of one line) and
 * marks what should be listened to. Pure, and the same for every engine.
 */
export function checkSegments(segments: readonly UncheckedSegment[]): RecognisedSegment[] {
  const spoken = segments.filter((segment) => isSpeech(segment.text) && segment.endMs > segment.startMs);
  if (spoken.every(isInventedOverSilence)) return [];
  return collapseRepeats(spoken).map((segment) => collapsePhrases(segment));
}

/** False for markers of sounds, music notes and punctuation alone. */
function isSpeech(text: string): boolean {
  const withoutMarkers = text.replace(/\[[^\]]*\]|\([^)]*\)|\*[^*]*\*|♪[^♪]*♪?/gu, '');
  return /[\p{L}\p{N}]/u.test(withoutMarkers);
}

function isInventedOverSilence(segment: UncheckedSegment): boolean {
  return (
    stockPhrases.has(normalise(segment.text)) &&
    (segment.noSpeechProbability > stockPhraseNoSpeech ||
      segment.averageLogProbability < stockPhraseLogProbability)
  );
}

/** Of three or more equal segments in a row the first stays, marked. */
function collapseRepeats(segments: readonly UncheckedSegment[]): RecognisedSegment[] {
  const kept: RecognisedSegment[] = [];
  for (let first = 0; first < segments.length;) {
    const segment = segments[first];
    if (segment === undefined) break;
    let next = first + 1;
    while (next < segments.length && normalise(segments[next]?.text ?? '') === normalise(segment.text))
      next += 1;
    const isRepeated = next - first >= repeatedSegments;
    if (isRepeated && segment.noSpeechProbability > noSpeechThreshold) {
      first = next; // A loop over noise: not even once was it said.
      continue;
    }
    const group = isRepeated ? [segment] : segments.slice(first, next);
    kept.push(...group.map((one) => ({ ...one, suspect: isRepeated ? 'repetition' : findSuspicion(one) })));
    first = next;
  }
  return kept;
}

/** Of a phrase that is said over and over inside a segment the first time stays, marked. */
function collapsePhrases(segment: RecognisedSegment): RecognisedSegment {
  const { words } = segment;
  const keys = words.map((word) => normalise(word.text));
  for (let length = 1; length <= longestRepeatedPhraseWords; length += 1) {
    for (let start = 0; start + length * repeatedPhrases <= keys.length; start += 1) {
      let end = start + length;
      while (end < keys.length && keys[end] === keys[end - length]) end += 1;
      const times = Math.floor((end - start) / length);
      if (times < repeatedPhrases || times * length < repeatedPhraseWords) continue;
      const kept = [...words.slice(0, start + length), ...words.slice(start + length * times)];
      return { ...segment, ...describeWords(segment, kept), suspect: 'repetition' };
    }
  }
  return segment;
}

function describeWords(
  segment: RecognisedSegment,
  words: RecognisedWord[],
): Pick<RecognisedSegment, 'text' | 'words' | 'endMs'> {
  // Words were split at spaces, or at characters in languages that use none.
  const separator = segment.text.includes(' ') ? ' ' : '';
  return {
    text: words.map((word) => word.text).join(separator),
    words,
    endMs: words.at(-1)?.endMs ?? segment.endMs,
  };
}

function findSuspicion(segment: UncheckedSegment): SuspectReason | null {
  if (segment.compressionRatio > highestCompressionRatio) return 'repetition';
  const seconds = (segment.endMs - segment.startMs) / 1000;
  if (
    segment.noSpeechProbability > noSpeechThreshold ||
    segment.text.length / seconds > mostCharactersPerSecond ||
    isInventedOverSilence(segment)
  ) {
    return 'possible-hallucination';
  }
  const { words } = segment;
  const mean = words.reduce((sum, word) => sum + word.probability, 0) / words.length;
  const isDoubtful = segment.averageLogProbability < lowestAverageLogProbability;
  return isDoubtful || mean < lowestWordProbability ? 'low-confidence' : null;
}

/** Two texts that sound the same give the same: lower case, without punctuation. */
function normalise(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s-]/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}
