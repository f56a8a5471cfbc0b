import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { connect } from './database.ts';
import { keepLogShort } from './log-upkeep.ts';
import { createSettingsRepository } from './settings.ts';
import { makeLibrary } from './testing/temporary-library.ts';

describe('a connection', () => {
  it('waits for the disk, but for what need not survive a power cut, also after that has failed', () => {
    const database = makeLibrary();
    const readLevel = () => database.sqlite.pragma('synchronous', { simple: true });
    const full = 2;
    const normal = 1;

    expect(readLevel()).toBe(full);
    expect(database.withoutSync(readLevel)).toBe(normal);
    expect(readLevel()).toBe(full);
    expect(() =>
      database.withoutSync(() => {
        throw new Error('the disk is full');
      }),
    ).toThrow('the disk is full');
    expect(readLevel()).toBe(full);
  });

  it('gives what it has prepared earlier after its table has changed', () => {
    const database = makeLibrary();
    const settings = createSettingsRepository(database);
    settings.remember('wasSampleOffered', true);
    expect(settings.recall('wasSampleOffered')).toBe(true);

    database.sqlite.exec('ALTER TABLE setting ADD COLUMN note TEXT');
    settings.remember('wasSampleOffered', false);

    expect(settings.recall('wasSampleOffered')).toBe(false);
    expect(settings.recall('lastRebuildId')).toBeUndefined();
  });

  it('goes on where more different statements were asked for than it keeps', () => {
    const { orm } = makeLibrary();
    for (let count = 1; count <= 520; count += 1) {
      const found = orm.query.setting.findMany({
        where: (setting, { inArray }) =>
          inArray(
            setting.key,
            Array.from({ length: count }, (_, index) => `memory.${index}`),
          ),
      });
      expect(found.sync()).toEqual([]);
    }
  });
});

describe('the log of the database', () => {
  it('is written back once it is quiet, and not before', () => {
    vi.useFakeTimers();
    const database = makeLibrary();
    const { name } = database.sqlite;
    const settings = createSettingsRepository(database);
    const end = keepLogShort(database);
    const countInFile = (): number => {
      // Without its log: only what was written back is there.
      const copy = join(name, '..', `copy-${Math.random()}.db`);
      copyFileSync(name, copy);
      const opened = connect(copy);
      const present = opened.sqlite
        .prepare("SELECT count(*) FROM sqlite_master WHERE name = 'setting'")
        .pluck()
        .get();
      const rows = present === 0 ? 0 : opened.sqlite.prepare('SELECT count(*) FROM setting').pluck().get();
      opened.close();
      return Number(rows);
    };

    for (let count = 0; count < 150; count += 1) settings.remember('lastRebuildId', `${count}`);
    vi.advanceTimersByTime(2_000);
    settings.remember('wasSampleOffered', true);
    vi.advanceTimersByTime(2_000);
    expect(countInFile()).toBe(0);

    vi.advanceTimersByTime(2_000);
    expect(countInFile()).toBe(2);
    end();
    vi.useRealTimers();
  });
});
