import { blob, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { Citation, ContextMeter, MessageState } from '../../src-shared/domain/conversation.ts';
import type { AppErrorDto } from '../../src-shared/domain/errors.ts';
import type { MessageCard } from '../../src-shared/domain/message-card.ts';

const flag = (name: string) => integer(name, { mode: 'boolean' });
const json = <Value>(name: string) => text(name, { mode: 'json' }).$type<Value>();

export const conversation = sqliteTable('conversation', {
  rowId: integer('row_id').primaryKey(),
  conversationId: text('conversation_id').notNull(),
  title: text('title').notNull(),
  isTitleGiven: flag('is_title_given').notNull().default(false),
  draftText: text('draft_text').notNull().default(''),
  draftAssetIds: json<string[]>('draft_asset_ids').notNull().default([]),
  createdAt: text('created_at').notNull(),
  updatedAt: text('updated_at').notNull(),
});

export const conversationAsset = sqliteTable('conversation_asset', {
  conversationId: text('conversation_id').notNull(),
  assetId: text('asset_id').notNull(),
  createdAt: text('created_at').notNull(),
});

export const message = sqliteTable('message', {
  rowId: integer('row_id').primaryKey(),
  messageId: text('message_id').notNull(),
  conversationId: text('conversation_id').notNull(),
  role: text('role').$type<'person' | 'assistant'>().notNull(),
  state: text('state').$type<MessageState>().notNull(),
  text: text('text').notNull().default(''),
  replyTo: text('reply_to'),
  isCurrent: flag('is_current').notNull().default(true),
  assetIds: json<string[]>('asset_ids').notNull().default([]),
  model: text('model'),
  citations: json<Citation[]>('citations').notNull().default([]),
  cards: json<MessageCard[]>('cards').notNull().default([]),
  context: json<ContextMeter>('context'),
  error: json<AppErrorDto>('error'),
  createdAt: text('created_at').notNull(),
  endedAt: text('ended_at'),
});

export const chatModel = sqliteTable('chat_model', {
  name: text('name').primaryKey(),
  workflowId: text('workflow_id').notNull(),
  state: text('state').$type<'downloading' | 'stopped' | 'installed' | 'failed'>().notNull(),
  sizeBytes: integer('size_bytes').notNull().default(0),
  downloadedBytes: integer('downloaded_bytes').notNull().default(0),
  remainingMs: integer('remaining_ms'),
  error: json<AppErrorDto>('error'),
  updatedAt: text('updated_at').notNull(),
});

export const passageVector = sqliteTable('passage_vector', {
  assetId: text('asset_id').notNull(),
  model: text('model').notNull(),
  textHash: text('text_hash').notNull(),
  vector: blob('vector', { mode: 'buffer' }).notNull(),
});

export const conversationTables = { conversation, conversationAsset, message, chatModel, passageVector };
