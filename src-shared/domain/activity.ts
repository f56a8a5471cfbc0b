import { z } from 'zod';
import { instantSchema } from './asset.ts';
import { appErrorDtoSchema } from './errors.ts';

/** One line of the activity centre: something that runs, waits, has failed, or ended lately. */
export const activityItemSchema = z.strictObject({
  /** Of media that is made ready it is what the commands about that take. */
  activityId: z.string(),
  kind: z.enum(['ingest', 'describe', 'model-pull', 'chat-model-pull', 'watch-folder', 'post', 'render']),
  entityId: z.string(),
  workflowId: z.string(),
  title: z.string(),
  state: z.enum(['waiting', 'running', 'paused', 'failed', 'cancelled', 'done']),
  /** What it does right now, or why it waits, in a few words. */
  detail: z.string(),
  progress: z.number().min(0).max(1).nullable(),
  remainingMs: z.int().nonnegative().nullable(),
  updatedAt: instantSchema,
  error: appErrorDtoSchema.nullable(),
  actions: z.array(z.enum(['cancel', 'retry', 'pause', 'resume'])),
});
export type ActivityItem = z.infer<typeof activityItemSchema>;

/** Something the person should hear of even if the window was closed; shown as a native notification once. */
export const noticeSchema = z.strictObject({
  noticeId: z.uuid(),
  kind: z.enum([
    'asset-ready',
    'asset-failed',
    'folder-problem',
    'library-restored',
    'engine-rebuilt',
    'model-ready',
    'post-problem',
    'posts-late',
    'post-to-mark',
    'account-problem',
    'approval-waiting',
    'approval-expired',
  ]),
  title: z.string(),
  body: z.string(),
  /** What a click opens. */
  target: z.discriminatedUnion('screen', [
    z.strictObject({ screen: z.literal('asset'), assetId: z.uuid() }),
    z.strictObject({ screen: z.literal('settings'), section: z.string() }),
    z.strictObject({ screen: z.literal('activity') }),
    z.strictObject({ screen: z.literal('post'), postId: z.uuid() }),
    z.strictObject({ screen: z.literal('late-posts') }),
    z.strictObject({ screen: z.literal('approvals') }),
  ]),
  createdAt: instantSchema,
  isRead: z.boolean(),
});
export type Notice = z.infer<typeof noticeSchema>;
