import type { Migration } from './migration.ts';

/** A post that waits for weeks is tried hundreds of times: receipts say so once, and this how often, and when last. */
export const repeatedWaitsMigration: Migration = {
  version: 9,
  name: 'repeated-waits',
  sql: `
ALTER TABLE post_target ADD COLUMN repeats TEXT CHECK (repeats IS NULL OR json_valid(repeats));
`,
};
