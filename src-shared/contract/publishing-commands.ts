import { z } from 'zod';
import { assetIdSchema } from '../domain/asset.ts';
import { latenessPolicySchema } from '../domain/lateness.ts';
import { postIdSchema, targetIdSchema } from '../domain/post.ts';
import { variantContentSchema } from '../domain/variant-content.ts';
import { defineDurableCommand } from './define-command.ts';
import { targetOfPostInput, targetsInput, toPublish, whenInput } from './post-inputs.ts';

/** Commitments about posts: each is kept whatever crashes. */
export const publishingCommands = {
  'schedule-post': defineDurableCommand({
    area: 'content',
    mode: 'commit',
    title: 'Schedule a post',
    description:
      'Publishes a draft, or the given content, on the given accounts: at a time, at the next free queue slot, or now. Each account gets it exactly once.',
    scope: 'posts:write',
    input: z.strictObject({ ...toPublish, when: whenInput }),
  }),
  'schedule-plan': defineDurableCommand({
    area: 'content',
    mode: 'commit',
    title: 'Schedule a plan',
    description:
      'Schedules all posts of a plan at once: all of them, or none. Each is a post of its own from then on.',
    scope: 'posts:write',
    input: z.strictObject({
      title: z.string().max(200).optional(),
      posts: z
        .array(
          z.strictObject({
            accountIds: z.array(z.uuid()).min(1).max(20),
            text: z.string().trim().min(1).max(50_000),
            assetId: assetIdSchema.optional(),
            dueAt: z.iso.datetime({ offset: true }),
            zone: z.string().max(100),
          }),
        )
        .min(1)
        .max(100),
    }),
  }),
  'publish-now': defineDurableCommand({
    area: 'content',
    mode: 'commit',
    title: 'Publish now',
    description: 'Publishes a draft, a waiting post, or the given content at once.',
    scope: 'posts:write',
    input: z.strictObject(toPublish),
  }),
  'reschedule-post': defineDurableCommand({
    area: 'content',
    mode: 'commit',
    title: 'Reschedule a post',
    description: 'Moves a waiting, missed or undecided post to another time. Refused once it is being sent.',
    scope: 'posts:write',
    input: z.strictObject({ postId: postIdSchema, when: whenInput }),
  }),
  'edit-post': defineDurableCommand({
    area: 'content',
    mode: 'commit',
    title: 'Edit a waiting post',
    description: 'Changes what a scheduled post says, or for whom it is. Refused once it is being sent.',
    scope: 'posts:write',
    input: z.strictObject({
      postId: postIdSchema,
      content: variantContentSchema.optional(),
      targets: targetsInput.min(1).optional(),
      lateness: latenessPolicySchema.optional(),
      /** Refused where the post has changed since this revision was read. */
      revision: z.int().optional(),
    }),
  }),
  'cancel-post': defineDurableCommand({
    area: 'content',
    mode: 'commit',
    title: 'Cancel a post',
    description:
      'Takes a post back that was not sent yet, for all accounts or for one. What was published stays.',
    scope: 'posts:write',
    input: z.strictObject({ postId: postIdSchema, targetId: targetIdSchema.optional() }),
  }),
  'retry-target': defineDurableCommand({
    area: 'content',
    mode: 'commit',
    title: 'Try an account again',
    description: 'Tries to publish again for an account for which it failed. The others are left alone.',
    scope: 'posts:write',
    input: targetOfPostInput,
  }),
  'resolve-target': defineDurableCommand({
    area: 'content',
    mode: 'commit',
    title: 'Resolve an unconfirmed post',
    description:
      'For a post of which nobody can say whether it arrived: look again, mark it as published, or send it again although it may be there already.',
    scope: 'posts:write',
    input: targetOfPostInput.extend({
      resolution: z.discriminatedUnion('kind', [
        z.strictObject({ kind: z.literal('look-again') }),
        z.strictObject({ kind: z.literal('mark-published'), url: z.url().nullable().default(null) }),
        /** The creator has looked, and accepts that it may stand there twice. */
        z.strictObject({ kind: z.literal('send-again'), mayBeDoubled: z.literal(true) }),
      ]),
    }),
  }),
  'take-up-stopped-posts': defineDurableCommand({
    area: 'content',
    mode: 'commit',
    title: 'Take up stopped posts again',
    description:
      'For an account that was disconnected and is connected again: its posts that were stopped go on. Those of the future keep their time; those whose time has passed are published late, ask, or are skipped, as each of them says.',
    scope: 'posts:write',
    input: z.strictObject({ accountId: z.uuid() }),
  }),
  'decide-late-post': defineDurableCommand({
    area: 'content',
    mode: 'commit',
    title: 'Decide about a late post',
    description: 'Publishes a post late, skips it, or gives it another time, after it came due too late.',
    scope: 'posts:write',
    input: z.strictObject({
      postId: postIdSchema,
      decision: z.discriminatedUnion('kind', [
        z.strictObject({ kind: z.literal('publish') }),
        z.strictObject({ kind: z.literal('skip') }),
        z.strictObject({ kind: z.literal('reschedule'), when: whenInput }),
      ]),
    }),
  }),
  'mark-posted': defineDurableCommand({
    area: 'content',
    mode: 'commit',
    title: 'Mark as posted',
    description: 'Says that a post was published by hand, with its link where there is one.',
    scope: 'posts:write',
    input: targetOfPostInput.extend({ url: z.url().nullable().default(null) }),
  }),
};
