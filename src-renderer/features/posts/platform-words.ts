import { platformSchema, type Platform } from '../../../src-shared/domain/account.ts';
import { descriptionOf, platformNames } from '../../../src-shared/domain/platforms/known-platforms.ts';

export const platformTitles = platformNames;

/** A platform by its name; null for one this version does not know. */
export function toPlatform(name: string): Platform | null {
  return platformSchema.options.find((platform) => platform === name) ?? null;
}

/** Whether posts for it are put at hand, and posted by the person. */
export function isByHand(platform: Platform | null): boolean {
  return platform !== null && descriptionOf(platform).delivery === 'by-hand';
}
