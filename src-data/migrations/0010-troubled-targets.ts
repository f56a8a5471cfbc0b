import type { Migration } from './migration.ts';

/** What posts wait for is looked for every few seconds: not among all that wait for their time. */
export const troubledTargetsMigration: Migration = {
  version: 10,
  name: 'troubled-targets',
  sql: `
CREATE INDEX post_target_by_error ON post_target (json_extract(error, '$.code')) WHERE error IS NOT NULL;
`,
};
