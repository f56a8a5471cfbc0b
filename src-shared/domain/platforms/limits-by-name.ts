import { blueskyLimits } from './bluesky.ts';
import { feedLimits } from './feed.ts';
import { manualServiceLimits, manualServiceSchema } from './manual-services.ts';
import { mastodonDefaultLimits } from './mastodon.ts';
import type { PlatformLimits } from './platform-limits.ts';

/** What a platform takes unless an account of it says otherwise; undefined for a name that is none. */
export function limitsByName(name: string): PlatformLimits | undefined {
  const plain = name.trim().toLowerCase();
  switch (plain) {
    case 'bluesky':
      return blueskyLimits;
    case 'mastodon':
      return mastodonDefaultLimits;
    case 'feed':
      return feedLimits;
    case 'manual':
      return manualServiceLimits.other;
    default: {
      const service = manualServiceSchema.safeParse(plain);
      return service.success ? manualServiceLimits[service.data] : undefined;
    }
  }
}
