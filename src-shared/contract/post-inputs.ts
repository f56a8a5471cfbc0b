import { z } from 'zod';
import { latenessPolicySchema } from '../domain/lateness.ts';
import { postIdSchema, targetIdSchema } from '../domain/post.ts';
import { variantContentSchema } from '../domain/variant-content.ts';

/** One account a post is for, with its own words where they differ. */
const targetInput = z.strictObject({
  accountId: z.uuid(),
  variant: variantContentSchema.nullable().default(null),
});

export const targetsInput = z.array(targetInput).max(50);

export const whenInput = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('at'),
    /**
     * An instant (`2026-11-25T09:00:00Z`), or a wall-clock time in the zone (`2026-11-25T10:00`). A wall-clock time
     * that the clocks skip on that day moves on by what they skip; of one that comes twice the first counts.
     */
    dueAt: z.union([
      z.iso.datetime({ offset: true }),
      z.string().regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?$/),
    ]),
    /** IANA, for instance `Europe/Berlin`. Left out: the zone of this computer. */
    zone: z.string().max(100).optional(),
  }),
  /** The next free queue slot of the accounts. */
  z.strictObject({ kind: z.literal('next-slot') }),
  z.strictObject({ kind: z.literal('now') }),
]);
export type WhenInput = z.infer<typeof whenInput>;

export const postInput = z.strictObject({ postId: postIdSchema });
export const targetOfPostInput = z.strictObject({ postId: postIdSchema, targetId: targetIdSchema });

/** A saved draft, or all of the post at once. */
export const toPublish = {
  postId: postIdSchema.optional(),
  content: variantContentSchema.optional(),
  targets: targetsInput.optional(),
  lateness: latenessPolicySchema.optional(),
};
