import { closeSync, fsyncSync, openSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import BetterSqlite from 'better-sqlite3';
import { DateTime } from 'luxon';
import { AppError } from '../src-shared/domain/errors.ts';
import { toDatabaseError } from './database-errors.ts';

export interface BackupFile {
  fileName: string;
  path: string;
  createdAt: Date;
  sizeBytes: number;
}

const keptDays = 7;
const keptWeeks = 4;
/** 16 MiB at a time: some tens of milliseconds during which nothing else happens in this process. */
const pagesPerStep = 4096;

const namePattern = /^longhand-(\d{4}-\d{2}-\d{2})T(\d{2})-(\d{2})-(\d{2})-(\d{3})Z\.db$/;

/** The finished backups, newest first. */
export function listBackups(backupsFolder: string): BackupFile[] {
  return readdirSync(backupsFolder)
    .flatMap((fileName) => {
      const createdAt = readInstant(fileName);
      if (createdAt === undefined) return [];
      const path = join(backupsFolder, fileName);
      return [{ fileName, path, createdAt, sizeBytes: statSync(path).size }];
    })
    .sort((left, right) => right.createdAt.getTime() - left.createdAt.getTime());
}

/**
 * Copies the database while it is in use, checks the copy, and only then gives it its name. Old backups go.
 * @returns the new backup
 * @throws AppError `storage.*`
 */
export async function createBackup(
  databaseFile: string,
  backupsFolder: string,
  now: Date = new Date(),
): Promise<BackupFile> {
  removePartialBackups(backupsFolder);
  const fileName = `longhand-${now.toISOString().replaceAll(/[:.]/g, '-')}.db`;
  const path = join(backupsFolder, fileName);
  const partialPath = `${path}.partial`;
  try {
    await copyDatabase(databaseFile, partialPath);
    if (!isSoundDatabase(partialPath)) throw damagedCopy(partialPath);
    syncFile(partialPath);
    renameSync(partialPath, path);
  } catch (thrown) {
    removePartialBackups(backupsFolder);
    throw toDatabaseError(thrown);
  }
  for (const old of chooseOutdated(listBackups(backupsFolder))) rmSync(old.path, { force: true });
  return { fileName, path, createdAt: now, sizeBytes: statSync(path).size };
}

/**
 * Which backups may go: all but the newest of each of the last 7 days and of each of the last 4 weeks that have any.
 * Days without a backup do not count, so that a long pause empties nothing.
 */
export function chooseOutdated(newestFirst: readonly BackupFile[]): BackupFile[] {
  const kept = new Set([
    ...newestOfEach(newestFirst, 'yyyy-MM-dd', keptDays),
    ...newestOfEach(newestFirst, 'kkkk-WW', keptWeeks),
  ]);
  return newestFirst.filter((backup) => !kept.has(backup));
}

/** Whether SQLite can read the whole file and finds nothing wrong in it. */
export function isSoundDatabase(path: string): boolean {
  let sqlite: BetterSqlite.Database | undefined;
  try {
    sqlite = new BetterSqlite(path, { fileMustExist: true });
    return isSound(sqlite);
  } catch (thrown) {
    if (thrown instanceof BetterSqlite.SqliteError) return false;
    throw thrown;
  } finally {
    sqlite?.close();
  }
}

/** https://www.sqlite.org/pragma.html#pragma_quick_check: everything but the content of indexes. */
export function isSound(sqlite: BetterSqlite.Database): boolean {
  return sqlite.pragma('quick_check(1)', { simple: true }) === 'ok';
}

async function copyDatabase(databaseFile: string, targetPath: string): Promise<void> {
  const source = new BetterSqlite(databaseFile, { fileMustExist: true });
  try {
    source.pragma('busy_timeout = 5000');
    // With a read transaction open the copy is of this moment: writers in other processes do not make it start again.
    source.exec('BEGIN');
    source.prepare('SELECT count(*) FROM sqlite_schema').get();
    await source.backup(targetPath, { progress: () => pagesPerStep });
    source.exec('COMMIT');
  } finally {
    source.close();
  }
  const copy = new BetterSqlite(targetPath);
  try {
    // One file that stands alone, without a write-ahead log beside it.
    copy.pragma('journal_mode = DELETE');
  } finally {
    copy.close();
  }
}

function removePartialBackups(backupsFolder: string): void {
  for (const name of readdirSync(backupsFolder)) {
    if (name.includes('.partial')) rmSync(join(backupsFolder, name), { force: true });
  }
}

function newestOfEach(newestFirst: readonly BackupFile[], format: string, count: number): BackupFile[] {
  const byPeriod = new Map<string, BackupFile>();
  for (const backup of newestFirst) {
    const period = DateTime.fromJSDate(backup.createdAt, { zone: 'utc' }).toFormat(format);
    if (!byPeriod.has(period)) byPeriod.set(period, backup);
  }
  return [...byPeriod.values()].slice(0, count);
}

function readInstant(fileName: string): Date | undefined {
  const match = namePattern.exec(fileName);
  if (match === null) return undefined;
  const [, day, hours, minutes, seconds, milliseconds] = match;
  const instant = new Date(`${day}T${hours}:${minutes}:${seconds}.${milliseconds}Z`);
  return Number.isNaN(instant.getTime()) ? undefined : instant;
}

export function syncFile(path: string): void {
  const descriptor = openSync(path, 'r+');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

function damagedCopy(path: string): AppError {
  return new AppError({
    code: 'storage.database-corrupt',
    userMessage:
      'A backup of the library could not be made, because the copy was damaged. The earlier backups are kept. Check the disk.',
    retry: 'auto',
    details: { path },
  });
}
