import { bluesky } from './bluesky/shared/bluesky.ts';
import { feed } from './feed/shared/feed.ts';
import { manual } from './manual/shared/manual.ts';
import { mastodon } from './mastodon/shared/mastodon.ts';

/** Where posts can go, in the order in which they are offered. Everything that depends on it is made of this list. */
export const platforms = [bluesky, mastodon, feed, manual] as const;
