import { z } from 'zod';

/** One text for one platform, counted as the platform counts. */
export const captionAlternativeSchema = z.strictObject({
  text: z.string().min(1),
  length: z.int().nonnegative(),
  /** What the platform allows; null where it sets no limit. */
  limit: z.int().positive().nullable(),
  /** The model wrote more than fits: code has cut it at the end of a sentence or word. */
  wasShortened: z.boolean(),
});
export type CaptionAlternative = z.infer<typeof captionAlternativeSchema>;

export const captionSetSchema = z.strictObject({
  platform: z.string(),
  alternatives: z.array(captionAlternativeSchema).min(1),
});
export type CaptionSet = z.infer<typeof captionSetSchema>;
