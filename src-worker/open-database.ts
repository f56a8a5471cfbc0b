import { setTimeout as delay } from 'node:timers/promises';
import { connectToMigrated, type LibraryDatabase } from '../src-data/database.ts';
import { toDatabaseError } from '../src-data/database-errors.ts';
import { AppError } from '../src-shared/domain/errors.ts';

const pauseMs = 50;

/**
 * Opens the database once the api has brought it to this version: it may be migrating, or restoring a backup.
 * @throws AppError `storage.database-too-new` and the like; the signal's reason
 */
export async function openMigratedDatabase(path: string, signal: AbortSignal): Promise<LibraryDatabase> {
  for (;;) {
    signal.throwIfAborted();
    try {
      return connectToMigrated(path);
    } catch (thrown) {
      const error = toDatabaseError(thrown);
      if (!(error instanceof AppError) || error.code !== 'dependency.starting') throw error;
    }
    await delay(pauseMs, undefined, { signal });
  }
}
