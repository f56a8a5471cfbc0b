import { z } from 'zod';

/** Something a platform has against a post, in words. */
const remarkSchema = z.strictObject({
  /** For instance `text-too-long`, `too-many-pictures`, `no-alt-text`. */
  code: z.string(),
  /** What is wrong, and what to do. */
  message: z.string(),
  /** Which post of a thread; 0 is the first. Null where it is about all. */
  part: z.int().nonnegative().nullable(),
});
export type PostRemark = z.infer<typeof remarkSchema>;

/** What one account's platform says of a post. */
export const postCheckSchema = z.strictObject({
  accountId: z.uuid(),
  platform: z.string(),
  accountName: z.string(),
  /** For each post of the thread: how long it is in the platform's own measure, and how long it may be. */
  parts: z.array(z.strictObject({ length: z.int().nonnegative(), limit: z.int().positive().nullable() })),
  /** With one of these it is not accepted. */
  problems: z.array(remarkSchema),
  warnings: z.array(remarkSchema),
});
export type PostCheck = z.infer<typeof postCheckSchema>;
