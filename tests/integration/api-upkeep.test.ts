import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { keepBackups } from '../../src-api/keep-backups.ts';
import { createAssetRepository } from '../../src-data/assets.ts';
import { listBackups } from '../../src-data/backup.ts';
import { openLibrary } from '../../src-data/open-library.ts';
import { addAsset } from '../../src-data/testing/temporary-library.ts';
import { describeAssetFiles } from '../../src-node/asset-files.ts';
import { openDataFolder, type DataFolder } from '../../src-node/data-folder.ts';
import { createSilentLogger } from '../../src-node/logger.ts';
import { makeFolder, startTestApi, valueOf, writeRecording } from '../fixtures/api-harness.ts';

const minuteMs = 60_000;

function writePreview(dataFolder: DataFolder, assetId: string): string {
  const { folder, thumbnail } = describeAssetFiles(dataFolder, assetId);
  mkdirSync(folder, { recursive: true });
  writeFileSync(thumbnail, 'x');
  return folder;
}

describe('at the start', () => {
  it('what removed assets have left goes; what belongs to no asset for another reason stays', async () => {
    const first = await startTestApi();
    const path = writeRecording(makeFolder(), 'talk.mp4');
    const { entityId: removed } = valueOf(await first.client.commands.ingestMedia({ path }));
    valueOf(await first.client.commands.removeAsset({ assetId: removed }));
    // Written once more by work that was being cancelled.
    const leftOver = writePreview(first.dataFolder, removed);
    // After a restore from a backup: a recording that was added since, whose copy may be the only one.
    const unknown = writePreview(first.dataFolder, randomUUID());
    await first.api.stop();
    const second = await startTestApi({ dataFolder: first.dataFolder });
    await second.api.stop();
    expect([existsSync(leftOver), existsSync(unknown)]).toEqual([false, true]);
  });
});

describe('backups', () => {
  async function setUp() {
    const dataFolder = openDataFolder(join(makeFolder(), 'data'));
    const { database } = await openLibrary(dataFolder);
    onTestFinished(() => database.close());
    let mark = 0;
    let atMs = Date.parse('2026-01-01T00:00:00.000Z');
    const keeper = keepBackups({
      dataFolder,
      logger: createSilentLogger(),
      readChangeMark: () => mark,
      now: () => new Date(atMs),
    });
    onTestFinished(() => keeper.stop());
    return {
      database,
      keeper,
      count: () => listBackups(dataFolder.backupsFolder).length,
      newest: () => listBackups(dataFolder.backupsFolder)[0]?.createdAt.toISOString(),
      change: () => (mark += 1),
      pass: (durationMs: number) => (atMs += durationMs),
    };
  }

  it('are made where there is none, after a day, and sooner after a change', async () => {
    const { keeper, newest, change, pass } = await setUp();
    await keeper.look();
    expect(newest()).toBe('2026-01-01T00:00:00.000Z');
    pass(60 * minuteMs);
    await keeper.look();
    expect(newest()).toBe('2026-01-01T00:00:00.000Z');
    change();
    await keeper.look();
    expect(newest()).toBe('2026-01-01T01:00:00.000Z');
    pass(minuteMs);
    change();
    await keeper.look();
    expect(newest()).toBe('2026-01-01T01:00:00.000Z');
    pass(24 * 60 * minuteMs);
    await keeper.look();
    expect(newest()).toBe('2026-01-02T01:01:00.000Z');
  });

  it('go on being made after a clock that was a year ahead was set right', async () => {
    const { keeper, count, change, pass } = await setUp();
    const yearMs = 365 * 24 * 60 * minuteMs;
    pass(yearMs);
    await keeper.look();
    pass(-yearMs);
    change();
    await keeper.look();
    expect(count()).toBe(2);
    await keeper.look();
    expect(count()).toBe(2);
  });

  it('hold what was done in the last minutes before the end', async () => {
    const first = await startTestApi();
    const assetId = addAsset(first.database);
    first.database.close();
    await first.api.stop();
    writeFileSync(first.dataFolder.databaseFile, 'destroyed');
    const { database, outcome } = await openLibrary(first.dataFolder);
    onTestFinished(() => database.close());
    expect(outcome).toBe('restored');
    expect(createAssetRepository(database).find(assetId)?.assetId).toBe(assetId);
  });
});
