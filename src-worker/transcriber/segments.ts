import type { RecognisedSegment } from '../adapters/speech/speech-engine.ts';
import { msToSamples, samplesToMs } from './audio-format.ts';
import type { AudioChunk, SampleRun } from './chunk-source.ts';
import type { TranscribedSegment } from './protocol.ts';
import type { RecordingPositions } from './speech-audio.ts';

interface Span {
  startMs: number;
  endMs: number;
}

/**
 * Places an engine's segments in the recording: times become absolute, never leave the chunk, never run backwards
 * and never overlap. Segments without text are left out.
 */
export function placeSegments(
  recognised: readonly RecognisedSegment[],
  context: {
    chunk: Pick<AudioChunk, 'startSample' | 'endSample'>;
    positions: RecordingPositions;
  },
): TranscribedSegment[] {
  const spoken = recognised.filter(({ text }) => text.trim() !== '');
  const chunkBounds = {
    startMs: samplesToMs(context.chunk.startSample),
    endMs: samplesToMs(context.chunk.endSample),
  };

  const placed: TranscribedSegment[] = [];
  let earliestMs = chunkBounds.startMs;
  for (const segment of spoken) {
    const span = clampSpan(toRecording(segment, context.positions.placeStretch), {
      startMs: earliestMs,
      endMs: chunkBounds.endMs,
    });
    const words = placeWords(segment.words, context.positions, span);
    placed.push({
      ...span,
      // A segment's own times take in the music and the pauses around its words.
      startMs: words[0]?.startMs ?? span.startMs,
      endMs: words.at(-1)?.endMs ?? span.endMs,
      text: segment.text.trim(),
      words,
      confidence: confidenceOf(segment),
      suspect: segment.suspect,
    });
    earliestMs = span.endMs;
  }
  return placed;
}

function placeWords(
  words: RecognisedSegment['words'],
  { placeWord }: RecordingPositions,
  segment: Span,
): TranscribedSegment['words'] {
  let earliestMs = segment.startMs;
  return words.map(({ text, probability, ...span }, index) => {
    // An engine hears when a word begins. It takes the pause after it for its end, and for the first word of all it
    // takes whatever was there before for its beginning.
    const betterKnown = index === 0 ? 'end' : 'start';
    const inRecording = toRecording(span, (word) => placeWord(word, betterKnown));
    const placed = clampSpan(inRecording, { startMs: earliestMs, endMs: segment.endMs });
    earliestMs = placed.endMs;
    return { ...placed, text, probability };
  });
}

function toRecording({ startMs, endMs }: Span, place: (stretch: SampleRun) => SampleRun): Span {
  const placed = place({ startSample: msToSamples(startMs), endSample: msToSamples(endMs) });
  return { startMs: samplesToMs(placed.startSample), endMs: samplesToMs(placed.endSample) };
}

function clampSpan(span: Span, bounds: Span): Span {
  const startMs = Math.min(Math.max(span.startMs, bounds.startMs), bounds.endMs);
  return { startMs, endMs: Math.min(Math.max(span.endMs, startMs), bounds.endMs) };
}

/** Mean word probability; where the engine gives no words, from the tokens. */
function confidenceOf({ words, averageLogProbability }: RecognisedSegment): number {
  if (words.length === 0) return Math.min(1, Math.exp(averageLogProbability));
  return words.reduce((sum, { probability }) => sum + probability, 0) / words.length;
}
