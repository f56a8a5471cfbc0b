import { z } from 'zod';
import { describePlatform } from '../../common/shared/platform-description.ts';
import { feedLimits } from './feed-limits.ts';

/** What a feed says of itself; see the Apple Podcasts requirements for the fields that directories ask for. */
export const feedDetailsSchema = z.strictObject({
  title: z.string().min(1).max(255),
  description: z.string().min(1).max(4_000),
  author: z.string().min(1).max(255),
  /** Shown to directories only, so that they can reach the owner. */
  ownerEmail: z.email().nullable(),
  /** BCP 47. */
  language: z.string().regex(/^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/),
  category: z.string().min(1).max(100),
  isExplicit: z.boolean(),
  /** Where the folder will be found on the web; enclosures get their addresses from it. */
  baseUrl: z.url({ protocol: /^https?$/ }),
});
export type FeedDetails = z.infer<typeof feedDetailsSchema>;

const feedSettingsSchema = z.strictObject({
  platform: z.literal('feed'),
  folder: z.string().min(1).max(4096),
  details: feedDetailsSchema,
});
export type FeedSettings = z.infer<typeof feedSettingsSchema>;

/** A folder with a feed of one's own. */
export const feed = describePlatform({
  id: 'feed',
  name: 'Feed',
  settings: feedSettingsSchema,
  delivery: 'automatic',
  hasCredentials: false,
  isNamedByPerson: false,
  hasVisibility: false,
  limits: feedLimits,
  spacingMs: 0,
  calledInWishes: ['feed', 'rss', 'newsfeed'],
  deletionWarning: 'Whoever has downloaded the episode keeps it.',
  folderTitle: 'Choose the folder of the feed',
});
