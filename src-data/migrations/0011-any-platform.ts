import type { Migration } from './migration.ts';

/**
 * Which platforms there are is written down in the program alone (src-connectors/platforms.ts). A table of SQLite loses a
 * check only when it is made anew. Dropping `account` would drop the credentials with it, so their table goes first and
 * comes back after it.
 */
export const anyPlatformMigration: Migration = {
  version: 11,
  name: 'any-platform',
  sql: `
CREATE TABLE credential_kept AS SELECT account_id, key_id, sealed, updated_at FROM credential;
DROP TABLE credential;

CREATE TABLE account_of_any_platform (
  account_id TEXT PRIMARY KEY,
  platform TEXT NOT NULL,
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
INSERT INTO account_of_any_platform (
  account_id, platform, name, handle, remote_id, service_url, profile_url, state, error, settings, limits,
  connected_at, checked_at, disconnected_at
) SELECT
  account_id, platform, name, handle, remote_id, service_url, profile_url, state, error, settings, limits,
  connected_at, checked_at, disconnected_at
FROM account ORDER BY rowid;
DROP TABLE account;
ALTER TABLE account_of_any_platform RENAME TO account;

CREATE TABLE credential (
  account_id TEXT PRIMARY KEY REFERENCES account (account_id) ON DELETE CASCADE,
  key_id TEXT NOT NULL,
  sealed BLOB NOT NULL,
  updated_at TEXT NOT NULL
) STRICT;
INSERT INTO credential (account_id, key_id, sealed, updated_at)
SELECT account_id, key_id, sealed, updated_at FROM credential_kept;
DROP TABLE credential_kept;
${['INSERT', 'UPDATE', 'DELETE']
  .map(
    (operation) => `
CREATE TRIGGER revision_account_${operation.toLowerCase()} AFTER ${operation} ON account BEGIN
  UPDATE revision SET value = value + 1 WHERE topic = 'accounts';
END;`,
  )
  .join('')}
`,
};
