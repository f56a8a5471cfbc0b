import { z } from 'zod';
import { instantSchema } from './asset.ts';
import { appErrorDtoSchema } from './errors.ts';
import { latenessPolicySchema } from './lateness.ts';
import { splitGraphemes } from './platforms/count-text.ts';
import { variantContentSchema, type VariantContent } from './variant-content.ts';

export const postIdSchema = z.uuid();
export const targetIdSchema = z.uuid();

/**
 * Where the post stands for one account. `unconfirmed`: it was sent, and nobody can say whether it arrived.
 * `needs-decision`: it came due too late for its lateness limit, and the creator is asked. `to-mark`: the creator
 * publishes it by hand and says so. `deleting`: it is to be taken off its platform again. `deleted`: it stood there once.
 */
export const targetStateSchema = z.enum([
  'draft',
  'waiting',
  'preparing',
  'publishing',
  'published',
  'deleting',
  'deleted',
  'unconfirmed',
  'failed',
  'cancelled',
  'missed',
  'needs-decision',
  'to-mark',
]);
export type TargetState = z.infer<typeof targetStateSchema>;

/** The same for the whole post; `partial` where its accounts have ended differently. */
export const postStateSchema = z.enum([...targetStateSchema.options, 'partial']);
export type PostState = z.infer<typeof postStateSchema>;

/** What can happen to a post, in the words of its receipt chain. */
export const receiptKindSchema = z.enum([
  'accepted',
  'scheduled',
  'edited',
  'rescheduled',
  'preparing',
  'prepared',
  'late',
  'needs-decision',
  'decided',
  'publishing',
  'looked',
  'interrupted',
  'retrying',
  'rate-limited',
  'waits-for-asset',
  'waits-for-account',
  'waits-for-folder',
  'published',
  'unconfirmed',
  'resolved',
  'failed',
  'missed',
  'cancelled',
  'to-mark',
  'marked',
  'measured',
  'deleting',
  'deleted',
  'not-deleted',
]);
export type ReceiptKind = z.infer<typeof receiptKindSchema>;

/** What a post waits for that may take weeks: the same outcome of one try after another is one link of the chain. */
const waitingReceiptKinds = ['waits-for-asset', 'waits-for-account', 'waits-for-folder'] as const;
type WaitingReceiptKind = (typeof waitingReceiptKinds)[number];

export function isWaitingReceipt(kind: ReceiptKind): kind is WaitingReceiptKind {
  return waitingReceiptKinds.some((waiting) => waiting === kind);
}

/** How often it was tried since, to the same outcome. */
const receiptRepeatsSchema = z.strictObject({ count: z.int().positive(), lastAt: instantSchema });
export type ReceiptRepeats = z.infer<typeof receiptRepeatsSchema>;

/** One link of the chain: written once, never changed. */
export const receiptSchema = z.strictObject({
  receiptId: z.int(),
  /** Null where it is about the whole post. */
  targetId: targetIdSchema.nullable(),
  kind: receiptKindSchema,
  at: instantSchema,
  /** Which try at sending this belongs to; 0 before the first. */
  attempt: z.int().nonnegative(),
  /** A plain sentence. */
  detail: z.string(),
  /** The post on its platform. */
  url: z.string().nullable(),
  errorCode: z.string().nullable(),
  /** Of the wait that goes on; those of an earlier one are told by the link that ended it. */
  repeats: receiptRepeatsSchema.nullable(),
});
export type Receipt = z.infer<typeof receiptSchema>;

/** Null where the platform does not tell. */
export const postMetricsSchema = z.strictObject({
  readAt: instantSchema,
  likes: z.int().nonnegative().nullable(),
  reposts: z.int().nonnegative().nullable(),
  replies: z.int().nonnegative().nullable(),
  quotes: z.int().nonnegative().nullable(),
  views: z.int().nonnegative().nullable(),
});
export type PostMetrics = z.infer<typeof postMetricsSchema>;

/** A post for one account. */
export const postTargetSchema = z.strictObject({
  targetId: targetIdSchema,
  accountId: z.uuid(),
  state: targetStateSchema,
  /** The account's own variant; null where it says the same as the post. */
  variant: variantContentSchema.nullable(),
  attempt: z.int().nonnegative(),
  /** When it is tried again, or its turn in the account's queue of due posts. */
  nextTryAt: instantSchema.nullable(),
  url: z.string().nullable(),
  publishedAt: instantSchema.nullable(),
  error: appErrorDtoSchema.nullable(),
  metrics: postMetricsSchema.nullable(),
});
export type PostTarget = z.infer<typeof postTargetSchema>;

/** When a post is due: the instant, and the wall-clock time in the zone in which the creator chose it. */
export const dueTimeSchema = z.strictObject({
  dueAt: instantSchema,
  zone: z.string(),
  /** `2026-11-25T10:00`, as chosen. */
  localTime: z.string(),
});
export type DueTime = z.infer<typeof dueTimeSchema>;

export const postSchema = z.strictObject({
  postId: postIdSchema,
  workflowId: z.string(),
  state: postStateSchema,
  content: variantContentSchema,
  /** Null while a draft has no time yet. */
  due: dueTimeSchema.nullable(),
  lateness: latenessPolicySchema,
  /** Grows with every edit. */
  revision: z.int().nonnegative(),
  createdAt: instantSchema,
  updatedAt: instantSchema,
  targets: z.array(postTargetSchema),
});
export type Post = z.infer<typeof postSchema>;

/** One line of a list or the calendar. */
export const postSummarySchema = postSchema
  .pick({ postId: true, state: true, due: true, revision: true, createdAt: true, updatedAt: true })
  .extend({
    heading: z.string(),
    text: z.string(),
    /** Of the first picture or recording that goes with it. */
    firstAssetId: z.uuid().nullable(),
    targets: z.array(
      postTargetSchema.pick({ targetId: true, accountId: true, state: true, url: true, error: true }),
    ),
  });
export type PostSummary = z.infer<typeof postSummarySchema>;

/** The account's own variant, or what the post says for all. */
export function contentOf(
  post: { content: VariantContent },
  target: { variant: VariantContent | null },
): VariantContent {
  return target.variant ?? post.content;
}

/** The title or the first line of what is said, short enough for a list. */
export function headingOf({ title, parts }: VariantContent): string {
  const line = (title ?? parts[0]?.text ?? '').trim().split('\n')[0]?.trim() ?? '';
  if (line === '') return 'Post without text';
  if (line.length <= 80) return line;
  const characters = splitGraphemes(line);
  return characters.length <= 80 ? line : `${characters.slice(0, 79).join('').trimEnd()}…`;
}

/** Every recording and picture that goes with it, once each. */
export function assetIdsOf({ parts }: VariantContent): string[] {
  return [...new Set(parts.flatMap(({ media }) => media.map(({ assetId }) => assetId)))];
}
