import type Database from 'better-sqlite3';
import { AppError } from '../src-shared/domain/errors.ts';
import { initialMigration } from './migrations/0001-initial.ts';
import { postsMigration } from './migrations/0003-posts.ts';
import { accountsMigration } from './migrations/0004-accounts.ts';
import { conversationsMigration } from './migrations/0005-conversations.ts';
import { renderingsMigration } from './migrations/0006-renderings.ts';
import { deletionsMigration } from './migrations/0007-deletions.ts';
import { rateLimitsMigration } from './migrations/0008-rate-limits.ts';
import { repeatedWaitsMigration } from './migrations/0009-repeated-waits.ts';
import { troubledTargetsMigration } from './migrations/0010-troubled-targets.ts';
import { anyPlatformMigration } from './migrations/0011-any-platform.ts';
import { accountHoldsMigration } from './migrations/0012-account-holds.ts';
import { lateAndRestoredMigration } from './migrations/0013-late-and-restored.ts';
import { boundaryMigration } from './migrations/0002-boundary.ts';
import type { Migration } from './migrations/migration.ts';

export const migrations: readonly Migration[] = [
  initialMigration,
  boundaryMigration,
  postsMigration,
  accountsMigration,
  conversationsMigration,
  renderingsMigration,
  deletionsMigration,
  rateLimitsMigration,
  repeatedWaitsMigration,
  troubledTargetsMigration,
  anyPlatformMigration,
  accountHoldsMigration,
  lateAndRestoredMigration,
];

export const newestSchemaVersion = migrations.at(-1)?.version ?? 0;

export function readSchemaVersion(sqlite: Database.Database): number {
  return Number(sqlite.pragma('user_version', { simple: true }));
}

/** Tells whether this database belongs to a newer program, which must not be opened. */
export function assertNotFromTheFuture(sqlite: Database.Database): void {
  const version = readSchemaVersion(sqlite);
  if (version > newestSchemaVersion) {
    throw new AppError({
      code: 'storage.database-too-new',
      userMessage:
        'This library was last opened by a newer Longhand. Nothing was changed. Install the newest version to open it.',
      retry: 'never',
      details: { libraryVersion: version, programVersion: newestSchemaVersion },
    });
  }
}

/**
 * Brings a database to the newest schema: each migration in a transaction of its own, together with its version.
 * @returns the versions that were applied.
 */
export function migrate(sqlite: Database.Database, upTo = newestSchemaVersion): number[] {
  assertNotFromTheFuture(sqlite);
  const applied: number[] = [];
  for (const migration of migrations) {
    if (migration.version > upTo || migration.version <= readSchemaVersion(sqlite)) continue;
    sqlite
      .transaction(() => {
        sqlite.exec(migration.sql);
        sqlite.pragma(`user_version = ${migration.version}`);
      })
      .exclusive();
    applied.push(migration.version);
  }
  return applied;
}
