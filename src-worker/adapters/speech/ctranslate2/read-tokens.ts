/** A stretch of text between two timestamps, as tokens. Times count from the start of the chunk. */
export interface TokenSegment {
  startMs: number;
  endMs: number;
  textTokens: number[];
}

export interface TokenLayout {
  endOfTextToken: number;
  firstTimestampToken: number;
}

const timestampStepMs = 20;

/**
 * Cuts decoded tokens into segments. Whisper writes `<start> text <end> <start> text <end>`; the last end is missing
 * where the speech goes on to the end of the audio.
 */
export function readTokens(
  tokens: readonly number[],
  layout: TokenLayout,
  durationMs: number,
): TokenSegment[] {
  const clamp = (timeMs: number): number => Math.min(timeMs, durationMs);
  const segments: TokenSegment[] = [];
  let startMs = 0;
  let textTokens: number[] = [];
  for (const token of tokens) {
    if (token < layout.endOfTextToken) {
      textTokens.push(token);
    } else if (token >= layout.firstTimestampToken) {
      const timeMs = clamp((token - layout.firstTimestampToken) * timestampStepMs);
      if (textTokens.length > 0) segments.push({ startMs, endMs: Math.max(timeMs, startMs), textTokens });
      textTokens = [];
      startMs = timeMs;
    }
  }
  if (textTokens.length > 0) segments.push({ startMs, endMs: Math.max(startMs, durationMs), textTokens });
  return segments;
}
