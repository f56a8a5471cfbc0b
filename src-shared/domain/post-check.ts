import { z } from 'zod';

/** Something to be said about a post for one account. */
export const postFindingSchema = z.strictObject({
  /** For instance `text-length`, `media-count`, `alt-text-missing`, `asset-not-ready`. */
  rule: z.string(),
  /** `error`: it cannot be accepted. `fitted`: Longhand makes it fit by itself. `advice`: allowed, better done otherwise. */
  severity: z.enum(['error', 'fitted', 'advice']),
  /** Which post of a thread; null where it is about all. */
  partIndex: z.int().nonnegative().nullable(),
  mediaIndex: z.int().nonnegative().nullable(),
  /** What is wrong, and what to do. */
  message: z.string(),
});
export type PostFinding = z.infer<typeof postFindingSchema>;

/** What one account's platform says of a post. */
export const postCheckSchema = z.strictObject({
  accountId: z.uuid(),
  platform: z.string(),
  accountName: z.string(),
  isConnected: z.boolean(),
  /** For each post of the thread: how long it is in the platform's own measure, and how long it may be. */
  parts: z.array(
    z.strictObject({
      length: z.int().nonnegative(),
      limit: z.int().positive(),
      bytes: z.int().nonnegative(),
    }),
  ),
  /** Errors come first. */
  findings: z.array(postFindingSchema),
});
export type PostCheck = z.infer<typeof postCheckSchema>;
