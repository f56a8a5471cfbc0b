import { z } from 'zod';
import { processStatusSchema } from '../domain/process-status.ts';

/** Parts of the database that a screen can show; each has a counter that grows when something in it changes. */
export const topicSchema = z.enum([
  'assets',
  'steps',
  'transcripts',
  'folders',
  'models',
  'settings',
  'notices',
  'outbox',
  'posts',
  'accounts',
]);
export type Topic = z.infer<typeof topicSchema>;

/** What the api process tells its clients without being asked. Values are fetched again; events carry none of them. */
export const appEventSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('changed'), topics: z.array(topicSchema) }),
  z.strictObject({ type: z.literal('processes'), processes: z.array(processStatusSchema) }),
]);
export type AppEvent = z.infer<typeof appEventSchema>;
