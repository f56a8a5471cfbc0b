import type { Migration } from './migration.ts';

/**
 * What was published can be taken off its platform again. A table of SQLite takes a new state only when it is made anew.
 */
export const deletionsMigration: Migration = {
  version: 7,
  name: 'deletions',
  sql: `
CREATE TABLE post_target_with_deletion (
  target_id TEXT PRIMARY KEY,
  post_id TEXT NOT NULL REFERENCES post (post_id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  account_id TEXT NOT NULL,
  variant TEXT CHECK (variant IS NULL OR json_valid(variant)),
  state TEXT NOT NULL CHECK (state IN ('draft', 'waiting', 'preparing', 'publishing', 'published', 'deleting',
    'deleted', 'unconfirmed', 'failed', 'cancelled', 'missed', 'needs-decision', 'to-mark')),
  -- Grows with every explicit wish to send again: part of the key under which the platform knows this publication.
  generation INTEGER NOT NULL DEFAULT 1,
  -- What will be sent, with its handle, and the revision of the post it was made of.
  frozen TEXT CHECK (frozen IS NULL OR json_valid(frozen)),
  frozen_revision INTEGER,
  -- Set before the first byte goes out, kept until the outcome is known: with it set, look before sending.
  maybe_sent_at TEXT,
  -- Our own record may be older than what happened (a restored backup): look before sending.
  is_look_first INTEGER NOT NULL DEFAULT 0,
  attempt INTEGER NOT NULL DEFAULT 0,
  failure_count INTEGER NOT NULL DEFAULT 0,
  prepare_count INTEGER NOT NULL DEFAULT 0,
  -- The place in the account's queue of due posts.
  turn_at TEXT,
  next_try_at TEXT,
  -- Waits for something that has no time: the account to be connected again.
  is_blocked INTEGER NOT NULL DEFAULT 0,
  is_late_accepted INTEGER NOT NULL DEFAULT 0,
  lease_owner TEXT,
  lease_until TEXT,
  remote_id TEXT,
  published TEXT CHECK (published IS NULL OR json_valid(published)),
  url TEXT,
  published_at TEXT,
  error TEXT CHECK (error IS NULL OR json_valid(error)),
  metrics TEXT CHECK (metrics IS NULL OR json_valid(metrics)),
  metrics_count INTEGER NOT NULL DEFAULT 0,
  metrics_due_at TEXT,
  updated_at TEXT NOT NULL,
  UNIQUE (post_id, account_id)
) STRICT;
INSERT INTO post_target_with_deletion SELECT * FROM post_target;
DROP TABLE post_target;
ALTER TABLE post_target_with_deletion RENAME TO post_target;
CREATE INDEX post_target_by_state ON post_target (state, account_id);
CREATE INDEX post_target_by_post ON post_target (post_id, position);
-- Published, and the platform did not let go of it.
CREATE INDEX post_target_undeleted ON post_target (post_id) WHERE state = 'published' AND error IS NOT NULL;
${['INSERT', 'UPDATE', 'DELETE']
  .map(
    (operation) => `
CREATE TRIGGER revision_post_target_${operation.toLowerCase()} AFTER ${operation} ON post_target BEGIN
  UPDATE revision SET value = value + 1 WHERE topic = 'posts';
END;`,
  )
  .join('')}
`,
};
