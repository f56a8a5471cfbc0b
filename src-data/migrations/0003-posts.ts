import type { Migration } from './migration.ts';

const revisionTriggers = ['post', 'post_target', 'post_receipt', 'queue_slot']
  .flatMap((table) =>
    ['INSERT', 'UPDATE', 'DELETE'].map(
      (operation) => `
CREATE TRIGGER revision_${table}_${operation.toLowerCase()} AFTER ${operation} ON ${table} BEGIN
  UPDATE revision SET value = value + 1 WHERE topic = 'posts';
END;`,
    ),
  )
  .join('');

const targetStates = `('draft', 'waiting', 'preparing', 'publishing', 'published', 'unconfirmed', 'failed',
    'cancelled', 'missed', 'needs-decision', 'to-mark')`;

export const postsMigration: Migration = {
  version: 3,
  name: 'posts',
  sql: `
CREATE TABLE post (
  post_id TEXT PRIMARY KEY,
  workflow_id TEXT NOT NULL,
  -- Of the whole, made of the states of its targets.
  state TEXT NOT NULL,
  content TEXT NOT NULL CHECK (json_valid(content)),
  -- The instant, and the wall-clock time and zone it was made of.
  due_at TEXT,
  local_time TEXT,
  zone TEXT,
  lateness TEXT NOT NULL CHECK (json_valid(lateness)),
  revision INTEGER NOT NULL DEFAULT 0,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL
) STRICT;
CREATE INDEX post_by_due ON post (due_at, post_id);
CREATE INDEX post_by_state ON post (state, due_at);

CREATE TABLE post_target (
  target_id TEXT PRIMARY KEY,
  post_id TEXT NOT NULL REFERENCES post (post_id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  account_id TEXT NOT NULL,
  variant TEXT CHECK (variant IS NULL OR json_valid(variant)),
  state TEXT NOT NULL CHECK (state IN ${targetStates}),
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
CREATE INDEX post_target_by_state ON post_target (state, account_id);
CREATE INDEX post_target_by_post ON post_target (post_id, position);

-- What happened, in order. Written once.
CREATE TABLE post_receipt (
  receipt_id INTEGER PRIMARY KEY AUTOINCREMENT,
  post_id TEXT NOT NULL REFERENCES post (post_id),
  target_id TEXT,
  kind TEXT NOT NULL,
  at TEXT NOT NULL,
  attempt INTEGER NOT NULL,
  detail TEXT NOT NULL,
  url TEXT,
  error_code TEXT
) STRICT;
CREATE INDEX post_receipt_by_post ON post_receipt (post_id, receipt_id);
CREATE INDEX post_receipt_by_kind ON post_receipt (kind, at);
CREATE TRIGGER post_receipt_is_append_only_update BEFORE UPDATE ON post_receipt BEGIN
  SELECT RAISE (ABORT, 'receipts are append-only');
END;
CREATE TRIGGER post_receipt_is_append_only_delete BEFORE DELETE ON post_receipt BEGIN
  SELECT RAISE (ABORT, 'receipts are append-only');
END;

CREATE TABLE queue_slot (
  account_id TEXT NOT NULL,
  weekday INTEGER NOT NULL CHECK (weekday BETWEEN 1 AND 7),
  time TEXT NOT NULL,
  zone TEXT NOT NULL,
  PRIMARY KEY (account_id, weekday, time)
) STRICT, WITHOUT ROWID;

-- When an account may send next: what keeps posts that came due together apart.
CREATE TABLE account_pace (
  account_id TEXT PRIMARY KEY,
  next_turn_at TEXT NOT NULL,
  last_sent_at TEXT
) STRICT, WITHOUT ROWID;
INSERT INTO revision (topic) VALUES ('posts');
${revisionTriggers}
`,
};
