import { estimateTokens } from './estimate-tokens.ts';
import type { Segment } from './transcript.ts';

/** A stretch of a transcript that is read, found and cited as one. */
export interface Passage {
  assetId: string;
  segmentIds: string[];
  startMs: number;
  endMs: number;
  text: string;
  tokens: number;
}

/** About half a minute of speech: short enough to be played as a proof, long enough to make sense alone. */
const longestCharacters = 420;
const longestMs = 45_000;
/** A silence of this length is a new thought. */
const pauseMs = 4_000;

/** Cuts a transcript into passages of whole segments, in order. Every word is in exactly one. */
export function cutIntoPassages(
  assetId: string,
  segments: readonly Pick<Segment, 'segmentId' | 'startMs' | 'endMs' | 'text'>[],
): Passage[] {
  const passages: Passage[] = [];
  for (const { segmentId, startMs, endMs, text } of segments) {
    const trimmed = text.replace(/\s+/gu, ' ').trim();
    if (trimmed === '') continue;
    const last = passages.at(-1);
    const goesOn =
      last !== undefined &&
      last.text.length + trimmed.length < longestCharacters &&
      endMs - last.startMs <= longestMs &&
      startMs - last.endMs < pauseMs;
    if (goesOn) {
      last.segmentIds.push(segmentId);
      last.endMs = Math.max(last.endMs, endMs);
      last.text += ` ${trimmed}`;
    } else {
      passages.push({ assetId, segmentIds: [segmentId], startMs, endMs, text: trimmed, tokens: 0 });
    }
  }
  return passages.map((passage) => ({ ...passage, tokens: estimateTokens(passage.text) + tokensPerMark }));
}

/** Number, time and line break. */
const tokensPerMark = 12;
