import { copyFileSync, existsSync, renameSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { AppError } from '../src-shared/domain/errors.ts';
import { createBackup, isSound, isSoundDatabase, listBackups, syncFile, type BackupFile } from './backup.ts';
import { toDatabaseError } from './database-errors.ts';
import { connect, type LibraryDatabase } from './database.ts';
import { migrate, newestSchemaVersion, readSchemaVersion } from './migrate.ts';
import { createNoticeRepository } from './notices.ts';
import { lookBeforeSendingAnything } from './posts/after-restore.ts';

export interface OpenLibraryOptions {
  databaseFile: string;
  backupsFolder: string;
  now?: () => Date;
}

/**
 * How the library was found. `restored`: it was damaged or gone and the newest good backup took its place.
 * `started-anew`: it was damaged and there was no good backup.
 */
export interface OpenedLibrary {
  database: LibraryDatabase;
  outcome: 'opened' | 'created' | 'restored' | 'started-anew';
  /** The damaged file, kept. */
  setAsideFile: string | null;
  backupFile: string | null;
  /** When the backup was made. */
  backupAt: Date | null;
  appliedMigrations: number[];
}

/**
 * Opens the library, whatever state it is in: checks it, restores it from a backup where it is damaged, and brings it
 * to the newest schema after a backup. A notice tells the person of a restored or lost library.
 * @throws AppError `storage.read-only`, `storage.disk-full`, `storage.unreadable` or `storage.database-too-new`
 */
export async function openLibrary(options: OpenLibraryOptions): Promise<OpenedLibrary> {
  const now = options.now ?? (() => new Date());
  try {
    const found = find(options, now);
    const appliedMigrations = await migrateWithBackup(found.database, options, now).catch(
      (thrown: unknown) => {
        found.database.close();
        throw thrown;
      },
    );
    if (found.backupAt !== null) lookBeforeSendingAnything(found.database, found.backupAt);
    tellOfLoss(found, now);
    return { ...found, appliedMigrations };
  } catch (thrown) {
    throw toDatabaseError(thrown);
  }
}

const noBackup = { backupFile: null, backupAt: null };

function find(options: OpenLibraryOptions, now: () => Date): Omit<OpenedLibrary, 'appliedMigrations'> {
  const { databaseFile, backupsFolder } = options;
  const hasBackups = listBackups(backupsFolder).length > 0;
  const state = existsSync(databaseFile) ? openIfSound(databaseFile) : 'missing';
  if (typeof state === 'object') {
    // A file without a table: of zero bytes, or made just before a crash. With backups there was a library before.
    const isEmpty = readSchemaVersion(state.sqlite) === 0;
    if (!isEmpty || !hasBackups) {
      return {
        database: state,
        outcome: isEmpty ? 'created' : 'opened',
        setAsideFile: null,
        ...noBackup,
      };
    }
    state.close();
  }
  if (state === 'missing' && !hasBackups) {
    return { database: connect(databaseFile), outcome: 'created', setAsideFile: null, ...noBackup };
  }
  const setAsideFile = state === 'missing' ? null : setAside(databaseFile, now());
  const backup = restoreNewestGood(options);
  return {
    database: connect(databaseFile),
    outcome: backup === null ? 'started-anew' : 'restored',
    setAsideFile,
    ...(backup === null ? noBackup : { backupFile: backup.path, backupAt: backup.createdAt }),
  };
}

function openIfSound(databaseFile: string): LibraryDatabase | 'damaged' {
  if (!statSync(databaseFile).isFile()) return 'damaged';
  let database: LibraryDatabase | undefined;
  try {
    database = connect(databaseFile);
    if (isSound(database.sqlite)) return database;
  } catch (thrown) {
    database?.close();
    database = undefined;
    const error = toDatabaseError(thrown);
    if (!(error instanceof AppError && error.code === 'storage.database-corrupt')) throw error;
  }
  database?.close();
  return 'damaged';
}

/** Nothing is thrown away: what can still be read from the damaged file, someone may read. */
function setAside(databaseFile: string, at: Date): string {
  const name = `corrupt-${at.toISOString().replaceAll(/[:.]/g, '-')}.db`;
  const target = join(dirname(databaseFile), name);
  for (const ending of ['-wal', '-shm', '']) {
    if (existsSync(databaseFile + ending)) renameSync(databaseFile + ending, target + ending);
  }
  return target;
}

function restoreNewestGood({ databaseFile, backupsFolder }: OpenLibraryOptions): BackupFile | null {
  const backup = listBackups(backupsFolder).find((candidate) => isSoundDatabase(candidate.path));
  if (backup === undefined) return null;
  const partial = `${databaseFile}.partial`;
  try {
    copyFileSync(backup.path, partial);
    syncFile(partial);
    // A left-over log of the lost file would be played into the restored one.
    for (const ending of ['-wal', '-shm']) rmSync(databaseFile + ending, { force: true });
    renameSync(partial, databaseFile);
  } catch (thrown) {
    rmSync(partial, { force: true });
    throw thrown;
  }
  return backup;
}

async function migrateWithBackup(
  database: LibraryDatabase,
  { databaseFile, backupsFolder }: OpenLibraryOptions,
  now: () => Date,
): Promise<number[]> {
  const version = readSchemaVersion(database.sqlite);
  if (version > 0 && version < newestSchemaVersion) await createBackup(databaseFile, backupsFolder, now());
  return migrate(database.sqlite);
}

function tellOfLoss(found: Omit<OpenedLibrary, 'appliedMigrations'>, now: () => Date): void {
  if (found.outcome !== 'restored' && found.outcome !== 'started-anew') return;
  const kept =
    found.setAsideFile === null ? '' : ` The damaged file was kept as ${basename(found.setAsideFile)}.`;
  const whatHappened =
    found.setAsideFile === null ? 'The library file was gone.' : 'The library file was damaged.';
  const whatWasDone =
    found.backupFile === null
      ? 'There was no good backup, so an empty library was made. Add your recordings again; the originals are untouched.'
      : `It was restored from the backup ${basename(found.backupFile)}. What was added after that is missing; the original files are untouched. What was cancelled or revoked after that stands again: look at your posts, standing approvals and API tokens.`;
  createNoticeRepository(found.database, now).add({
    kind: 'library-restored',
    title: found.backupFile === null ? 'The library had to start over' : 'The library was restored',
    body: `${whatHappened} ${whatWasDone}${kept}`,
    target: { screen: 'settings', section: 'storage' },
  });
}
