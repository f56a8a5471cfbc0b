import { estimateTokens } from '../../../src-shared/domain/estimate-tokens.ts';
import type { Segment } from '../../../src-shared/domain/transcript.ts';

export interface TranscriptLine {
  startMs: number;
  text: string;
}

/** The line's number, its bracket and the line break. */
const tokensPerLineMark = 5;

/** What is said, without empty segments. */
export function toLines(segments: readonly Segment[]): TranscriptLine[] {
  return segments.flatMap(({ startMs, text }) => {
    const trimmed = text.replace(/\s+/g, ' ').trim();
    return trimmed === '' ? [] : [{ startMs, text: trimmed }];
  });
}

/**
 * Cuts lines into windows of at most `tokenLimit` tokens each, about equally full, so that the last one is no scrap.
 * Every line is in exactly one window; a line longer than a window is split.
 */
export function cutIntoWindows(lines: readonly TranscriptLine[], tokenLimit: number): TranscriptLine[][] {
  const pieces = lines.flatMap((line) => splitLine(line, tokenLimit));
  const total = pieces.reduce((sum, line) => sum + tokensOf(line), 0);
  const goal = total / Math.max(1, Math.ceil(total / tokenLimit));
  const windows: TranscriptLine[][] = [];
  let current: TranscriptLine[] = [];
  let filled = 0;
  for (const piece of pieces) {
    const tokens = tokensOf(piece);
    if (current.length > 0 && (filled + tokens > tokenLimit || filled >= goal)) {
      windows.push(current);
      current = [];
      filled = 0;
    }
    current.push(piece);
    filled += tokens;
  }
  if (current.length > 0) windows.push(current);
  return windows;
}

/** Only models with room for less than about 4,000 tokens need more windows for an hour of speech. */
const mostWindowsPerHour = 12;
const fewestWindowsAllowed = 24;

/** How many windows may be read of a recording of this length, so that describing it ends in reasonable time. */
export function windowLimitFor(durationMs: number): number {
  return Math.max(fewestWindowsAllowed, Math.ceil((durationMs / 3_600_000) * mostWindowsPerHour));
}

/** The positions of at most `limit` of `count` windows, spread evenly, the first and the last one among them. */
export function spreadEvenly(count: number, limit: number): number[] {
  if (count <= limit) return Array.from({ length: count }, (_, index) => index);
  return Array.from({ length: limit }, (_, index) => Math.round((index * (count - 1)) / (limit - 1)));
}

function tokensOf(line: TranscriptLine): number {
  return estimateTokens(line.text) + tokensPerLineMark;
}

function splitLine(line: TranscriptLine, tokenLimit: number): TranscriptLine[] {
  if (tokensOf(line) <= tokenLimit) return [line];
  const half = Math.ceil(line.text.length / 2);
  const space = line.text.indexOf(' ', half);
  const cut = space === -1 ? half : space;
  const parts = [line.text.slice(0, cut), line.text.slice(cut).trim()].filter((text) => text !== '');
  if (parts.length < 2) return [line];
  return parts.flatMap((text) => splitLine({ startMs: line.startMs, text }, tokenLimit));
}
