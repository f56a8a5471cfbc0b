import BetterSqlite from 'better-sqlite3';
import { AppError } from '../src-shared/domain/errors.ts';

/** The row an operation is about is gone: removed by the person while work on it went on. */
export function assetNotFound(assetId: string): AppError {
  return new AppError({
    code: 'input.not-found',
    userMessage:
      'This recording is not in the library any more. Nothing was changed. Go back to the library.',
    retry: 'never',
    details: { assetId },
  });
}

/** The same for anything else that is named by an id. */
export function recordNotFound(what: string, id: string): AppError {
  return new AppError({
    code: 'input.not-found',
    userMessage: `${what} is not there any more. Nothing was changed. Look at the list again.`,
    retry: 'never',
    details: { id },
  });
}

/**
 * Turns an error of SQLite into an AppError where a person can do something about it; gives anything else back
 * unchanged, for the caller to throw.
 */
export function toDatabaseError(thrown: unknown): unknown {
  if (!(thrown instanceof BetterSqlite.SqliteError)) return thrown;
  const details = { code: thrown.code, message: thrown.message };
  switch (/^SQLITE_[A-Z]+/.exec(thrown.code)?.[0] ?? '') {
    case 'SQLITE_FULL':
      return new AppError({
        code: 'storage.disk-full',
        userMessage:
          'The disk is full, so this could not be saved. Everything saved before is kept. Free some space and try again.',
        retry: 'user',
        details,
        cause: thrown,
      });
    case 'SQLITE_READONLY':
    case 'SQLITE_CANTOPEN':
    case 'SQLITE_PERM':
      return new AppError({
        code: 'storage.read-only',
        userMessage:
          'Longhand may not write to its library. Nothing was changed. Give your user account write access to the data folder and start again.',
        retry: 'user',
        details,
        cause: thrown,
      });
    case 'SQLITE_CORRUPT':
    case 'SQLITE_NOTADB':
      return new AppError({
        code: 'storage.database-corrupt',
        userMessage:
          'The library file is damaged. Your recordings are untouched. Start Longhand again: it restores the newest good backup by itself.',
        retry: 'user',
        details,
        cause: thrown,
      });
    case 'SQLITE_IOERR':
      return new AppError({
        code: 'storage.unreadable',
        userMessage:
          'The disk did not answer while the library was read or written. What was saved before is kept. Check the disk and its free space, then try again.',
        retry: 'user',
        details,
        cause: thrown,
      });
    case 'SQLITE_BUSY':
      return new AppError({
        code: 'dependency.starting',
        userMessage: 'The library is busy. Nothing was changed; this is tried again by itself.',
        retry: 'auto',
        details,
        cause: thrown,
      });
    default:
      return thrown;
  }
}
