import { z } from 'zod';
import { instantSchema } from './asset.ts';
import { appErrorDtoSchema } from './errors.ts';
import { manualServiceSchema } from './platforms/manual-services.ts';
import { platformLimitsSchema } from './platforms/platform-limits.ts';
import { visibilitySchema } from './variant-content.ts';

export const accountIdSchema = z.uuid();

/** `feed`: a folder with a feed of one's own. `manual`: posted by hand, with caption and file at hand. */
export const platformSchema = z.enum(['bluesky', 'mastodon', 'feed', 'manual']);
export type Platform = z.infer<typeof platformSchema>;

export const platformNames: Readonly<Record<Platform, string>> = {
  bluesky: 'Bluesky',
  mastodon: 'Mastodon',
  feed: 'Feed',
  manual: 'By hand',
};

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

/** What a person can set per account. */
export const accountSettingsSchema = z.discriminatedUnion('platform', [
  z.strictObject({ platform: z.literal('bluesky') }),
  z.strictObject({ platform: z.literal('mastodon'), visibility: visibilitySchema }),
  z.strictObject({
    platform: z.literal('feed'),
    folder: z.string().min(1).max(4096),
    details: feedDetailsSchema,
  }),
  z.strictObject({ platform: z.literal('manual'), service: manualServiceSchema }),
]);
export type AccountSettings = z.infer<typeof accountSettingsSchema>;

/**
 * `connected`: usable as far as we know. `needs-reconnect`: the platform has refused the credentials for good, or they
 * cannot be read any more; posts for it wait until it is connected again.
 */
export const accountStateSchema = z.enum(['connected', 'needs-reconnect']);
export type AccountState = z.infer<typeof accountStateSchema>;

export const accountSchema = z.strictObject({
  accountId: accountIdSchema,
  platform: platformSchema,
  /** What the person calls it. */
  name: z.string(),
  /** As the platform names it, for instance `@alice.example`. */
  handle: z.string(),
  /** The server, where the platform has many. */
  serviceUrl: z.string().nullable(),
  /** The page of the account, where it has one. */
  profileUrl: z.string().nullable(),
  state: accountStateSchema,
  /** Why it must be connected again. */
  error: appErrorDtoSchema.nullable(),
  settings: accountSettingsSchema,
  limits: platformLimitsSchema,
  connectedAt: instantSchema,
  /** When the platform last accepted the credentials. */
  checkedAt: instantSchema.nullable(),
});
export type Account = z.infer<typeof accountSchema>;

/**
 * How credentials are kept. `keyring`: their key is in the system's keyring. `passphrase`: the person unlocks it after
 * each start. `this-run`: in memory only, so accounts must be connected again after each start.
 */
export const vaultProtectionSchema = z.enum(['keyring', 'passphrase', 'this-run']);
export type VaultProtection = z.infer<typeof vaultProtectionSchema>;

export const vaultStateSchema = z.strictObject({
  /** `lost`: there are credentials whose key is gone. */
  state: z.enum(['not-set-up', 'unlocked', 'locked', 'lost']),
  protection: vaultProtectionSchema.nullable(),
  isKeyringAvailable: z.boolean(),
  /** How it stands and what to do, in a sentence or two. */
  message: z.string(),
});
export type VaultState = z.infer<typeof vaultStateSchema>;
