import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { describeDataFolder, openDataFolder, resolveDataFolder } from './data-folder.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'longhand-data-folder-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe('resolveDataFolder', () => {
  it('prefers LONGHAND_HOME', () => {
    expect(resolveDataFolder({ LONGHAND_HOME: '/elsewhere' }, 'linux', '/home/ann')).toBe('/elsewhere');
  });

  it.each([
    ['linux', {}, '/home/ann/.local/share/longhand'],
    ['linux', { XDG_DATA_HOME: '/data' }, '/data/longhand'],
    ['linux', { XDG_DATA_HOME: 'not/absolute' }, '/home/ann/.local/share/longhand'],
    ['darwin', {}, '/home/ann/Library/Application Support/Longhand'],
    ['linux', { LONGHAND_HOME: '' }, '/home/ann/.local/share/longhand'],
  ] as const)('knows the usual place on %s with %o', (platform, env, expected) => {
    expect(resolveDataFolder(env, platform, '/home/ann')).toBe(expected);
  });
});

describe('describeDataFolder', () => {
  it('keeps the path of the socket short enough for the system, however long the data folder is', () => {
    const deep = describeDataFolder(join('/home/ann', 'a-folder'.repeat(20)));
    expect(Buffer.byteLength(deep.apiSocket)).toBeLessThan(104);
    expect(describeDataFolder('/home/ann/l').apiSocket).toBe('/home/ann/l/run/api.sock');
  });

  it('gives two deep data folders two sockets', () => {
    const [one, other] = ['one', 'other'].map(
      (name) => describeDataFolder(join('/x'.repeat(80), name)).apiSocket,
    );
    expect(one).not.toBe(other);
  });
});

describe('openDataFolder', () => {
  it('makes folders that only their owner can read', () => {
    const opened = openDataFolder(join(folder, 'new', 'home'));
    for (const path of [opened.root, opened.runFolder, opened.temporalFolder, opened.screenshotsFolder]) {
      expect(statSync(path).mode & 0o777).toBe(0o700);
    }
  });

  it('says that it is not a folder where a file stands in the way', () => {
    writeFileSync(join(folder, 'file'), '');
    expect(() => openDataFolder(join(folder, 'file'))).toThrow(
      expect.objectContaining({ code: 'input.not-a-folder' }),
    );
  });

  it('says that it cannot be written', () => {
    // Root may write into any folder of a disk, so it gets one that the kernel itself guards.
    const closed = process.getuid?.() === 0 ? '/sys/longhand' : join(folder, 'closed');
    if (process.getuid?.() !== 0) mkdirSync(closed, { mode: 0o500 });
    expect(() => openDataFolder(closed)).toThrow(
      expect.objectContaining({ code: 'storage.read-only', retry: 'user' }),
    );
  });
});
