import type { Migration } from './migration.ts';

const revisionTriggers = ['account', 'vault']
  .flatMap((table) =>
    ['INSERT', 'UPDATE', 'DELETE'].map(
      (operation) => `
CREATE TRIGGER revision_${table}_${operation.toLowerCase()} AFTER ${operation} ON ${table} BEGIN
  UPDATE revision SET value = value + 1 WHERE topic = 'accounts';
END;`,
    ),
  )
  .join('');

/** Accounts, and their credentials: only ever encrypted, with a key that is not in this file (see src-node/secrets). */
export const accountsMigration: Migration = {
  version: 4,
  name: 'accounts',
  sql: `
CREATE TABLE account (
  account_id TEXT PRIMARY KEY,
  platform TEXT NOT NULL CHECK (platform IN ('bluesky', 'mastodon', 'feed', 'manual')),
  name TEXT NOT NULL,
  handle TEXT NOT NULL,
  remote_id TEXT NOT NULL,
  service_url TEXT,
  profile_url TEXT,
  state TEXT NOT NULL CHECK (state IN ('connected', 'needs-reconnect')),
  error TEXT CHECK (error IS NULL OR json_valid(error)),
  settings TEXT NOT NULL CHECK (json_valid(settings)),
  limits TEXT NOT NULL CHECK (json_valid(limits)),
  connected_at TEXT NOT NULL,
  checked_at TEXT,
  disconnected_at TEXT,
  UNIQUE (platform, remote_id)
) STRICT;

CREATE TABLE credential (
  account_id TEXT PRIMARY KEY REFERENCES account (account_id) ON DELETE CASCADE,
  key_id TEXT NOT NULL,
  sealed BLOB NOT NULL,
  updated_at TEXT NOT NULL
) STRICT;

CREATE TABLE vault (
  vault_id INTEGER PRIMARY KEY CHECK (vault_id = 1),
  key_id TEXT NOT NULL,
  protection TEXT NOT NULL CHECK (protection IN ('keyring', 'passphrase', 'this-run')),
  salt BLOB,
  wrapped_key BLOB,
  created_at TEXT NOT NULL
) STRICT;

CREATE TABLE pending_connection (
  connection_id TEXT PRIMARY KEY,
  platform TEXT NOT NULL,
  service_url TEXT NOT NULL,
  account_id TEXT,
  sealed BLOB NOT NULL,
  expires_at TEXT NOT NULL
) STRICT;

INSERT INTO revision (topic) VALUES ('accounts');
${revisionTriggers}
`,
};
