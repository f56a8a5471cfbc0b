import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { AppErrorDto } from '../../src-shared/domain/errors.ts';
import type { LatenessPolicy } from '../../src-shared/domain/lateness.ts';
import type {
  PostMetrics,
  PostState,
  ReceiptKind,
  ReceiptRepeats,
  TargetState,
} from '../../src-shared/domain/post.ts';
import type { VariantContent } from '../../src-shared/domain/variant-content.ts';

const flag = (name: string) => integer(name, { mode: 'boolean' });
const json = <Value>(name: string) => text(name, { mode: 'json' }).$type<Value>();

export const post = sqliteTable('post', {
  postId: text('post_id').primaryKey(),
  workflowId: text('workflow_id').notNull(),
  state: text('state').$type<PostState>().notNull(),
  content: json<VariantContent>('content').notNull(),
  dueAt: text('due_at'),
  localTime: text('local_time'),
  zone: text('zone'),
  lateness: json<LatenessPolicy>('lateness').notNull(),
  revision: integer('revision').notNull().default(0),
  createdAt: text('created_at').notNull(),
  updatedAt: text('updated_at').notNull(),
});

export const postTarget = sqliteTable('post_target', {
  targetId: text('target_id').primaryKey(),
  postId: text('post_id').notNull(),
  position: integer('position').notNull(),
  accountId: text('account_id').notNull(),
  variant: json<VariantContent>('variant'),
  state: text('state').$type<TargetState>().notNull(),
  generation: integer('generation').notNull().default(1),
  frozen: json<unknown>('frozen'),
  frozenRevision: integer('frozen_revision'),
  maybeSentAt: text('maybe_sent_at'),
  isLookFirst: flag('is_look_first').notNull().default(false),
  attempt: integer('attempt').notNull().default(0),
  failureCount: integer('failure_count').notNull().default(0),
  prepareCount: integer('prepare_count').notNull().default(0),
  turnAt: text('turn_at'),
  nextTryAt: text('next_try_at'),
  isBlocked: flag('is_blocked').notNull().default(false),
  leaseOwner: text('lease_owner'),
  leaseUntil: text('lease_until'),
  remoteId: text('remote_id'),
  published: json<unknown>('published'),
  url: text('url'),
  publishedAt: text('published_at'),
  error: json<AppErrorDto>('error'),
  metrics: json<PostMetrics>('metrics'),
  metricsCount: integer('metrics_count').notNull().default(0),
  metricsDueAt: text('metrics_due_at'),
  updatedAt: text('updated_at').notNull(),
  repeats: json<ReceiptRepeats>('repeats'),
  expectedAt: text('expected_at'),
  lateAcceptedAt: text('late_accepted_at'),
  unknownSince: text('unknown_since'),
});

export const postReceipt = sqliteTable('post_receipt', {
  receiptId: integer('receipt_id').primaryKey({ autoIncrement: true }),
  postId: text('post_id').notNull(),
  targetId: text('target_id'),
  kind: text('kind').$type<ReceiptKind>().notNull(),
  at: text('at').notNull(),
  attempt: integer('attempt').notNull(),
  detail: text('detail').notNull(),
  url: text('url'),
  errorCode: text('error_code'),
});

export const queueSlot = sqliteTable('queue_slot', {
  accountId: text('account_id').notNull(),
  weekday: integer('weekday').notNull(),
  time: text('time').notNull(),
  zone: text('zone').notNull(),
});

export const accountPace = sqliteTable('account_pace', {
  accountId: text('account_id').primaryKey(),
  nextTurnAt: text('next_turn_at').notNull(),
  lastSentAt: text('last_sent_at'),
  heldFrom: text('held_from'),
  heldUntil: text('held_until'),
  takenAt: text('taken_at'),
});
