import { countText, countTextBytes } from './platforms/count-as-platform.ts';
import { splitGraphemes } from './platforms/count-text.ts';
import type { PlatformLimits } from './platforms/platform-limits.ts';

type TextLimits = PlatformLimits['text'];

export function fitsText(text: string, limits: TextLimits): boolean {
  const fitsBytes = limits.maxBytes === null || countTextBytes(text, limits) <= limits.maxBytes;
  return fitsBytes && countText(text, limits) <= limits.maxLength;
}

/**
 * The longest beginning of a text that a platform takes: up to the end of a sentence where that keeps at least half of
 * what fits, else up to the end of a word, with an ellipsis.
 */
export function shortenText(text: string, limits: TextLimits): string {
  const whole = text.trim();
  if (fitsText(whole, limits)) return whole;
  const words = endsOf(whole, /\s+/gu).filter((end) => fitsText(`${whole.slice(0, end)}…`, limits));
  const byWord = words.at(-1) ?? 0;
  const bySentence = endsOf(whole, /(?<=[.!?。！？])\s+/gu)
    .filter((end) => fitsText(whole.slice(0, end), limits))
    .at(-1);
  if (bySentence !== undefined && bySentence >= byWord / 2) return whole.slice(0, bySentence);
  if (byWord > 0) return `${whole.slice(0, byWord)}…`;
  return `${charactersThatFit(whole, limits)}…`;
}

/** Where the pieces before each place end. */
function endsOf(text: string, places: RegExp): number[] {
  return [...text.matchAll(places)].map(({ index }) => index);
}

/** A text without a space in it: cut between characters as people see them. */
function charactersThatFit(text: string, limits: TextLimits): string {
  let result = '';
  for (const character of splitGraphemes(text)) {
    if (!fitsText(`${result}${character}…`, limits)) break;
    result += character;
  }
  return result;
}
