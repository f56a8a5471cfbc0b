import { z } from 'zod';
import { platforms } from '../../src-connectors/platforms.ts';
import { instantSchema } from './asset.ts';
import { appErrorDtoSchema } from './errors.ts';
import { countingNames } from './platforms/count-as-platform.ts';
import { platformLimitsSchema } from './platforms/platform-limits.ts';

export const accountIdSchema = z.uuid();

export const platformSchema = z.enum(platforms.map(({ id }) => id));
export type Platform = z.infer<typeof platformSchema>;

/** What a person can set per account. */
export const accountSettingsSchema = z.discriminatedUnion('platform', [
  platforms[0].settings,
  ...platforms.slice(1).map(({ settings }) => settings),
]);
export type AccountSettings = z.infer<typeof accountSettingsSchema>;

const accountLimitsSchema = platformLimitsSchema.extend({
  text: platformLimitsSchema.shape.text.extend({ counting: z.enum(countingNames) }),
});

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
  limits: accountLimitsSchema,
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
