import type { Platform } from './account.ts';

/**
 * How far apart the posts of one account are kept. Bluesky allows 5,000 points an hour, and a record costs three
 * (https://docs.bsky.app/docs/advanced-guides/rate-limits): one in 2.2 s. Mastodon allows 300 calls in five minutes
 * (https://docs.joinmastodon.org/api/rate-limits/), and a post with media takes several. A feed and a person have no
 * limit.
 */
export const publishingSpacingMs: Readonly<Record<Platform, number>> = {
  bluesky: 2_500,
  mastodon: 4_000,
  feed: 0,
  manual: 0,
};
