import { integer, real, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { Notice } from '../src-shared/domain/activity.ts';
import type {
  AssetKind,
  AssetStatus,
  IngestStepName,
  Loudness,
  StepState,
  StorageMode,
} from '../src-shared/domain/asset.ts';
import type { AppErrorDto } from '../src-shared/domain/errors.ts';
import type { SuspectReason, Word } from '../src-shared/domain/transcript.ts';
import { accountPace, post, postReceipt, postTarget, queueSlot } from './schema/posts.ts';
import { rendering } from './schema/renderings.ts';
import { accountTables } from './schema/accounts.ts';
import { conversationTables } from './schema/conversations.ts';

import { apiToken, approval, budget, grantUse, ledger, rateBucket, standingGrant } from './schema/access.ts';
import { flag, json } from './schema/columns.ts';

/** Typed view of the tables. The migrations are what makes them; a test compares the two. */
export const asset = sqliteTable('asset', {
  rowId: integer('row_id').primaryKey(),
  assetId: text('asset_id').notNull(),
  workflowId: text('workflow_id').notNull(),
  title: text('title').notNull(),
  isTitleEdited: flag('is_title_edited').notNull().default(false),
  originalName: text('original_name').notNull(),
  kind: text('kind').$type<AssetKind>(),
  status: text('status').$type<AssetStatus>().notNull(),
  isSample: flag('is_sample').notNull().default(false),
  path: text('path').notNull(),
  storage: text('storage').$type<StorageMode>().notNull(),
  contentHash: text('content_hash'),
  duplicateOf: text('duplicate_of'),
  sizeBytes: integer('size_bytes'),
  fileModifiedAt: text('file_modified_at'),
  durationMs: integer('duration_ms'),
  capturedAt: text('captured_at'),
  language: text('language'),
  languageProbability: real('language_probability'),
  hasSpeech: flag('has_speech'),
  summary: text('summary'),
  hook: text('hook'),
  keywords: json<string[]>('keywords').notNull().default([]),
  probe: json<Record<string, unknown>>('probe'),
  loudness: json<Loudness>('loudness'),
  hasThumbnail: flag('has_thumbnail').notNull().default(false),
  hasWaveform: flag('has_waveform').notNull().default(false),
  isFileMissing: flag('is_file_missing').notNull().default(false),
  speechEngine: text('speech_engine'),
  transcriptRevision: integer('transcript_revision').notNull().default(0),
  error: json<AppErrorDto>('error'),
  createdAt: text('created_at').notNull(),
  updatedAt: text('updated_at').notNull(),
});

export const ingestStep = sqliteTable('ingest_step', {
  assetId: text('asset_id').notNull(),
  step: text('step').$type<IngestStepName>().notNull(),
  state: text('state').$type<StepState>().notNull(),
  progress: real('progress'),
  remainingMs: integer('remaining_ms'),
  startedAt: text('started_at'),
  endedAt: text('ended_at'),
  attempt: integer('attempt').notNull().default(0),
  note: text('note'),
  error: json<AppErrorDto>('error'),
});

export const transcriptChunk = sqliteTable('transcript_chunk', {
  assetId: text('asset_id').notNull(),
  chunkIndex: integer('chunk_index').notNull(),
  startMs: integer('start_ms').notNull(),
  endMs: integer('end_ms').notNull(),
  startSample: integer('start_sample').notNull(),
  endSample: integer('end_sample').notNull(),
  hasSpeech: flag('has_speech').notNull(),
  createdAt: text('created_at').notNull(),
});

export const segment = sqliteTable('segment', {
  rowId: integer('row_id').primaryKey(),
  segmentId: text('segment_id').notNull(),
  assetId: text('asset_id').notNull(),
  /** Null for a segment that was added by hand. */
  chunkIndex: integer('chunk_index'),
  startMs: integer('start_ms').notNull(),
  endMs: integer('end_ms').notNull(),
  text: text('text').notNull(),
  words: json<Word[]>('words').notNull().default([]),
  confidence: real('confidence').notNull(),
  suspect: text('suspect').$type<SuspectReason>(),
  isEdited: flag('is_edited').notNull().default(false),
});

export const chapter = sqliteTable('chapter', {
  assetId: text('asset_id').notNull(),
  startMs: integer('start_ms').notNull(),
  title: text('title').notNull(),
});

export const watchFolder = sqliteTable('watch_folder', {
  folderId: text('folder_id').primaryKey(),
  workflowId: text('workflow_id').notNull(),
  path: text('path').notNull(),
  storage: text('storage').$type<StorageMode>().notNull(),
  state: text('state').$type<'active' | 'paused'>().notNull(),
  importedCount: integer('imported_count').notNull().default(0),
  waitingCount: integer('waiting_count').notNull().default(0),
  lastScanAt: text('last_scan_at'),
  error: json<AppErrorDto>('error'),
  createdAt: text('created_at').notNull(),
});

export const watchEntry = sqliteTable('watch_entry', {
  folderId: text('folder_id').notNull(),
  path: text('path').notNull(),
  sizeBytes: integer('size_bytes').notNull(),
  modifiedAt: text('modified_at').notNull(),
  assetId: text('asset_id'),
  createdAt: text('created_at').notNull(),
});

export const speechModel = sqliteTable('speech_model', {
  modelId: text('model_id').primaryKey(),
  workflowId: text('workflow_id').notNull(),
  state: text('state').$type<'downloading' | 'stopped' | 'installed' | 'failed'>().notNull(),
  source: text('source').$type<'downloaded' | 'imported'>().notNull(),
  name: text('name').notNull(),
  languages: text('languages').$type<'multilingual' | 'english'>().notNull(),
  sizeBytes: integer('size_bytes').notNull(),
  downloadedBytes: integer('downloaded_bytes').notNull().default(0),
  remainingMs: integer('remaining_ms'),
  error: json<AppErrorDto>('error'),
  updatedAt: text('updated_at').notNull(),
});

export const setting = sqliteTable('setting', {
  key: text('key').primaryKey(),
  value: json<unknown>('value').notNull(),
});

export const notice = sqliteTable('notice', {
  noticeId: text('notice_id').primaryKey(),
  kind: text('kind').$type<Notice['kind']>().notNull(),
  title: text('title').notNull(),
  body: text('body').notNull(),
  target: json<Notice['target']>('target').notNull(),
  isRead: flag('is_read').notNull().default(false),
  createdAt: text('created_at').notNull(),
});

export const audit = sqliteTable('audit', {
  sequence: integer('sequence').primaryKey({ autoIncrement: true }),
  at: text('at').notNull(),
  principal: text('principal').notNull(),
  door: text('door').notNull(),
  command: text('command').notNull(),
  entityId: text('entity_id'),
  inputHash: text('input_hash').notNull(),
  outcome: text('outcome').notNull(),
  previousHash: text('previous_hash').notNull(),
  hash: text('hash').notNull(),
  /** Added by the second migration, so it comes last. */
  approvalId: text('approval_id'),
});

export const idempotency = sqliteTable('idempotency', {
  principal: text('principal').notNull(),
  key: text('key').notNull(),
  command: text('command').notNull(),
  bodyHash: text('body_hash').notNull(),
  answer: json<unknown>('answer').notNull(),
  createdAt: text('created_at').notNull(),
});

export const outbox = sqliteTable('outbox', {
  outboxId: integer('outbox_id').primaryKey({ autoIncrement: true }),
  operation: text('operation').$type<'start' | 'signal' | 'cancel' | 'update'>().notNull(),
  workflowId: text('workflow_id').notNull(),
  workflowType: text('workflow_type'),
  taskQueue: text('task_queue'),
  signalName: text('signal_name'),
  updateName: text('update_name'),
  updateId: text('update_id'),
  arguments: json<unknown[]>('arguments').notNull().default([]),
  attempts: integer('attempts').notNull().default(0),
  lastError: text('last_error'),
  createdAt: text('created_at').notNull(),
});

export const revision = sqliteTable('revision', {
  topic: text('topic').primaryKey(),
  value: integer('value').notNull().default(0),
});

export const tables = {
  asset,
  ingestStep,
  transcriptChunk,
  segment,
  chapter,
  watchFolder,
  watchEntry,
  speechModel,
  setting,
  notice,
  audit,
  idempotency,
  outbox,
  revision,
  post,
  postTarget,
  postReceipt,
  queueSlot,
  accountPace,
  ...accountTables,
  ...conversationTables,
  apiToken,
  approval,
  standingGrant,
  grantUse,
  budget,
  ledger,
  rateBucket,
  rendering,
};
