import BetterSqlite from 'better-sqlite3';
import { drizzle, type BetterSQLite3Database } from 'drizzle-orm/better-sqlite3';
import { AppError } from '../src-shared/domain/errors.ts';
import { toDatabaseError } from './database-errors.ts';
import { assertNotFromTheFuture, newestSchemaVersion, readSchemaVersion } from './migrate.ts';
import { tables } from './schema.ts';
import { keepStatements } from './statement-cache.ts';

export type Orm = BetterSQLite3Database<typeof tables>;

/** One connection per process. `orm` is for queries, `sqlite` for what drizzle cannot say (FTS5, pragmas). */
export interface LibraryDatabase {
  readonly sqlite: BetterSqlite.Database;
  readonly orm: Orm;
  /**
   * Runs `work` in one immediate transaction: all of it is written, or nothing. Inside another one it is a savepoint.
   * @throws AppError `storage.*` where SQLite says that the disk is full, read-only or the file is damaged
   */
  transaction: <Value>(work: () => Value) => Value;
  /**
   * Writes without waiting for the disk: whole or not at all, and a power cut may undo it. Only for what the next start
   * finds out again by itself, or what means nothing without a later write that is waited for: that one takes it along.
   * Not inside a transaction.
   */
  withoutSync: <Value>(work: () => Value) => Value;
  readSchemaVersion: () => number;
  close: () => void;
}

/**
 * Opens a connection with the settings every process uses. `synchronous = FULL`: what was acknowledged survives a power
 * cut, since this database is the record (https://www.sqlite.org/pragma.html#pragma_synchronous).
 */
export function connect(path: string): LibraryDatabase {
  const sqlite = new BetterSqlite(path);
  try {
    sqlite.pragma('busy_timeout = 5000');
    sqlite.pragma('journal_mode = WAL');
    sqlite.pragma('synchronous = FULL');
    sqlite.pragma('foreign_keys = ON');
    sqlite.pragma('temp_store = MEMORY');
    // The one of SQLite knows the letters of ASCII only.
    sqlite.function('to_lower_case', { deterministic: true }, (text) => String(text).toLowerCase());
  } catch (thrown) {
    sqlite.close();
    throw thrown;
  }
  return {
    sqlite,
    orm: drizzle(keepStatements(sqlite), { schema: tables }),
    transaction(work) {
      try {
        return sqlite.transaction(work).immediate();
      } catch (thrown) {
        throw toDatabaseError(thrown);
      }
    },
    withoutSync(work) {
      sqlite.pragma('synchronous = NORMAL');
      try {
        return work();
      } finally {
        sqlite.pragma('synchronous = FULL');
      }
    },
    readSchemaVersion: () => readSchemaVersion(sqlite),
    close: () => sqlite.close(),
  };
}

/** For the worker: opens a database that the api process has migrated already. */
export function connectToMigrated(path: string): LibraryDatabase {
  const database = connect(path);
  assertNotFromTheFuture(database.sqlite);
  if (readSchemaVersion(database.sqlite) < newestSchemaVersion) {
    database.close();
    throw new AppError({
      code: 'dependency.starting',
      userMessage: 'The library is still being prepared. Nothing is lost; this goes on by itself.',
      retry: 'auto',
    });
  }
  return database;
}
