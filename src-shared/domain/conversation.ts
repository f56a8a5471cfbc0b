import { z } from 'zod';
import { assetIdSchema, instantSchema } from './asset.ts';
import { appErrorDtoSchema } from './errors.ts';
import { messageCardSchema } from './message-card.ts';
import { segmentIdSchema } from './transcript.ts';

export const conversationIdSchema = z.uuid();
export const messageIdSchema = z.uuid();

/** As long as a person types, or pastes. */
export const messageTextSchema = z.string().max(100_000);
export const conversationTitleSchema = z.string().trim().min(1).max(200);
/** More recordings than this in one conversation are a search in the library. */
export const attachedAssetIdsSchema = z.array(assetIdSchema).max(50);

/**
 * A place in a transcript that was put before the model with the question. Chosen by the program, never by the model:
 * so it is always true, however small the model.
 */
export const citationSchema = z.strictObject({
  /** As it may stand in the answer: [1]. */
  number: z.int().positive(),
  assetId: assetIdSchema,
  assetTitle: z.string(),
  segmentId: segmentIdSchema,
  startMs: z.int().nonnegative(),
  endMs: z.int().nonnegative(),
  /** What was said there. */
  quote: z.string(),
  /** Whether the answer names this place; the others were only read for it. */
  isNamed: z.boolean(),
});
export type Citation = z.infer<typeof citationSchema>;

/** A part of what a question is made of, and what became of it. */
export const contextPartSchema = z.strictObject({
  kind: z.enum(['instructions', 'message', 'transcript', 'question', 'answer-room']),
  /** What a person would call it: a title, or who said it. */
  label: z.string(),
  /** What of it goes in; about, rather too many than too few. */
  tokens: z.int().nonnegative(),
  /** What all of it would take. */
  wholeTokens: z.int().nonnegative(),
  state: z.enum(['whole', 'passages', 'left-out']),
  /** Why it is not there whole; null where it is. */
  reason: z.string().nullable(),
  assetId: assetIdSchema.nullable(),
  messageId: messageIdSchema.nullable(),
});
export type ContextPart = z.infer<typeof contextPartSchema>;

/** What goes before the model, and what is left out and why. Nothing is cut without standing here. */
export const contextMeterSchema = z.strictObject({
  model: z.string(),
  /** Room for question and answer together. */
  contextTokens: z.int().positive(),
  /** What the model could take at most; more than `contextTokens` where the memory of this machine sets the limit. */
  modelContextTokens: z.int().positive(),
  usedTokens: z.int().nonnegative(),
  parts: z.array(contextPartSchema),
});
export type ContextMeter = z.infer<typeof contextMeterSchema>;

/**
 * Where an answer stands. `stopped`: by the person. `failed`: see its error, for instance that Longhand ended in the
 * middle of it. What was written is kept in every case.
 */
export const messageStateSchema = z.enum(['streaming', 'done', 'stopped', 'failed']);
export type MessageState = z.infer<typeof messageStateSchema>;

export const messageSchema = z.strictObject({
  messageId: messageIdSchema,
  conversationId: conversationIdSchema,
  role: z.enum(['person', 'assistant']),
  /** What a person wrote is `done` from the start. */
  state: messageStateSchema,
  /** Markdown, for an answer. While it is streaming: what has come so far. */
  text: z.string(),
  /** The last `answer-delta` that `text` contains; a listener adds those with a greater number. */
  sequence: z.int().nonnegative(),
  /** Of an answer: the message that it answers. */
  replyTo: messageIdSchema.nullable(),
  /** Of an answer: all answers to the same message, oldest first; this one is the one shown. */
  versions: z.array(messageIdSchema),
  /** Recordings that were attached with this message. */
  assetIds: z.array(assetIdSchema),
  /** Which model wrote it. */
  model: z.string().nullable(),
  citations: z.array(citationSchema),
  /** What an answer shows beside its text. */
  cards: z.array(messageCardSchema),
  /** Of an answer: what was put before the model. Null until it is known. */
  context: contextMeterSchema.nullable(),
  error: appErrorDtoSchema.nullable(),
  createdAt: instantSchema,
  endedAt: instantSchema.nullable(),
});
export type Message = z.infer<typeof messageSchema>;

/** What was written and not yet sent. */
export const unsentDraftSchema = z.strictObject({
  text: messageTextSchema,
  assetIds: attachedAssetIdsSchema,
});
export type UnsentDraft = z.infer<typeof unsentDraftSchema>;

export const conversationSummarySchema = z.strictObject({
  conversationId: conversationIdSchema,
  title: z.string(),
  createdAt: instantSchema,
  /** Of the last message. */
  updatedAt: instantSchema,
  messageCount: z.int().nonnegative(),
  isAnswering: z.boolean(),
  hasUnsentDraft: z.boolean(),
});
export type ConversationSummary = z.infer<typeof conversationSummarySchema>;

/** A recording in a conversation: answers take it into account until it is detached. */
export const attachedAssetSchema = z.strictObject({
  assetId: assetIdSchema,
  title: z.string(),
  durationMs: z.int().nonnegative().nullable(),
  /** How much was said in it, about. */
  transcriptTokens: z.int().nonnegative(),
});
export type AttachedAsset = z.infer<typeof attachedAssetSchema>;

export const conversationSchema = conversationSummarySchema.extend({
  draft: unsentDraftSchema,
  assets: z.array(attachedAssetSchema),
  messages: z.array(messageSchema),
});
export type Conversation = z.infer<typeof conversationSchema>;
