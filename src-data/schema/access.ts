import { integer, real, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { CreditUnit, LedgerEntry, Period, Scope } from '../../src-shared/domain/access.ts';
import type { Approval, ApprovalState, CommandPreview } from '../../src-shared/domain/approval.ts';
import { json } from './columns.ts';

export const apiToken = sqliteTable('api_token', {
  tokenId: text('token_id').primaryKey(),
  name: text('name').notNull(),
  scopes: json<Exclude<Scope, 'owner'>[]>('scopes').notNull(),
  secretHash: text('secret_hash').notNull(),
  ending: text('ending').notNull(),
  createdAt: text('created_at').notNull(),
  lastUsedAt: text('last_used_at'),
  revokedAt: text('revoked_at'),
});

export const approval = sqliteTable('approval', {
  approvalId: text('approval_id').primaryKey(),
  command: text('command').notNull(),
  input: json<unknown>('input').notNull(),
  contentHash: text('content_hash').notNull(),
  preview: json<CommandPreview>('preview').notNull(),
  principal: text('principal').notNull(),
  principalLabel: text('principal_label').notNull(),
  door: text('door').notNull(),
  state: text('state').$type<ApprovalState>().notNull(),
  createdAt: text('created_at').notNull(),
  expiresAt: text('expires_at').notNull(),
  decidedAt: text('decided_at'),
  decidedBy: text('decided_by'),
  result: json<NonNullable<Approval['result']>>('result'),
  replacedBy: text('replaced_by'),
});

export const standingGrant = sqliteTable('standing_grant', {
  grantId: text('grant_id').primaryKey(),
  command: text('command').notNull(),
  principal: text('principal'),
  accountIds: json<string[]>('account_ids'),
  budget: json<{ count: number; period: Period }>('budget'),
  expiresAt: text('expires_at'),
  createdAt: text('created_at').notNull(),
  revokedAt: text('revoked_at'),
});

export const grantUse = sqliteTable('grant_use', {
  grantId: text('grant_id').notNull(),
  at: text('at').notNull(),
  entityId: text('entity_id'),
});

export const budget = sqliteTable('budget', {
  budgetId: text('budget_id').primaryKey(),
  unit: text('unit').$type<CreditUnit>().notNull(),
  period: text('period').$type<Period>().notNull(),
  limit: integer('limit_amount').notNull(),
  principal: text('principal'),
  accountId: text('account_id'),
  createdAt: text('created_at').notNull(),
});

export const ledger = sqliteTable('ledger', {
  entryId: integer('entry_id').primaryKey({ autoIncrement: true }),
  at: text('at').notNull(),
  operation: text('operation').$type<LedgerEntry['operation']>().notNull(),
  reservationId: text('reservation_id').notNull(),
  entityId: text('entity_id').notNull(),
  /** The work that settles it; null where the same call settles it. */
  workflowId: text('workflow_id'),
  unit: text('unit').$type<CreditUnit>().notNull(),
  principal: text('principal').notNull(),
  isAgent: integer('is_agent', { mode: 'boolean' }).notNull(),
  accountId: text('account_id'),
  spentAt: text('spent_at').notNull(),
  reserved: integer('reserved').notNull(),
  spent: integer('spent').notNull(),
  note: text('note'),
});

export const rateBucket = sqliteTable('rate_bucket', {
  principal: text('principal').notNull(),
  command: text('command').notNull(),
  tokens: real('tokens').notNull(),
  filledAt: text('filled_at').notNull(),
});
