import { z } from 'zod';
import { assetIdSchema } from './asset.ts';

/** A recording, picture or clip of the library that goes with a post. */
export const postMediaSchema = z.strictObject({
  assetId: assetIdSchema,
  /** Read aloud to those who cannot see it. */
  altText: z.string().max(5_000).default(''),
});
export type PostMedia = z.infer<typeof postMediaSchema>;

/** Who may see it, where a platform knows the difference. */
export const postVisibilitySchema = z.enum(['public', 'unlisted', 'followers']);
export type PostVisibility = z.infer<typeof postVisibilitySchema>;

/** What is published: one for all accounts, or an account's own variant. */
export const postContentSchema = z.strictObject({
  /** The title of a podcast episode or feed entry; platforms without titles leave it out. */
  title: z.string().max(500).nullable().default(null),
  text: z.string().max(100_000),
  /** The posts that follow the first one, in order. */
  thread: z.array(z.string().min(1).max(100_000)).max(24).default([]),
  /** With the first post. */
  media: z.array(postMediaSchema).max(10).default([]),
  contentWarning: z.string().max(500).nullable().default(null),
  visibility: postVisibilitySchema.default('public'),
  /** ISO 639-1. */
  language: z
    .string()
    .regex(/^[a-z]{2,3}$/)
    .nullable()
    .default(null),
});
export type PostContent = z.infer<typeof postContentSchema>;

/** The first line of what is said, short enough for a list. */
export function headingOf({ title, text }: Pick<PostContent, 'title' | 'text'>): string {
  const line = (title ?? text).trim().split('\n')[0]?.trim() ?? '';
  if (line === '') return 'Post without text';
  return line.length <= 80 ? line : `${line.slice(0, 79).trimEnd()}…`;
}
