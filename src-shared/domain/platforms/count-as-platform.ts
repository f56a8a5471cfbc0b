import type { TextCounting } from '../../../src-connectors/common/shared/platform-description.ts';
import { platforms } from '../../../src-connectors/platforms.ts';
import { countBytes, countGraphemes } from './count-text.ts';
import type { PlatformLimits } from './platform-limits.ts';

const countings: Readonly<Record<string, TextCounting>> = {
  graphemes: { length: countGraphemes },
  ...Object.fromEntries(platforms.flatMap((platform) => Object.entries(platform.countings ?? {}))),
};

export const countingNames = Object.keys(countings);

/** The length of a text as the platform counts it. */
export function countText(text: string, limits: PlatformLimits['text']): number {
  return countingOf(limits).length(text, limits);
}

/** Bytes of a text as the platform stores it. */
export function countTextBytes(text: string, limits: PlatformLimits['text']): number {
  const { toStored } = countingOf(limits);
  return countBytes(toStored === undefined ? text : toStored(text));
}

function countingOf({ counting }: PlatformLimits['text']): TextCounting {
  const found = countings[counting];
  if (found === undefined) throw new Error(`no platform counts in the way called ${counting}`);
  return found;
}
