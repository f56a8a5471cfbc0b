import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createAssetRepository } from './assets.ts';
import { chooseOutdated, createBackup, isSoundDatabase, listBackups, type BackupFile } from './backup.ts';
import { connect } from './database.ts';
import { addAsset, makeLibrary, makeLibraryPlace } from './testing/temporary-library.ts';

const dayMs = 24 * 3_600_000;

/** One backup a day, newest first, beginning on a Sunday. */
function daily(count: number): BackupFile[] {
  const newest = Date.parse('2026-11-22T12:00:00.000Z');
  return Array.from({ length: count }, (_, index) => {
    const createdAt = new Date(newest - index * dayMs);
    return { fileName: createdAt.toISOString(), path: '', createdAt, sizeBytes: 1 };
  });
}

const dayOf = ({ createdAt }: BackupFile) => createdAt.toISOString().slice(0, 10);

describe('chooseOutdated', () => {
  it('keeps the newest of seven days and of four weeks', () => {
    const backups = daily(60);
    const outdated = new Set(chooseOutdated(backups));
    expect(backups.filter((backup) => !outdated.has(backup)).map(dayOf)).toEqual([
      '2026-11-22',
      '2026-11-21',
      '2026-11-20',
      '2026-11-19',
      '2026-11-18',
      '2026-11-17',
      '2026-11-16',
      '2026-11-15',
      '2026-11-08',
      '2026-11-01',
    ]);
  });

  it('drops all but the newest of one day', () => {
    const [morning, evening] = ['2026-11-22T08:00:00.000Z', '2026-11-22T20:00:00.000Z'].map((instant) => ({
      fileName: instant,
      path: '',
      createdAt: new Date(instant),
      sizeBytes: 1,
    }));
    if (morning === undefined || evening === undefined) throw new Error('two backups were made above');
    expect(chooseOutdated([evening, morning])).toEqual([morning]);
  });

  it('empties nothing after a long pause', () => {
    const backups = daily(60).filter((_, index) => index % 20 === 0);
    expect(chooseOutdated(backups)).toEqual([]);
  });
});

describe('createBackup', () => {
  it('copies the library while another connection goes on writing to it', async () => {
    const place = makeLibraryPlace();
    const database = makeLibrary(place);
    const kept = addAsset(database);
    const writer = connect(place.databaseFile);
    const writing = setInterval(() => addAsset(writer), 1);
    const backup = await createBackup(place.databaseFile, place.backupsFolder);
    clearInterval(writing);
    writer.close();

    expect(isSoundDatabase(backup.path)).toBe(true);
    const copy = connect(backup.path);
    expect(createAssetRepository(copy).find(kept)?.assetId).toBe(kept);
    copy.close();
    expect(listBackups(place.backupsFolder).map(({ fileName }) => fileName)).toEqual([backup.fileName]);
  });

  it('clears away what a crash has left of an earlier one', async () => {
    const place = makeLibraryPlace();
    makeLibrary(place);
    writeFileSync(join(place.backupsFolder, 'longhand-2026-01-01T00-00-00-000Z.db.partial'), 'half');
    await createBackup(place.databaseFile, place.backupsFolder, new Date('2026-02-02T00:00:00.000Z'));
    expect(listBackups(place.backupsFolder).map(({ createdAt }) => createdAt.toISOString())).toEqual([
      '2026-02-02T00:00:00.000Z',
    ]);
  });
});
