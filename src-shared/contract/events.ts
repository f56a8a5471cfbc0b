import { z } from 'zod';
import { conversationIdSchema, messageIdSchema } from '../domain/conversation.ts';
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
  'conversations',
  'approvals',
  'access',
]);
export type Topic = z.infer<typeof topicSchema>;

/**
 * What the api process tells its clients without being asked. Values are fetched again; events carry none of them,
 * except for text that is being written: a client that missed some reads it from its source.
 */
export const appEventSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('changed'), topics: z.array(topicSchema) }),
  z.strictObject({ type: z.literal('processes'), processes: z.array(processStatusSchema) }),
  z.strictObject({
    type: z.literal('answer-delta'),
    conversationId: conversationIdSchema,
    messageId: messageIdSchema,
    textDelta: z.string(),
    /** Grows by one with every delta of a message. */
    sequence: z.int().positive(),
  }),
  /** What a think command that takes seconds is doing; the caller has chosen the id. */
  z.strictObject({ type: z.literal('think-progress'), callId: z.string(), text: z.string() }),
]);
export type AppEvent = z.infer<typeof appEventSchema>;
