import { z } from 'zod';
import { assetIdSchema } from '../domain/asset.ts';
import {
  attachedAssetIdsSchema,
  contextMeterSchema,
  conversationIdSchema,
  conversationSchema,
  conversationSummarySchema,
  conversationTitleSchema,
  messageIdSchema,
  messageTextSchema,
  unsentDraftSchema,
} from '../domain/conversation.ts';
import { defineThinkCommand } from './define-command.ts';

const conversationInput = z.strictObject({ conversationId: conversationIdSchema });
const messageInput = z.strictObject({ messageId: messageIdSchema });

/** An answer has begun: it streams as `answer-delta` events, and `read-conversation` has what came so far. */
const begunAnswer = z.strictObject({
  conversationId: conversationIdSchema,
  /** The answer. */
  messageId: messageIdSchema,
});

export const chatCommands = {
  'list-conversations': defineThinkCommand({
    area: 'chat',
    title: 'List conversations',
    description:
      'Conversations, the latest first; with text, those in whose title or messages all words occur.',
    scope: 'chat',
    changesState: false,
    input: z.strictObject({
      text: z.string().max(500).optional(),
      offset: z.int().nonnegative().default(0),
      limit: z.int().min(1).max(200).default(50),
    }),
    output: z.strictObject({
      totalCount: z.int().nonnegative(),
      items: z.array(
        conversationSummarySchema.extend({
          /** The newest message in which the words occur; they stand between U+0002 and U+0003. */
          match: z.strictObject({ messageId: messageIdSchema, snippet: z.string() }).nullable(),
        }),
      ),
    }),
  }),
  'read-conversation': defineThinkCommand({
    area: 'chat',
    title: 'Read a conversation',
    description: 'All messages of a conversation in order, what is attached to it, and what is not sent yet.',
    scope: 'chat',
    changesState: false,
    input: conversationInput,
    output: conversationSchema,
  }),
  'create-conversation': defineThinkCommand({
    area: 'chat',
    title: 'Begin a conversation',
    description:
      'Makes an empty conversation, perhaps about some recordings. It is named after its first message.',
    scope: 'chat',
    changesState: true,
    input: z.strictObject({
      title: conversationTitleSchema.optional(),
      assetIds: attachedAssetIdsSchema.default([]),
    }),
    output: conversationSchema,
  }),
  'rename-conversation': defineThinkCommand({
    area: 'chat',
    title: 'Rename a conversation',
    description: 'Gives a conversation another title.',
    scope: 'chat',
    changesState: true,
    input: conversationInput.extend({ title: conversationTitleSchema }),
    output: conversationSummarySchema,
  }),
  'delete-conversation': defineThinkCommand({
    area: 'chat',
    title: 'Delete a conversation',
    description: 'Deletes a conversation with all its messages; an answer that is being written is stopped.',
    scope: 'chat',
    changesState: true,
    agentsNeedApproval: true,
    input: conversationInput,
    output: z.strictObject({ removed: z.literal(true) }),
  }),
  'branch-conversation': defineThinkCommand({
    area: 'chat',
    title: 'Branch a conversation',
    description: 'Makes a new conversation of everything up to and with one message. The old one stays.',
    scope: 'chat',
    changesState: true,
    input: messageInput,
    output: conversationSchema,
  }),
  'send-message': defineThinkCommand({
    area: 'chat',
    title: 'Send a message',
    description:
      'Adds a message and begins the answer, which goes on whoever listens. The unsent draft of the conversation is emptied.',
    scope: 'chat',
    changesState: true,
    input: conversationInput.extend({
      text: messageTextSchema.trim().min(1),
      assetIds: attachedAssetIdsSchema.default([]),
    }),
    output: begunAnswer.extend({ sentMessageId: messageIdSchema }),
  }),
  'stop-answer': defineThinkCommand({
    area: 'chat',
    title: 'Stop an answer',
    description: 'Ends an answer that is being written; what has come is kept, and the model rests.',
    scope: 'chat',
    changesState: true,
    input: messageInput,
    output: z.strictObject({ wasAnswering: z.boolean() }),
  }),
  'regenerate-answer': defineThinkCommand({
    area: 'chat',
    title: 'Answer again',
    description: 'Writes another answer to the same message. The former one is kept as a version.',
    scope: 'chat',
    changesState: true,
    input: messageInput,
    output: begunAnswer,
  }),
  'continue-answer': defineThinkCommand({
    area: 'chat',
    title: 'Go on with an answer',
    description: 'Goes on with an answer that was stopped or interrupted, behind what is there.',
    scope: 'chat',
    changesState: true,
    input: messageInput,
    output: begunAnswer,
  }),
  'choose-answer': defineThinkCommand({
    area: 'chat',
    title: 'Choose a version of an answer',
    description: 'Shows another version of an answer, and goes on from it.',
    scope: 'chat',
    changesState: true,
    input: messageInput,
    output: z.strictObject({ chosen: z.literal(true) }),
  }),
  'save-unsent-draft': defineThinkCommand({
    area: 'chat',
    title: 'Keep an unsent message',
    description: 'Keeps what is written and not sent, with what is to be attached to it.',
    scope: 'chat',
    // It is written with every pause in typing: on record would be nothing but noise. Twice is the same as once.
    changesState: false,
    input: conversationInput.extend(unsentDraftSchema.shape),
    output: z.strictObject({ saved: z.literal(true) }),
  }),
  'attach-assets': defineThinkCommand({
    area: 'chat',
    title: 'Attach recordings',
    description: 'Adds recordings to a conversation: answers take their transcripts into account.',
    scope: 'chat',
    changesState: true,
    input: conversationInput.extend({ assetIds: attachedAssetIdsSchema.min(1) }),
    output: conversationSchema,
  }),
  'detach-asset': defineThinkCommand({
    area: 'chat',
    title: 'Detach a recording',
    description: 'Takes a recording out of a conversation; the messages stay as they are.',
    scope: 'chat',
    changesState: true,
    input: conversationInput.extend({ assetId: assetIdSchema }),
    output: conversationSchema,
  }),
  'read-context-meter': defineThinkCommand({
    area: 'chat',
    title: 'Read the context meter',
    description:
      'What would go before the model with this message, and what would be left out and why. Refused with the reason where no model can answer.',
    scope: 'chat',
    changesState: false,
    input: conversationInput.extend(unsentDraftSchema.shape),
    output: contextMeterSchema,
  }),
};
