import { replaceLinks, splitGraphemes } from '../../../src-shared/domain/platforms/count-text.ts';
import type { PlatformLimits } from '../../../src-shared/domain/platforms/platform-limits.ts';

/** Unicode ranges that count one on X; everything else, and every emoji, counts two. */
const singleWeight = [
  [0, 4351],
  [8192, 8205],
  [8208, 8223],
  [8242, 8247],
] as const;

/** The length of a text as X counts it. */
export function countWeighted(text: string, { linkLength }: PlatformLimits['text']): number {
  const counted = replaceLinks(text, () => 'x'.repeat(linkLength ?? 23));
  let weight = 0;
  for (const segment of splitGraphemes(counted.normalize('NFC'))) {
    if (/\p{Extended_Pictographic}|\p{Regional_Indicator}/u.test(segment)) {
      weight += 2;
      continue;
    }
    for (const character of segment) weight += weightOf(character.codePointAt(0) ?? 0);
  }
  return weight;
}

function weightOf(codePoint: number): number {
  return singleWeight.some(([from, to]) => codePoint >= from && codePoint <= to) ? 1 : 2;
}
