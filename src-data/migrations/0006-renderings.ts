import type { Migration } from './migration.ts';

/** Media that is made ready for an account when it is asked for. */
export const renderingsMigration: Migration = {
  version: 6,
  name: 'renderings',
  sql: `
CREATE TABLE rendering (
  rendering_id TEXT PRIMARY KEY,
  workflow_id TEXT NOT NULL,
  asset_id TEXT NOT NULL REFERENCES asset (asset_id) ON DELETE CASCADE,
  account_id TEXT NOT NULL,
  clip TEXT CHECK (clip IS NULL OR json_valid(clip)),
  state TEXT NOT NULL CHECK (state IN ('waiting', 'running', 'done', 'failed', 'cancelled')),
  progress REAL,
  remaining_ms INTEGER,
  error TEXT CHECK (error IS NULL OR json_valid(error)),
  updated_at TEXT NOT NULL
) STRICT;
CREATE INDEX rendering_by_asset ON rendering (asset_id);
CREATE INDEX rendering_by_state ON rendering (state, updated_at);

CREATE TRIGGER revision_rendering_insert AFTER INSERT ON rendering BEGIN
  UPDATE revision SET value = value + 1 WHERE topic = 'steps';
END;
CREATE TRIGGER revision_rendering_update AFTER UPDATE ON rendering BEGIN
  UPDATE revision SET value = value + 1 WHERE topic = 'steps';
END;
CREATE TRIGGER revision_rendering_delete AFTER DELETE ON rendering BEGIN
  UPDATE revision SET value = value + 1 WHERE topic = 'steps';
END;
`,
};
