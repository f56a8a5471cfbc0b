import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  closeSync,
  existsSync,
  mkdtempSync,
  openSync,
  readdirSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createAssetRepository } from '../../src-data/assets.ts';
import { createBackup } from '../../src-data/backup.ts';
import { migrations, newestSchemaVersion } from '../../src-data/migrate.ts';
import { createNoticeRepository } from '../../src-data/notices.ts';
import { openLibrary, type OpenedLibrary } from '../../src-data/open-library.ts';
import {
  addAsset,
  makeLibrary,
  makeLibraryPlace,
  type LibraryPlace,
} from '../../src-data/testing/temporary-library.ts';
import { readErrorCode } from '../../src-node/data-folder.ts';

const dayMs = 24 * 3_600_000;

async function open(place: LibraryPlace): Promise<OpenedLibrary> {
  const opened = await openLibrary(place);
  onTestFinished(() => opened.database.close());
  return opened;
}

/** A closed library with one asset, and a backup that holds it. */
async function makeBackedUpLibrary(): Promise<{ place: LibraryPlace; assetId: string }> {
  const place = makeLibraryPlace();
  const { database } = await openLibrary(place);
  const assetId = addAsset(database);
  await createBackup(place.databaseFile, place.backupsFolder);
  addAsset(database);
  database.close();
  return { place, assetId };
}

function overwrite(path: string, position: number, lengthBytes: number): void {
  const file = openSync(path, 'r+');
  writeSync(file, Buffer.alloc(lengthBytes, 0xa5), 0, lengthBytes, position);
  closeSync(file);
}

function expectRestored(opened: OpenedLibrary, place: LibraryPlace, assetId: string): void {
  expect(opened.outcome).toBe('restored');
  expect(createAssetRepository(opened.database).find(assetId)?.assetId).toBe(assetId);
  const [notice] = createNoticeRepository(opened.database).list({ onlyUnread: true, limit: 10 });
  expect(notice).toMatchObject({ kind: 'library-restored', title: 'The library was restored' });
  expect(notice?.body).toMatch(/restored from the backup longhand-.*originals|original files are untouched/);
  expect(readdirSync(place.folder).filter((name) => name.includes('partial'))).toEqual([]);
}

describe('a damaged library', () => {
  const damages: [name: string, damage: (path: string) => void][] = [
    ['with a destroyed head', (path) => overwrite(path, 0, 100)],
    ['with destroyed pages in the middle', (path) => overwrite(path, 4096 * 3, 4096 * 4)],
    ['cut off in the middle', (path) => truncateSync(path, statSync(path).size / 2)],
    ['of zero bytes', (path) => truncateSync(path, 0)],
    ['that is some other file', (path) => writeFileSync(path, 'This is no database at all. '.repeat(1000))],
  ];

  it.each(damages)(
    '%s is set aside and restored from the newest backup, and says so',
    async (_name, damage) => {
      const { place, assetId } = await makeBackedUpLibrary();
      damage(place.databaseFile);
      const opened = await open(place);
      expectRestored(opened, place, assetId);
      const setAside = readdirSync(place.folder).filter((name) => name.startsWith('corrupt-'));
      expect(setAside.length).toBeGreaterThan(0);
    },
  );

  it('that is gone is restored too: a crash may have come between setting aside and restoring', async () => {
    const { place, assetId } = await makeBackedUpLibrary();
    rmSync(place.databaseFile);
    expectRestored(await open(place), place, assetId);
  });

  it('passes over a damaged backup for an older good one', async () => {
    const { place, assetId } = await makeBackedUpLibrary();
    const newer = await createBackup(
      place.databaseFile,
      place.backupsFolder,
      new Date(Date.now() + 2 * dayMs),
    );
    overwrite(newer.path, 4096, 8192);
    overwrite(place.databaseFile, 0, 100);
    const opened = await open(place);
    expectRestored(opened, place, assetId);
    expect(opened.backupFile).not.toBe(newer.path);
  });

  it('without any backup starts anew, keeps the damaged file and says so', async () => {
    const place = makeLibraryPlace();
    (await openLibrary(place)).database.close();
    overwrite(place.databaseFile, 0, 4096);
    const opened = await open(place);
    expect(opened.outcome).toBe('started-anew');
    expect(opened.setAsideFile !== null && existsSync(opened.setAsideFile)).toBe(true);
    const [notice] = createNoticeRepository(opened.database).list({ onlyUnread: true, limit: 10 });
    expect(notice?.title).toBe('The library had to start over');
  });

  it('is not mixed with the write-ahead log of the lost one', async () => {
    const { place, assetId } = await makeBackedUpLibrary();
    overwrite(place.databaseFile, 0, 100);
    writeFileSync(`${place.databaseFile}-wal`, Buffer.alloc(50_000, 7));
    expectRestored(await open(place), place, assetId);
  });
});

