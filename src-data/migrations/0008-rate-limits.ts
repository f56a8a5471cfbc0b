import type { Migration } from './migration.ts';

/** Each command has an allowance of its own. What was left of the ones for whole classes of commands tells nothing of it. */
export const rateLimitsMigration: Migration = {
  version: 8,
  name: 'rate-limits',
  sql: `
DELETE FROM rate_bucket;
ALTER TABLE rate_bucket RENAME COLUMN command_class TO command;
`,
};
