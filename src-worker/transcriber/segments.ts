import type { RecognisedSegment } from '../adapters/speech/speech-engine.ts';
import { msToSamples, samplesToMs } from './audio-format.ts';
import type { AudioChunk } from './chunk-source.ts';
import type { TranscribedSegment } from './protocol.ts';
import type { SpeechAudio } from './speech-audio.ts';

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
    audio: Pick<SpeechAudio, 'toRecordingSample'>;
  },
): TranscribedSegment[] {
  const spoken = recognised.filter(({ text }) => text.trim() !== '');
  const toRecording = (span: Span, bounds: Span): Span =>
    clampSpan(toRecordingSpan(span, context.audio), bounds);
  const chunkBounds = {
    startMs: samplesToMs(context.chunk.startSample),
    endMs: samplesToMs(context.chunk.endSample),
  };

  const placed: TranscribedSegment[] = [];
  let earliestMs = chunkBounds.startMs;
  for (const segment of spoken) {
    const span = toRecording(segment, { startMs: earliestMs, endMs: chunkBounds.endMs });
    const words = placeWords(
      segment,
      (word, startMs) => toRecording(word, { startMs, endMs: span.endMs }),
      span,
    );
    placed.push({
      ...span,
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
  segment: RecognisedSegment,
  place: (word: Span, earliestMs: number) => Span,
  span: Span,
): TranscribedSegment['words'] {
  let earliestMs = span.startMs;
  return segment.words.map(({ startMs, endMs, text, probability }) => {
    const placed = place({ startMs, endMs }, earliestMs);
    earliestMs = placed.endMs;
    return { ...placed, text, probability };
  });
}

function toRecordingSpan({ startMs, endMs }: Span, audio: Pick<SpeechAudio, 'toRecordingSample'>): Span {
  return {
    startMs: samplesToMs(audio.toRecordingSample(msToSamples(startMs), 'start')),
    endMs: samplesToMs(audio.toRecordingSample(msToSamples(endMs), 'end')),
  };
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