describe('a healthy library', () => {
  it('that was just made is new, and opens again without a word', async () => {
    const place = makeLibraryPlace();
    const first = await openLibrary(place);
    expect(first).toMatchObject({
      outcome: 'created',
      appliedMigrations: migrations.map(({ version }) => version),
    });
    first.database.close();
    const again = await open(place);
    expect(again).toMatchObject({ outcome: 'opened', appliedMigrations: [] });
    expect(createNoticeRepository(again.database).list({ onlyUnread: false, limit: 10 })).toEqual([]);
  });

  it('of a newer program is refused and left as it is', async () => {
    const place = makeLibraryPlace();
    const { database } = await openLibrary(place);
    database.sqlite.pragma(`user_version = ${newestSchemaVersion + 1}`);
    database.close();
    await expect(openLibrary(place)).rejects.toMatchObject({ code: 'storage.database-too-new' });
    expect(readdirSync(place.folder).filter((name) => name.startsWith('corrupt-'))).toEqual([]);
  });

  it('keeps everything acknowledged when the process is killed while it writes', async () => {
    const place = makeLibraryPlace();
    makeLibrary(place).close();
    const script = `
      const { connect } = await import(${JSON.stringify(pathToFileURL(join(import.meta.dirname, '../../src-data/database.ts')).href)});
      const { createNoticeRepository } = await import(${JSON.stringify(pathToFileURL(join(import.meta.dirname, '../../src-data/notices.ts')).href)});
      const notices = createNoticeRepository(connect(process.argv[1]));
      for (let count = 1; ; count += 1) {
        notices.add({ kind: 'model-ready', title: String(count), body: '', target: { screen: 'activity' } });
        process.stdout.write(count + '\\n');
      }`;
    const child = spawn(process.execPath, ['--input-type=module', '--eval', script, place.databaseFile], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let acknowledged = 0;
    for await (const data of child.stdout) {
      const lines = String(data).trim().split('\n');
      acknowledged = Number(lines.at(-1));
      if (acknowledged >= 20 && !child.killed) child.kill('SIGKILL');
    }
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    const opened = await open(place);
    expect(opened.outcome).toBe('opened');
    const titles = createNoticeRepository(opened.database)
      .list({ onlyUnread: false, limit: 100_000 })
      .map(({ title }) => Number(title));
    expect(Math.max(...titles)).toBeGreaterThanOrEqual(acknowledged);
  });
});

describe('a migration', () => {
  it('that was killed half-way leaves the library as it was, and is done at the next start', async () => {
    const place = makeLibraryPlace();
    // Killed inside the transaction of the migration, after its first statements.
    const script = `
      const { connect } = await import(${JSON.stringify(pathToFileURL(join(import.meta.dirname, '../../src-data/database.ts')).href)});
      const { initialMigration } = await import(${JSON.stringify(pathToFileURL(join(import.meta.dirname, '../../src-data/migrations/0001-initial.ts')).href)});
      const { sqlite } = connect(process.argv[1]);
      sqlite.transaction(() => {
        sqlite.exec(initialMigration.sql);
        process.kill(process.pid, 'SIGKILL');
      }).exclusive();`;
    const child = spawn(process.execPath, ['--input-type=module', '--eval', script, place.databaseFile], {
      stdio: 'inherit',
    });
    await once(child, 'exit');
    expect(child.signalCode).toBe('SIGKILL');
    const opened = await open(place);
    expect(opened).toMatchObject({
      outcome: 'created',
      appliedMigrations: migrations.map(({ version }) => version),
    });
    addAsset(opened.database);
  });
});

describe('a library that cannot be written', () => {
  it.skipIf(process.platform === 'win32')('is named as such', () => {
    const place = makeLibraryPlace();
    onTestFinished(() => chmodSync(place.folder, 0o700));
    expect(openWithoutRightToWrite(place)).toBe('storage.read-only');
  });

  it.skipIf(!canMount())(
    'because its disk is full says so, keeps what is there, and goes on later',
    async () => {
      const folder = mountSmallDisk();
      const place = { folder, databaseFile: join(folder, 'longhand.db'), backupsFolder: folder };
      const opened = await open(place);
      const kept = addAsset(opened.database);
      const filler = join(folder, 'filler');
      writeUntilFull(filler);
      const fill = () => {
        for (let index = 0; index < 1000; index += 1) addAsset(opened.database, { title: 'x'.repeat(4000) });
      };
      expect(fill).toThrow(expect.objectContaining({ code: 'storage.disk-full' }));
      expect(createAssetRepository(opened.database).find(kept)?.assetId).toBe(kept);
      await expect(createBackup(place.databaseFile, folder)).rejects.toMatchObject({
        code: 'storage.disk-full',
      });
      expect(readdirSync(folder).filter((name) => name.includes('partial'))).toEqual([]);
      rmSync(filler);
      addAsset(opened.database);
    },
  );
});

/**
 * Makes a library in a process of its own, takes the right to write away from it, opens it again, and returns the code
 * of the error. Root may write everywhere, so that process becomes nobody once it has loaded what it needs.
 */
function openWithoutRightToWrite(place: LibraryPlace): string {
  const script = `
    const { chmodSync, chownSync, readdirSync } = await import('node:fs');
    const { openLibrary } = await import(${JSON.stringify(pathToFileURL(join(import.meta.dirname, '../../src-data/open-library.ts')).href)});
    const place = JSON.parse(process.argv[1]);
    (await openLibrary(place)).database.close();
    const nobody = 65534;
    const isRoot = process.getuid() === 0;
    const paths = readdirSync(place.folder, { recursive: true }).map((name) => place.folder + '/' + name);
    if (isRoot) for (const path of [place.folder, ...paths]) chownSync(path, nobody, nobody);
    chmodSync(place.databaseFile, 0o400);
    chmodSync(place.folder, 0o500);
    if (isRoot) {
      process.setgroups([]);
      process.setgid(nobody);
      process.setuid(nobody);
    }
    const outcome = await openLibrary(place).then(({ outcome }) => outcome, (error) => error.code ?? String(error));
    process.stdout.write(outcome);`;
  const args = ['--disable-warning=ExperimentalWarning', '--input-type=module', '--eval', script];
  return execFileSync(process.execPath, [...args, JSON.stringify(place)], { encoding: 'utf8' });
}

/** A container may forbid it even to root. */
function canMount(): boolean {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return false;
  const folder = mkdtempSync(join(tmpdir(), 'longhand-mount-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', folder], { stdio: 'ignore' });
    execFileSync('umount', [folder]);
    return true;
  } catch {
    return false; // Then the test that needs it is skipped, and its report says so.
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function mountSmallDisk(): string {
  const { folder } = makeLibraryPlace();
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=4m,mode=700', 'tmpfs', folder]);
  // Lazily: the library is closed by a later clean-up.
  onTestFinished(() => void execFileSync('umount', ['--lazy', folder]));
  return folder;
}

function writeUntilFull(path: string): void {
  const file = openSync(path, 'w');
  try {
    for (;;) writeSync(file, Buffer.alloc(4096));
  } catch (error) {
    if (readErrorCode(error) !== 'ENOSPC') throw error;
  } finally {
    closeSync(file);
  }
}
