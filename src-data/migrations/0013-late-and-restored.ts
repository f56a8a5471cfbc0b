import type { Migration } from './migration.ts';

/**
 * The creator’s word that a post may be late holds from when it was said, not for ever. Of a post that comes out of a
 * backup nobody knows what became of it since the backup was made. And a place in an account's queue that was given by a
 * clock that was ahead can be told from one that lies in the future since many wait.
 */
export const lateAndRestoredMigration: Migration = {
  version: 13,
  name: 'late-and-restored',
  sql: `
-- From when its lateness counts where many came due together: its first place in the queue of its account.
ALTER TABLE post_target ADD COLUMN expected_at TEXT;
UPDATE post_target SET expected_at = turn_at;
ALTER TABLE post_target ADD COLUMN late_accepted_at TEXT;
UPDATE post_target SET late_accepted_at = updated_at WHERE is_late_accepted = 1;
ALTER TABLE post_target DROP COLUMN is_late_accepted;
ALTER TABLE post_target ADD COLUMN unknown_since TEXT;
ALTER TABLE account_pace ADD COLUMN taken_at TEXT;
`,
};
