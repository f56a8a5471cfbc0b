import { z } from 'zod';
import { assetIdSchema, assetKindSchema, instantSchema } from '../domain/asset.ts';
import { latenessPolicySchema } from '../domain/lateness.ts';
import {
  dueTimeSchema,
  postIdSchema,
  postSchema,
  postStateSchema,
  postSummarySchema,
  postTargetSchema,
  receiptSchema,
  targetIdSchema,
} from '../domain/post.ts';
import { accountQueueSchema, queueSlotSchema } from '../domain/queue-slot.ts';
import { postCheckSchema } from '../domain/post-check.ts';
import { variantContentSchema } from '../domain/variant-content.ts';
import { defineDurableCommand, defineThinkCommand } from './define-command.ts';

/** One account a post is for, with its own words where they differ. */
const targetInput = z.strictObject({
  accountId: z.uuid(),
  variant: variantContentSchema.nullable().default(null),
});

const targetsInput = z.array(targetInput).max(50);

const whenInput = z.discriminatedUnion('kind', [
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

const postInput = z.strictObject({ postId: postIdSchema });
const targetOfPostInput = z.strictObject({ postId: postIdSchema, targetId: targetIdSchema });

/** A saved draft, or all of the post at once. */
const toPublish = {
  postId: postIdSchema.optional(),
  content: variantContentSchema.optional(),
  targets: targetsInput.optional(),
  lateness: latenessPolicySchema.optional(),
};

/** A post of another time that stands close by, or says the same. */
const neighbourSchema = z.strictObject({
  postId: postIdSchema,
  accountId: z.uuid(),
  heading: z.string(),
  dueAt: instantSchema.nullable(),
  state: postStateSchema,
});

const accountViewSchema = z.strictObject({
  accountId: z.uuid(),
  platform: z.string(),
  name: z.string(),
  isConnected: z.boolean(),
});

export const postWarningsSchema = z.strictObject({
  /** Posts for the same account within a few minutes. */
  clashes: z.array(neighbourSchema),
  /** Posts for the same account that say the same. */
  duplicates: z.array(neighbourSchema),
});
export type PostWarnings = z.infer<typeof postWarningsSchema>;

export const postCommands = {
  'save-draft': defineThinkCommand({
    area: 'content',
    title: 'Save a draft',
    description: 'Keeps a post that is not scheduled yet. Without a post id a new draft is made.',
    scope: 'posts:write',
    changesState: true,
    input: z.strictObject({
      postId: postIdSchema.optional(),
      content: variantContentSchema,
      targets: targetsInput.default([]),
      /** The time that is intended; nothing is published at it before the post is scheduled. */
      due: z
        .strictObject({ localTime: z.string().max(30), zone: z.string().max(100) })
        .nullable()
        .default(null),
      lateness: latenessPolicySchema.optional(),
    }),
    output: z.strictObject({ postId: postIdSchema, revision: z.int() }),
  }),
  'delete-draft': defineThinkCommand({
    area: 'content',
    title: 'Delete a draft',
    description: 'Deletes a post that was never scheduled.',
    scope: 'posts:write',
    changesState: true,
    agentsNeedApproval: true,
    input: postInput,
    output: z.strictObject({ deleted: z.literal(true) }),
  }),
  'read-post': defineThinkCommand({
    area: 'content',
    title: 'Read a post',
    description:
      'A post with its variants, the state for each account, its receipts, and what it clashes with.',
    scope: 'posts:read',
    changesState: false,
    input: postInput,
    output: postSchema.extend({
      receipts: z.array(receiptSchema),
      accounts: z.array(accountViewSchema),
      assets: z.array(
        z.strictObject({
          assetId: assetIdSchema,
          title: z.string(),
          kind: assetKindSchema.nullable(),
          durationMs: z.int().nullable(),
          hasThumbnail: z.boolean(),
          isReady: z.boolean(),
        }),
      ),
      warnings: postWarningsSchema,
      /** `Wednesday 10:00 (Europe/Berlin)`. */
      dueText: z.string().nullable(),
    }),
  }),
  'list-posts': defineThinkCommand({
    area: 'content',
    title: 'List posts',
    description:
      'Posts that are due in a stretch of time (for a calendar), or by state. Drafts without a time come last.',
    scope: 'posts:read',
    changesState: false,
    input: z.strictObject({
      from: instantSchema.optional(),
      to: instantSchema.optional(),
      states: z.array(postStateSchema).max(20).optional(),
      accountId: z.uuid().optional(),
      limit: z.int().min(1).max(2_000).default(500),
    }),
    output: z.strictObject({ posts: z.array(postSummarySchema), isCut: z.boolean() }),
  }),
  'check-post': defineThinkCommand({
    area: 'content',
    title: 'Check a post against its platforms',
    description:
      'Counts what each platform counts and says what stands against publishing, before anything is scheduled.',
    scope: 'posts:read',
    changesState: false,
    input: z.strictObject({
      /** Left out of the look for clashes and duplicates. */
      postId: postIdSchema.optional(),
      content: variantContentSchema,
      targets: targetsInput,
      dueAt: instantSchema.nullable().default(null),
    }),
    output: z.strictObject({ checks: z.array(postCheckSchema), warnings: postWarningsSchema }),
  }),
  'find-next-slot': defineThinkCommand({
    area: 'content',
    title: 'Find the next free queue slot',
    description: 'The next queue slot of the accounts at which nothing else is due.',
    scope: 'posts:read',
    changesState: false,
    input: z.strictObject({ accountIds: z.array(z.uuid()).min(1).max(50), after: instantSchema.optional() }),
    output: z.strictObject({ due: dueTimeSchema.nullable(), dueText: z.string().nullable() }),
  }),
  'list-queue-slots': defineThinkCommand({
    area: 'content',
    title: 'List queue slots',
    description: 'The times of the week at which each account likes to publish.',
    scope: 'posts:read',
    changesState: false,
    input: z.strictObject({}),
    output: z.strictObject({ queues: z.array(accountQueueSchema) }),
  }),
  'set-queue-slots': defineThinkCommand({
    area: 'content',
    title: 'Set queue slots',
    description: 'Replaces the queue slots of an account. What is scheduled already keeps its time.',
    scope: 'posts:write',
    changesState: true,
    agentsNeedApproval: true,
    input: z.strictObject({
      accountId: z.uuid(),
      zone: z.string().max(100).optional(),
      slots: z.array(queueSlotSchema).max(200),
    }),
    output: accountQueueSchema,
  }),
  'list-late-posts': defineThinkCommand({
    area: 'content',
    title: 'List posts that came due late',
    description:
      'What came due while the computer slept or Longhand was not running: sent late, missed, or waiting for a decision.',
    scope: 'posts:read',
    changesState: false,
    input: z.strictObject({ since: instantSchema.optional() }),
    output: z.strictObject({
      posts: z.array(
        z.strictObject({
          postId: postIdSchema,
          heading: z.string(),
          due: dueTimeSchema,
          lateByMs: z.int().nonnegative(),
          lateness: latenessPolicySchema,
          target: postTargetSchema.pick({ targetId: true, accountId: true, state: true, nextTryAt: true }),
        }),
      ),
    }),
  }),
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
