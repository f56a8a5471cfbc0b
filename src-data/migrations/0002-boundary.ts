import type { Migration } from './migration.ts';

const topicOfTable = {
  approval: 'approvals',
  api_token: 'access',
  standing_grant: 'access',
  grant_use: 'access',
  budget: 'access',
  ledger: 'access',
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

/** Agents and what the creator lets them do: tokens, approvals, standing grants, budgets and their ledger. */
export const boundaryMigration: Migration = {
  version: 2,
  name: 'boundary',
  sql: `
CREATE TABLE api_token (
  token_id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  scopes TEXT NOT NULL CHECK (json_valid(scopes)),
  secret_hash TEXT NOT NULL UNIQUE,
  ending TEXT NOT NULL,
  created_at TEXT NOT NULL,
  last_used_at TEXT,
  revoked_at TEXT
) STRICT;

CREATE TABLE approval (
  approval_id TEXT PRIMARY KEY,
  command TEXT NOT NULL,
  input TEXT NOT NULL CHECK (json_valid(input)),
  content_hash TEXT NOT NULL,
  preview TEXT NOT NULL CHECK (json_valid(preview)),
  principal TEXT NOT NULL,
  principal_label TEXT NOT NULL,
  door TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('pending', 'approved', 'rejected', 'expired', 'voided', 'failed')),
  created_at TEXT NOT NULL,
  expires_at TEXT NOT NULL,
  decided_at TEXT,
  decided_by TEXT,
  result TEXT CHECK (result IS NULL OR json_valid(result)),
  replaced_by TEXT
) STRICT;
CREATE INDEX approval_by_state ON approval (state, created_at);
CREATE INDEX approval_by_created ON approval (created_at);
CREATE INDEX approval_by_principal ON approval (principal, state);

CREATE TABLE standing_grant (
  grant_id TEXT PRIMARY KEY,
  command TEXT NOT NULL,
  principal TEXT,
  account_ids TEXT CHECK (account_ids IS NULL OR json_valid(account_ids)),
  budget TEXT CHECK (budget IS NULL OR json_valid(budget)),
  expires_at TEXT,
  created_at TEXT NOT NULL,
  revoked_at TEXT
) STRICT;
CREATE INDEX standing_grant_by_command ON standing_grant (command);

CREATE TABLE grant_use (
  grant_id TEXT NOT NULL REFERENCES standing_grant (grant_id),
  at TEXT NOT NULL,
  entity_id TEXT
) STRICT;
CREATE INDEX grant_use_by_time ON grant_use (grant_id, at);

CREATE TABLE budget (
  budget_id TEXT PRIMARY KEY,
  unit TEXT NOT NULL CHECK (unit IN ('posts', 'model-minutes', 'rendering-minutes')),
  period TEXT NOT NULL CHECK (period IN ('day', 'week', 'month')),
  limit_amount INTEGER NOT NULL CHECK (limit_amount >= 0),
  principal TEXT,
  account_id TEXT,
  created_at TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX budget_by_rule ON budget (unit, period, coalesce(principal, ''), coalesce(account_id, ''));

-- What is reserved and spent is the sum of all lines. A line is never changed: another one moves the amount on.
CREATE TABLE ledger (
  entry_id INTEGER PRIMARY KEY AUTOINCREMENT,
  at TEXT NOT NULL,
  operation TEXT NOT NULL CHECK (operation IN ('reserve', 'settle', 'release')),
  reservation_id TEXT NOT NULL,
  entity_id TEXT NOT NULL,
  workflow_id TEXT,
  unit TEXT NOT NULL CHECK (unit IN ('posts', 'model-minutes', 'rendering-minutes')),
  principal TEXT NOT NULL,
  is_agent INTEGER NOT NULL,
  account_id TEXT,
  spent_at TEXT NOT NULL,
  reserved INTEGER NOT NULL,
  spent INTEGER NOT NULL CHECK (spent >= 0),
  note TEXT,
  CHECK (CASE operation WHEN 'reserve' THEN reserved > 0 AND spent = 0
                        WHEN 'settle' THEN reserved < 0
                        ELSE reserved < 0 AND spent = 0 END)
) STRICT;
CREATE INDEX ledger_by_time ON ledger (unit, spent_at);
CREATE INDEX ledger_by_entity ON ledger (entity_id);
-- A reservation is opened once and closed once.
CREATE UNIQUE INDEX ledger_opened ON ledger (reservation_id) WHERE operation = 'reserve';
CREATE UNIQUE INDEX ledger_closed ON ledger (reservation_id) WHERE operation <> 'reserve';
CREATE TRIGGER ledger_is_append_only_update BEFORE UPDATE ON ledger BEGIN
  SELECT RAISE (ABORT, 'the ledger is append-only');
END;
CREATE TRIGGER ledger_is_append_only_delete BEFORE DELETE ON ledger BEGIN
  SELECT RAISE (ABORT, 'the ledger is append-only');
END;

CREATE TABLE rate_bucket (
  principal TEXT NOT NULL,
  command_class TEXT NOT NULL,
  tokens REAL NOT NULL,
  filled_at TEXT NOT NULL,
  PRIMARY KEY (principal, command_class)
) STRICT, WITHOUT ROWID;

ALTER TABLE audit ADD COLUMN approval_id TEXT;
CREATE INDEX audit_by_entity ON audit (entity_id, sequence);
CREATE INDEX audit_by_command ON audit (command, sequence);
CREATE INDEX audit_by_principal ON audit (principal, sequence);
CREATE INDEX audit_by_approval ON audit (approval_id) WHERE approval_id IS NOT NULL;

-- The outbox learns to carry updates: messages that a running workflow answers for.
CREATE TABLE new_outbox (
  outbox_id INTEGER PRIMARY KEY AUTOINCREMENT,
  operation TEXT NOT NULL CHECK (operation IN ('start', 'signal', 'cancel', 'update')),
  workflow_id TEXT NOT NULL,
  workflow_type TEXT,
  task_queue TEXT,
  signal_name TEXT,
  update_name TEXT,
  update_id TEXT,
  arguments TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(arguments)),
  attempts INTEGER NOT NULL DEFAULT 0,
  last_error TEXT,
  created_at TEXT NOT NULL
) STRICT;
INSERT INTO new_outbox (outbox_id, operation, workflow_id, workflow_type, task_queue, signal_name, arguments, attempts,
  last_error, created_at)
SELECT outbox_id, operation, workflow_id, workflow_type, task_queue, signal_name, arguments, attempts, last_error,
  created_at FROM outbox;
DROP TABLE outbox;
ALTER TABLE new_outbox RENAME TO outbox;
CREATE INDEX outbox_by_workflow ON outbox (workflow_id, outbox_id);

INSERT INTO revision (topic) VALUES ('approvals'), ('access');
${revisionTriggers}
`,
};
