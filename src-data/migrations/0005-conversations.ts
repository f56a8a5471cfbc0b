import type { Migration } from './migration.ts';

/**
 * Conversations, their messages, and the models of the local runtime that are on their way. The text of an answer is
 * saved while it is written; only what has ended is searchable and tells listeners of a change.
 */
export const conversationsMigration: Migration = {
  version: 5,
  name: 'conversations',
  sql: `
CREATE TABLE conversation (
  row_id INTEGER PRIMARY KEY,
  conversation_id TEXT NOT NULL UNIQUE,
  title TEXT NOT NULL,
  is_title_given INTEGER NOT NULL DEFAULT 0,
  draft_text TEXT NOT NULL DEFAULT '',
  draft_asset_ids TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(draft_asset_ids)),
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL
) STRICT;
CREATE INDEX conversation_by_updated ON conversation (updated_at, row_id);

CREATE TABLE conversation_asset (
  conversation_id TEXT NOT NULL REFERENCES conversation (conversation_id) ON DELETE CASCADE,
  asset_id TEXT NOT NULL REFERENCES asset (asset_id) ON DELETE CASCADE,
  created_at TEXT NOT NULL,
  PRIMARY KEY (conversation_id, asset_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX conversation_asset_by_asset ON conversation_asset (asset_id);

-- row_id gives the order. Of the answers to one message (reply_to) one is current; the others are its versions.
CREATE TABLE message (
  row_id INTEGER PRIMARY KEY,
  message_id TEXT NOT NULL UNIQUE,
  conversation_id TEXT NOT NULL REFERENCES conversation (conversation_id) ON DELETE CASCADE,
  role TEXT NOT NULL CHECK (role IN ('person', 'assistant')),
  state TEXT NOT NULL CHECK (state IN ('streaming', 'done', 'stopped', 'failed')),
  text TEXT NOT NULL DEFAULT '',
  reply_to TEXT REFERENCES message (message_id) ON DELETE CASCADE,
  is_current INTEGER NOT NULL DEFAULT 1,
  asset_ids TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(asset_ids)),
  model TEXT,
  citations TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(citations)),
  cards TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(cards)),
  context TEXT CHECK (context IS NULL OR json_valid(context)),
  error TEXT CHECK (error IS NULL OR json_valid(error)),
  created_at TEXT NOT NULL,
  ended_at TEXT
) STRICT;
CREATE INDEX message_by_conversation ON message (conversation_id, row_id);
CREATE INDEX message_by_question ON message (reply_to, row_id);
CREATE INDEX message_streaming ON message (conversation_id) WHERE state = 'streaming';

CREATE VIRTUAL TABLE conversation_fts USING fts5 (
  title, content = 'conversation', content_rowid = 'row_id', prefix = '2 3', tokenize = 'unicode61 remove_diacritics 2'
);
CREATE TRIGGER conversation_fts_insert AFTER INSERT ON conversation BEGIN
  INSERT INTO conversation_fts (rowid, title) VALUES (new.row_id, new.title);
END;
CREATE TRIGGER conversation_fts_delete AFTER DELETE ON conversation BEGIN
  INSERT INTO conversation_fts (conversation_fts, rowid, title) VALUES ('delete', old.row_id, old.title);
END;
CREATE TRIGGER conversation_fts_update AFTER UPDATE OF title ON conversation BEGIN
  INSERT INTO conversation_fts (conversation_fts, rowid, title) VALUES ('delete', old.row_id, old.title);
  INSERT INTO conversation_fts (rowid, title) VALUES (new.row_id, new.title);
END;

CREATE VIRTUAL TABLE message_fts USING fts5 (
  text, content = 'message', content_rowid = 'row_id', prefix = '2 3', tokenize = 'unicode61 remove_diacritics 2'
);
CREATE TRIGGER message_fts_insert AFTER INSERT ON message WHEN new.state <> 'streaming' BEGIN
  INSERT INTO message_fts (rowid, text) VALUES (new.row_id, new.text);
END;
CREATE TRIGGER message_fts_delete AFTER DELETE ON message WHEN old.state <> 'streaming' BEGIN
  INSERT INTO message_fts (message_fts, rowid, text) VALUES ('delete', old.row_id, old.text);
END;
CREATE TRIGGER message_fts_update AFTER UPDATE OF text, state ON message BEGIN
  INSERT INTO message_fts (message_fts, rowid, text)
    SELECT 'delete', old.row_id, old.text WHERE old.state <> 'streaming';
  INSERT INTO message_fts (rowid, text) SELECT new.row_id, new.text WHERE new.state <> 'streaming';
END;

-- What passages of transcripts mean, as one model has it; made anew where it is missing.
CREATE TABLE passage_vector (
  asset_id TEXT NOT NULL REFERENCES asset (asset_id) ON DELETE CASCADE,
  model TEXT NOT NULL,
  text_hash TEXT NOT NULL,
  vector BLOB NOT NULL,
  PRIMARY KEY (asset_id, model, text_hash)
) STRICT, WITHOUT ROWID;

-- What is known here of a model of the local runtime: that it is on its way, or why it did not come.
CREATE TABLE chat_model (
  name TEXT PRIMARY KEY,
  workflow_id TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('downloading', 'stopped', 'installed', 'failed')),
  size_bytes INTEGER NOT NULL DEFAULT 0,
  downloaded_bytes INTEGER NOT NULL DEFAULT 0,
  remaining_ms INTEGER,
  error TEXT CHECK (error IS NULL OR json_valid(error)),
  updated_at TEXT NOT NULL
) STRICT;

INSERT INTO revision (topic) VALUES ('conversations');
CREATE TRIGGER revision_conversation_insert AFTER INSERT ON conversation BEGIN
  UPDATE revision SET value = value + 1 WHERE topic = 'conversations';
END;
CREATE TRIGGER revision_conversation_update AFTER UPDATE ON conversation BEGIN
  UPDATE revision SET value = value + 1 WHERE topic = 'conversations';
END;
CREATE TRIGGER revision_conversation_delete AFTER DELETE ON conversation BEGIN
  UPDATE revision SET value = value + 1 WHERE topic = 'conversations';
END;
CREATE TRIGGER revision_conversation_asset_insert AFTER INSERT ON conversation_asset BEGIN
  UPDATE revision SET value = value + 1 WHERE topic = 'conversations';
END;
CREATE TRIGGER revision_conversation_asset_delete AFTER DELETE ON conversation_asset BEGIN
  UPDATE revision SET value = value + 1 WHERE topic = 'conversations';
END;
CREATE TRIGGER revision_message_insert AFTER INSERT ON message BEGIN
  UPDATE revision SET value = value + 1 WHERE topic = 'conversations';
END;
CREATE TRIGGER revision_message_update AFTER UPDATE OF state, is_current, model, citations, cards, context, error ON message BEGIN
  UPDATE revision SET value = value + 1 WHERE topic = 'conversations';
END;
CREATE TRIGGER revision_message_delete AFTER DELETE ON message BEGIN
  UPDATE revision SET value = value + 1 WHERE topic = 'conversations';
END;
CREATE TRIGGER revision_chat_model_insert AFTER INSERT ON chat_model BEGIN
  UPDATE revision SET value = value + 1 WHERE topic = 'models';
END;
CREATE TRIGGER revision_chat_model_update AFTER UPDATE ON chat_model BEGIN
  UPDATE revision SET value = value + 1 WHERE topic = 'models';
END;
CREATE TRIGGER revision_chat_model_delete AFTER DELETE ON chat_model BEGIN
  UPDATE revision SET value = value + 1 WHERE topic = 'models';
END;
`,
};
