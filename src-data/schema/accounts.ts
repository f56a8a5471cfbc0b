import { blob, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { Account, AccountSettings, AccountState, Platform } from '../../src-shared/domain/account.ts';
import type { VaultProtection } from '../../src-shared/domain/account.ts';
import type { AppErrorDto } from '../../src-shared/domain/errors.ts';

const json = <Value>(name: string) => text(name, { mode: 'json' }).$type<Value>();
const bytes = (name: string) => blob(name, { mode: 'buffer' });

export const account = sqliteTable('account', {
  accountId: text('account_id').primaryKey(),
  platform: text('platform').$type<Platform>().notNull(),
  name: text('name').notNull(),
  handle: text('handle').notNull(),
  /** What the platform itself calls the account, for ever. */
  remoteId: text('remote_id').notNull(),
  serviceUrl: text('service_url'),
  profileUrl: text('profile_url'),
  state: text('state').$type<AccountState>().notNull(),
  error: json<AppErrorDto>('error'),
  settings: json<AccountSettings>('settings').notNull(),
  limits: json<Account['limits']>('limits').notNull(),
  connectedAt: text('connected_at').notNull(),
  checkedAt: text('checked_at'),
  /** Set when it was disconnected; the row stays for the posts that went there. */
  disconnectedAt: text('disconnected_at'),
});

export const credential = sqliteTable('credential', {
  accountId: text('account_id').primaryKey(),
  keyId: text('key_id').notNull(),
  sealed: bytes('sealed').notNull(),
  updatedAt: text('updated_at').notNull(),
});

export const vault = sqliteTable('vault', {
  vaultId: integer('vault_id').primaryKey(),
  keyId: text('key_id').notNull(),
  protection: text('protection').$type<VaultProtection>().notNull(),
  /** For `passphrase`: what the key that wraps is made with, and the wrapped key. */
  salt: bytes('salt'),
  wrappedKey: bytes('wrapped_key'),
  createdAt: text('created_at').notNull(),
});

export const pendingConnection = sqliteTable('pending_connection', {
  connectionId: text('connection_id').primaryKey(),
  platform: text('platform').$type<Platform>().notNull(),
  serviceUrl: text('service_url').notNull(),
  accountId: text('account_id'),
  sealed: bytes('sealed').notNull(),
  expiresAt: text('expires_at').notNull(),
});

export const accountTables = { account, credential, vault, pendingConnection };
