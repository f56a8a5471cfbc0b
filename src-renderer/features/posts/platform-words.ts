import { platformSchema, type Platform } from '../../../src-shared/domain/account.ts';

export const platformTitles: Record<Platform, string> = {
  bluesky: 'Bluesky',
  mastodon: 'Mastodon',
  feed: 'Feed',
  manual: 'By hand',
};

/** A platform by its name; null for one this version does not know. */
export function toPlatform(name: string): Platform | null {
  return platformSchema.options.find((platform) => platform === name) ?? null;
}
