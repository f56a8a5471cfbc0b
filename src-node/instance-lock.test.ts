import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDataFolder, type DataFolder } from './data-folder.ts';
import { acquireInstanceLock, readInstanceHolder } from './instance-lock.ts';

let dataFolder: DataFolder;

beforeEach(() => {
  dataFolder = openDataFolder(mkdtempSync(join(tmpdir(), 'longhand-lock-')));
});

afterEach(() => {
  rmSync(dataFolder.root, { recursive: true, force: true });
});

const acquire = (kind: 'window' | 'headless' = 'window') =>
  acquireInstanceLock({ dataFolder, kind, version: '1.0.0' });

const lockFile = (): string => join(dataFolder.runFolder, 'instance.json');

function leaveStaleLock(): void {
  const identity = { pid: process.pid, startMark: 'of an earlier process' };
  const holder = {
    identity,
    kind: 'window',
    apiSocket: 'x',
    version: '0',
    startedAt: '2026-01-01T00:00:00Z',
  };
  writeFileSync(lockFile(), JSON.stringify(holder));
}

describe('acquireInstanceLock', () => {
  it('tells the second one who holds the data folder', async () => {
    expect((await acquire('headless')).outcome).toBe('acquired');
    expect(await acquire('window')).toMatchObject({
      outcome: 'held',
      holder: { kind: 'headless', apiSocket: dataFolder.apiSocket, identity: { pid: process.pid } },
    });
  });

  it('gives the data folder free again', async () => {
    const first = await acquire();
    if (first.outcome !== 'acquired') throw new Error('not acquired');
    await first.lock.release();
    expect(await readInstanceHolder(dataFolder)).toBeUndefined();
    expect((await acquire()).outcome).toBe('acquired');
  });

  it.each([
    ['of a process that is gone', leaveStaleLock],
    ['that is cut off', () => writeFileSync(lockFile(), '{"identity":{"pi')],
    ['that is empty', () => writeFileSync(lockFile(), '')],
  ])('takes over a lock %s', async (_title, leave) => {
    leave();
    expect(await readInstanceHolder(dataFolder)).toBeUndefined();
    expect((await acquire()).outcome).toBe('acquired');
    expect(await readInstanceHolder(dataFolder)).toMatchObject({ identity: { pid: process.pid } });
    expect(readdirSync(dataFolder.runFolder)).toEqual(['instance.json']);
  });

  it('takes over a lock whose earlier takeover was itself cut short', async () => {
    leaveStaleLock();
    const stale = readFileSync(lockFile(), 'utf8');
    const { createHash } = await import('node:crypto');
    const name = createHash('sha256').update(stale).digest('hex').slice(0, 16);
    writeFileSync(`${lockFile()}.takeover-${name}`, stale);
    expect((await acquire()).outcome).toBe('acquired');
  });

  it('lets exactly one of many programs take over a stale lock', async () => {
    leaveStaleLock();
    const module = pathToFileURL(join(import.meta.dirname, 'instance-lock.ts')).href;
    const script = `import { acquireInstanceLock } from '${module}';
const dataFolder = JSON.parse(process.argv[1]);
process.stdin.once('data', async () => {
  const { outcome } = await acquireInstanceLock({ dataFolder, kind: 'headless', version: '1' });
  process.stdout.write(outcome);
  process.stdout.end();
});
process.stderr.write('waiting');`;
    const run = ['--disable-warning=ExperimentalWarning', '--input-type=module', '--eval', script];
    const programs = Array.from({ length: 6 }, () =>
      spawn(process.execPath, [...run, '--', JSON.stringify(dataFolder)], { stdio: 'pipe' }),
    );
    await Promise.all(programs.map((program) => once(program.stderr, 'data')));
    const answers = programs.map((program) => text(program.stdout));
    // All go off together, and stay alive until all have answered.
    for (const program of programs) program.stdin.write('go');
    const outcomes = await Promise.all(answers);
    expect(outcomes.filter((outcome) => outcome === 'acquired')).toHaveLength(1);
    expect(outcomes.filter((outcome) => outcome === 'held')).toHaveLength(5);
    for (const program of programs) program.kill('SIGKILL');
  });
});
