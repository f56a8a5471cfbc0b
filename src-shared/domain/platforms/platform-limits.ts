import { z } from 'zod';

export const mediaLimitSchema = z.strictObject({
  maxCount: z.int().positive(),
  maxBytes: z.int().positive(),
  maxDurationMs: z.int().positive().nullable(),
  /** Width times height. */
  maxPixels: z.int().positive().nullable(),
  /** What the platform takes as it is; anything else is converted. */
  mimeTypes: z.array(z.string()).min(1),
});
export type MediaLimit = z.infer<typeof mediaLimitSchema>;

/** What one account's platform takes. Some platforms say it themselves; for the others it is written down here. */
export const platformLimitsSchema = z.strictObject({
  text: z.strictObject({
    /** How it measures a text: `graphemes`, or a way that a platform describes. */
    counting: z.string(),
    maxLength: z.int().positive(),
    maxBytes: z.int().positive().nullable(),
    /** What a link counts, however long it is; null: its own length. */
    linkLength: z.int().positive().nullable(),
  }),
  /** Null: the platform has no titles. */
  title: z.strictObject({ maxLength: z.int().positive(), isRequired: z.boolean() }).nullable(),
  hasContentWarning: z.boolean(),
  altTextMaxLength: z.int().nonnegative(),
  maxThreadParts: z.int().positive(),
  /** All kinds together, in one post. */
  maxMediaCount: z.int().nonnegative(),
  /** Whether pictures and recordings may stand in one post. */
  mixesKinds: z.boolean(),
  /** What a post cannot be without. */
  requires: z.enum(['text-or-media', 'media', 'recording']),
  image: mediaLimitSchema.nullable(),
  video: mediaLimitSchema.nullable(),
  audio: mediaLimitSchema.nullable(),
});
export type PlatformLimits = z.infer<typeof platformLimitsSchema>;

export const megabyte = 1_000_000;
export const mebibyte = 1_048_576;
export const minuteMs = 60_000;

export const commonImageTypes = ['image/jpeg', 'image/png', 'image/webp', 'image/gif'];
