import { z } from 'zod';

export const missingPartSchema = z.enum(['about', 'text', 'account', 'time', 'target', 'folder']);

/** When something is to happen, as far as it is known. The instant goes with its zone. */
export const knownWhenSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('at'), dueAt: z.string(), zone: z.string() }),
  z.strictObject({ kind: z.literal('now') }),
  z.strictObject({ kind: z.literal('next-slot') }),
]);
export type KnownWhen = z.infer<typeof knownWhenSchema>;

/** A wish of which something is not known yet. Kept with the question, so that the next message can fill it in. */
export const pendingWishSchema = z.strictObject({
  command: z.string(),
  missing: missingPartSchema,
  known: z.strictObject({
    text: z.string().optional(),
    /** The text was written by a model: a standing grant is not enough for it. */
    isModelText: z.boolean().optional(),
    /** A draft or a planned post. */
    postId: z.string().optional(),
    title: z.string().optional(),
    accountIds: z.array(z.string()).optional(),
    when: knownWhenSchema.optional(),
    assetIds: z.array(z.string()).optional(),
    /** For captions, ideas and plans. */
    about: z.string().optional(),
    count: z.int().optional(),
    platforms: z.array(z.string()).optional(),
    kind: z.enum(['week', 'campaign']).optional(),
  }),
});
export type PendingWish = z.infer<typeof pendingWishSchema>;
