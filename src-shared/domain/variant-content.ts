import { z } from 'zod';
import { assetIdSchema } from './asset.ts';

/** A stretch of a recording. */
export const clipSchema = z
  .strictObject({ startMs: z.int().nonnegative(), endMs: z.int().positive() })
  .refine(({ startMs, endMs }) => endMs > startMs, { error: 'The clip must end after it starts.' });
export type Clip = z.infer<typeof clipSchema>;

export const mediaReferenceSchema = z.strictObject({
  assetId: assetIdSchema,
  /** What someone who cannot see or hear it should know. */
  altText: z.string().max(10_000).default(''),
  /** Null: the whole recording. */
  clip: clipSchema.nullable().default(null),
});
export type MediaReference = z.infer<typeof mediaReferenceSchema>;

/** One post; several of them are a thread, each an answer to the one before. */
export const contentPartSchema = z.strictObject({
  text: z.string().max(50_000),
  media: z.array(mediaReferenceSchema).max(20).default([]),
});
export type ContentPart = z.infer<typeof contentPartSchema>;

export const visibilitySchema = z.enum(['public', 'unlisted', 'followers', 'mentioned']);
export type Visibility = z.infer<typeof visibilitySchema>;

/** What is to appear on one account. Whether it fits there, `checkContent` says. */
export const variantContentSchema = z.strictObject({
  parts: z.array(contentPartSchema).min(1).max(25),
  /** For platforms with titles: an episode, a video. */
  title: z.string().max(500).nullable().default(null),
  /** Shown in place of the text until it is opened. */
  contentWarning: z.string().max(1_000).nullable().default(null),
  /** Null: as the account says. */
  visibility: visibilitySchema.nullable().default(null),
  /** BCP 47 tags, best first; none: not said. */
  languages: z
    .array(z.string().regex(/^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/))
    .max(3)
    .default([]),
});
export type VariantContent = z.infer<typeof variantContentSchema>;
