import { integer, real, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { AppErrorDto } from '../../src-shared/domain/errors.ts';
import type { RenderingState } from '../../src-shared/domain/rendering.ts';
import type { Clip } from '../../src-shared/domain/variant-content.ts';

export const rendering = sqliteTable('rendering', {
  renderingId: text('rendering_id').primaryKey(),
  workflowId: text('workflow_id').notNull(),
  assetId: text('asset_id').notNull(),
  accountId: text('account_id').notNull(),
  clip: text('clip', { mode: 'json' }).$type<Clip>(),
  state: text('state').$type<RenderingState>().notNull(),
  progress: real('progress'),
  remainingMs: integer('remaining_ms'),
  error: text('error', { mode: 'json' }).$type<AppErrorDto>(),
  updatedAt: text('updated_at').notNull(),
});
