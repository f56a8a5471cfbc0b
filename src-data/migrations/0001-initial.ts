import type { Migration } from './migration.ts';

const topicOfTable = {
  asset: 'assets',
  chapter: 'assets',
  ingest_step: 'steps',
  segment: 'transcripts',
  watch_folder: 'folders',
  speech_model: 'models',
  setting: 'settings',
  notice: 'notices',
  outbox: 'outbox',
};

const revisionTriggers = Object.entries(topicOfTable)
  .flatMap(([table, topic]) =>
    ['INSERT', 'UPDATE', 'DELETE'].map(
      (operation) => `
CREATE TRIGGER revision_${table}_${operation.toLowerCase()} AFTER ${operation} ON ${table} BEGIN
  UPDATE revision SET value = value + 1 WHERE topic = '${topic}';
END;`,
    ),
  )
  .join('');

const topics = [...new Set(Object.values(topicOfTable))];

/** Instants are ISO 8601 UTC text; durations and sizes carry their unit in the name; JSON columns are checked. */
export const initialMigration: Migration = {
  version: 1,
  name: 'initial',
  sql: `
CREATE TABLE asset (
  row_id INTEGER PRIMARY KEY,
  asset_id TEXT NOT NULL UNIQUE,
  workflow_id TEXT NOT NULL,
  title TEXT NOT NULL,
  is_title_edited INTEGER NOT NULL DEFAULT 0,
  original_name TEXT NOT NULL,
  kind TEXT CHECK (kind IN ('audio', 'video', 'image')),
  status TEXT NOT NULL CHECK (status IN
    ('ingesting', 'review', 'approved', 'rejected', 'failed', 'cancelled', 'duplicate')),
  is_sample INTEGER NOT NULL DEFAULT 0,
  path TEXT NOT NULL,
  storage TEXT NOT NULL CHECK (storage IN ('reference', 'copy')),
  content_hash TEXT,
  duplicate_of TEXT REFERENCES asset (asset_id) ON DELETE CASCADE,
  size_bytes INTEGER,
  file_modified_at TEXT,
  duration_ms INTEGER,
  captured_at TEXT,
  language TEXT,
  language_probability REAL,
  has_speech INTEGER,
  summary TEXT,
  hook TEXT,
  keywords TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(keywords)),
  probe TEXT CHECK (probe IS NULL OR json_valid(probe)),
  loudness TEXT CHECK (loudness IS NULL OR json_valid(loudness)),
  has_thumbnail INTEGER NOT NULL DEFAULT 0,
  has_waveform INTEGER NOT NULL DEFAULT 0,
  is_file_missing INTEGER NOT NULL DEFAULT 0,
  speech_engine TEXT,
  transcript_revision INTEGER NOT NULL DEFAULT 0,
  error TEXT CHECK (error IS NULL OR json_valid(error)),
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX asset_by_content ON asset (content_hash) WHERE content_hash IS NOT NULL AND duplicate_of IS NULL;
CREATE INDEX asset_by_status ON asset (status, created_at);
CREATE INDEX asset_by_created ON asset (created_at, status, kind);
CREATE INDEX asset_by_path ON asset (path);

CREATE TABLE ingest_step (
  asset_id TEXT NOT NULL REFERENCES asset (asset_id) ON DELETE CASCADE,
  step TEXT NOT NULL CHECK (step IN ('register', 'probe', 'preview', 'transcribe', 'describe', 'queue')),
  state TEXT NOT NULL CHECK (state IN
    ('waiting', 'running', 'done', 'skipped', 'deferred', 'failed', 'cancelled')),
  progress REAL,
  remaining_ms INTEGER,
  started_at TEXT,
  ended_at TEXT,
  attempt INTEGER NOT NULL DEFAULT 0,
  note TEXT,
  error TEXT CHECK (error IS NULL OR json_valid(error)),
  PRIMARY KEY (asset_id, step)
) STRICT, WITHOUT ROWID;
CREATE INDEX ingest_step_by_state ON ingest_step (state, step);

CREATE TABLE transcript_chunk (
  asset_id TEXT NOT NULL REFERENCES asset (asset_id) ON DELETE CASCADE,
  chunk_index INTEGER NOT NULL,
  start_ms INTEGER NOT NULL,
  end_ms INTEGER NOT NULL,
  start_sample INTEGER NOT NULL,
  end_sample INTEGER NOT NULL,
  has_speech INTEGER NOT NULL,
  created_at TEXT NOT NULL,
  PRIMARY KEY (asset_id, chunk_index)
) STRICT, WITHOUT ROWID;

-- row_id is the asset's row_id times 2^20 plus a number within the asset: a match in segment_fts then names its asset
-- without a look at this table.
CREATE TABLE segment (
  row_id INTEGER PRIMARY KEY,
  segment_id TEXT NOT NULL UNIQUE,
  asset_id TEXT NOT NULL REFERENCES asset (asset_id) ON DELETE CASCADE,
  chunk_index INTEGER,
  start_ms INTEGER NOT NULL,
  end_ms INTEGER NOT NULL,
  text TEXT NOT NULL,
  words TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(words)),
  confidence REAL NOT NULL,
  suspect TEXT CHECK (suspect IN ('low-confidence', 'repetition', 'possible-hallucination')),
  is_edited INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX segment_by_time ON segment (asset_id, start_ms, end_ms, row_id);
CREATE INDEX segment_suspect ON segment (asset_id) WHERE suspect IS NOT NULL;

CREATE TABLE chapter (
  asset_id TEXT NOT NULL REFERENCES asset (asset_id) ON DELETE CASCADE,
  start_ms INTEGER NOT NULL,
  title TEXT NOT NULL,
  PRIMARY KEY (asset_id, start_ms)
) STRICT, WITHOUT ROWID;

CREATE VIRTUAL TABLE asset_fts USING fts5 (
  title, summary, hook, keywords, original_name,
  content = 'asset', content_rowid = 'row_id', prefix = '2 3', tokenize = 'unicode61 remove_diacritics 2'
);
CREATE TRIGGER asset_fts_insert AFTER INSERT ON asset BEGIN
  INSERT INTO asset_fts (rowid, title, summary, hook, keywords, original_name)
  VALUES (new.row_id, new.title, new.summary, new.hook, new.keywords, new.original_name);
END;
CREATE TRIGGER asset_fts_delete AFTER DELETE ON asset BEGIN
  INSERT INTO asset_fts (asset_fts, rowid, title, summary, hook, keywords, original_name)
  VALUES ('delete', old.row_id, old.title, old.summary, old.hook, old.keywords, old.original_name);
END;
CREATE TRIGGER asset_fts_update AFTER UPDATE OF title, summary, hook, keywords, original_name ON asset BEGIN
  INSERT INTO asset_fts (asset_fts, rowid, title, summary, hook, keywords, original_name)
  VALUES ('delete', old.row_id, old.title, old.summary, old.hook, old.keywords, old.original_name);
  INSERT INTO asset_fts (rowid, title, summary, hook, keywords, original_name)
  VALUES (new.row_id, new.title, new.summary, new.hook, new.keywords, new.original_name);
END;

CREATE VIRTUAL TABLE segment_fts USING fts5 (
  text, content = 'segment', content_rowid = 'row_id', prefix = '2 3', tokenize = 'unicode61 remove_diacritics 2'
);
CREATE TRIGGER segment_fts_insert AFTER INSERT ON segment BEGIN
  INSERT INTO segment_fts (rowid, text) VALUES (new.row_id, new.text);
END;
CREATE TRIGGER segment_fts_delete AFTER DELETE ON segment BEGIN
  INSERT INTO segment_fts (segment_fts, rowid, text) VALUES ('delete', old.row_id, old.text);
END;
CREATE TRIGGER segment_fts_update AFTER UPDATE OF row_id, text ON segment BEGIN
  INSERT INTO segment_fts (segment_fts, rowid, text) VALUES ('delete', old.row_id, old.text);
  INSERT INTO segment_fts (rowid, text) VALUES (new.row_id, new.text);
END;

CREATE TABLE watch_folder (
  folder_id TEXT PRIMARY KEY,
  workflow_id TEXT NOT NULL,
  path TEXT NOT NULL UNIQUE,
  storage TEXT NOT NULL CHECK (storage IN ('reference', 'copy')),
  state TEXT NOT NULL CHECK (state IN ('active', 'paused')),
  imported_count INTEGER NOT NULL DEFAULT 0,
  waiting_count INTEGER NOT NULL DEFAULT 0,
  last_scan_at TEXT,
  error TEXT CHECK (error IS NULL OR json_valid(error)),
  created_at TEXT NOT NULL
) STRICT;

-- Files of watched folders that were handed to ingest: what makes "never twice" true after any crash.
CREATE TABLE watch_entry (
  folder_id TEXT NOT NULL REFERENCES watch_folder (folder_id) ON DELETE CASCADE,
  path TEXT NOT NULL,
  size_bytes INTEGER NOT NULL,
  modified_at TEXT NOT NULL,
  asset_id TEXT,
  created_at TEXT NOT NULL,
  PRIMARY KEY (folder_id, path)
) STRICT, WITHOUT ROWID;

CREATE TABLE speech_model (
  model_id TEXT PRIMARY KEY,
  workflow_id TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('downloading', 'stopped', 'installed', 'failed')),
  source TEXT NOT NULL CHECK (source IN ('downloaded', 'imported')),
  name TEXT NOT NULL,
  languages TEXT NOT NULL CHECK (languages IN ('multilingual', 'english')),
  size_bytes INTEGER NOT NULL,
  downloaded_bytes INTEGER NOT NULL DEFAULT 0,
  remaining_ms INTEGER,
  error TEXT CHECK (error IS NULL OR json_valid(error)),
  updated_at TEXT NOT NULL
) STRICT;

CREATE TABLE setting (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL CHECK (json_valid(value))
) STRICT, WITHOUT ROWID;

CREATE TABLE notice (
  notice_id TEXT PRIMARY KEY,
  kind TEXT NOT NULL,
  title TEXT NOT NULL,
  body TEXT NOT NULL,
  target TEXT NOT NULL CHECK (json_valid(target)),
  is_read INTEGER NOT NULL DEFAULT 0,
  created_at TEXT NOT NULL
) STRICT;
CREATE INDEX notice_by_created ON notice (created_at DESC);

CREATE TABLE audit (
  sequence INTEGER PRIMARY KEY AUTOINCREMENT,
  at TEXT NOT NULL,
  principal TEXT NOT NULL,
  door TEXT NOT NULL,
  command TEXT NOT NULL,
  entity_id TEXT,
  input_hash TEXT NOT NULL,
  outcome TEXT NOT NULL,
  previous_hash TEXT NOT NULL,
  hash TEXT NOT NULL
) STRICT;
CREATE TRIGGER audit_is_append_only_update BEFORE UPDATE ON audit BEGIN
  SELECT RAISE (ABORT, 'audit is append-only');
END;
CREATE TRIGGER audit_is_append_only_delete BEFORE DELETE ON audit BEGIN
  SELECT RAISE (ABORT, 'audit is append-only');
END;

CREATE TABLE idempotency (
  principal TEXT NOT NULL,
  key TEXT NOT NULL,
  command TEXT NOT NULL,
  body_hash TEXT NOT NULL,
  answer TEXT NOT NULL CHECK (json_valid(answer)),
  created_at TEXT NOT NULL,
  PRIMARY KEY (principal, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX idempotency_by_created ON idempotency (created_at);

-- What the work engine still has to be told. Rows go once it has acknowledged.
CREATE TABLE outbox (
  outbox_id INTEGER PRIMARY KEY AUTOINCREMENT,
  operation TEXT NOT NULL CHECK (operation IN ('start', 'signal', 'cancel')),
  workflow_id TEXT NOT NULL,
  workflow_type TEXT,
  task_queue TEXT,
  signal_name TEXT,
  arguments TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(arguments)),
  attempts INTEGER NOT NULL DEFAULT 0,
  last_error TEXT,
  created_at TEXT NOT NULL
) STRICT;
CREATE INDEX outbox_by_workflow ON outbox (workflow_id, outbox_id);

CREATE TABLE revision (
  topic TEXT PRIMARY KEY,
  value INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
INSERT INTO revision (topic) VALUES ${topics.map((topic) => `('${topic}')`).join(', ')};
${revisionTriggers}
`,
};
