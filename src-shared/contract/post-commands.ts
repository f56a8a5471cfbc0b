import { z } from 'zod';
import { assetIdSchema, assetKindSchema, instantSchema } from '../domain/asset.ts';
import { latenessPolicySchema } from '../domain/lateness.ts';
import {
  postIdSchema,
  dueTimeSchema,
  postSchema,
  postStateSchema,
  postSummarySchema,
  postTargetSchema,
  receiptSchema,
} from '../domain/post.ts';
import { accountQueueSchema, queueSlotSchema } from '../domain/queue-slot.ts';
import { postCheckSchema } from '../domain/post-check.ts';
import { variantContentSchema } from '../domain/variant-content.ts';
import { defineThinkCommand } from './define-command.ts';
import { postInput, targetsInput } from './post-inputs.ts';

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

/** Posts as they are written, looked at and planned: answered at once, and nothing is published by any of them. */
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
      'Posts that are due in a stretch of time (for a calendar), by state, or with a text in them. Drafts without a time come last; of those found by a text the latest come first.',
    scope: 'posts:read',
    changesState: false,
    input: z.strictObject({
      from: instantSchema.optional(),
      to: instantSchema.optional(),
      states: z.array(postStateSchema).max(20).optional(),
      accountId: z.uuid().optional(),
      /** In the title or any part, for all accounts or for one, whatever the case. */
      text: z.string().trim().min(1).max(200).optional(),
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
};
