import type { Migration } from './migration.ts';

/** Between which instants a platform wants nothing of an account: also of what had its turn before it said so. */
export const accountHoldsMigration: Migration = {
  version: 12,
  name: 'account-holds',
  sql: `
ALTER TABLE account_pace ADD COLUMN held_from TEXT;
ALTER TABLE account_pace ADD COLUMN held_until TEXT;
`,
};
