import { z } from 'zod';

/** Something in Longhand that a person can open with a click. */
export const entityLinkSchema = z.strictObject({
  kind: z.enum(['post', 'asset', 'account', 'approval', 'conversation', 'watch-folder', 'settings']),
  id: z.string(),
  /** The place outside of Longhand where it can be seen, such as the published post. */
  url: z.url().nullable(),
});
export type EntityLink = z.infer<typeof entityLinkSchema>;
