import {
  closeSync,
  openSync,
  readdirSync,
  readlinkSync,
  rmSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { readErrorCode, type DataFolder } from '../../src-node/data-folder.ts';
import { killHard } from '../fixtures/kill-hard.ts';
import {
  allReady,
  connectClient,
  createLibrary,
  createUsedLibrary,
  Host,
  isRearmPending,
  letRearm,
  startSupervisor,
  startWorkflow,
  until,
  type Library,
} from './supervisor-harness.ts';

const databaseFile = ({ temporalFolder }: DataFolder): string => join(temporalFolder, 'temporal.db');

const findAside = ({ dataFolder }: Library): string[] =>
  readdirSync(dataFolder.temporalFolder).filter((name) => /^corrupt-.*\.db$/.test(name));

const damages: Record<string, (dataFolder: DataFolder) => void> = {
  'that is overwritten at its beginning': (dataFolder) => {
    const file = openSync(databaseFile(dataFolder), 'r+');
    writeSync(file, Buffer.alloc(4096, 'x'), 0, 4096, 0);
    closeSync(file);
    rmSync(`${databaseFile(dataFolder)}-wal`, { force: true });
  },
  'that has lost its log': (dataFolder) => rmSync(`${databaseFile(dataFolder)}-wal`),
  'that is a text': (dataFolder) => {
    writeFileSync(databaseFile(dataFolder), 'this is no database, however long one looks at it');
    rmSync(`${databaseFile(dataFolder)}-wal`, { force: true });
  },
};

describe('a Temporal file', () => {
  it.each(Object.entries(damages))(
    '%s is set aside and made anew, and the api arms everything again',
    async (_, damage) => {
      const library = await createUsedLibrary();
      damage(library.dataFolder);
      const supervisor = startSupervisor(library);
      const { api } = await until(
        supervisor,
        (statuses) => allReady(statuses) && statuses.api.message?.includes('temporal-rebuilt') === true,
      );
      const [aside] = findAside(library);
      expect(JSON.parse(api.message ?? '')).toMatchObject({ reason: 'corrupt', setAsideFile: aside });
      expect(aside).toBeDefined();
    },
  );

  it.each([
    ['empty', (dataFolder: DataFolder) => truncateSync(databaseFile(dataFolder), 0)],
    ['missing', (dataFolder: DataFolder) => rmSync(databaseFile(dataFolder))],
    [
      'other-version',
      ({ temporalFolder }: DataFolder) =>
        writeFileSync(join(temporalFolder, 'made-by.json'), '{"version":"1.5.1"}'),
    ],
  ] as const)('that is %s is made anew without a failed try', async (reason, damage) => {
    const library = await createUsedLibrary();
    damage(library.dataFolder);
    const supervisor = startSupervisor(library);
    const { api, temporal } = await until(
      supervisor,
      (statuses) => allReady(statuses) && statuses.api.message?.includes('temporal-rebuilt') === true,
    );
    expect(JSON.parse(api.message ?? '')).toMatchObject({ reason });
    expect(temporal.restartCount).toBe(0);
    expect(findAside(library)).toHaveLength(reason === 'missing' ? 0 : 1);
  });

  it('that was made anew is told to the api at every start until it has armed everything again', async () => {
    const library = createLibrary();
    const isTold = (statuses: { api: { message: string | null } }): boolean =>
      statuses.api.message?.includes('temporal-rebuilt') === true;
    for (let start = 1; start <= 2; start += 1) {
      const supervisor = startSupervisor(library);
      await until(supervisor, isTold);
      await supervisor.stop();
      expect(isRearmPending(library)).toBe(true);
    }
    letRearm(library);
    const last = startSupervisor(library);
    await until(last, isTold);
    await until(last, () => !isRearmPending(library));
  });

  it('whose first creation is killed at any moment is whole after the next start', async () => {
    for (const killAfterMs of [0, 15, 50, 150]) await killDuringCreation(killAfterMs);
  });
});

/** @param killAfterMs counted from the moment at which the new file appears on the disk */
async function killDuringCreation(killAfterMs: number): Promise<void> {
  const library = createLibrary();
  const first = new Host(library);
  const { temporalFolder } = library.dataFolder;
  while (!hasTemporalFile(temporalFolder)) await delay(2);
  // The moment itself is what varies here; there is no event for the middle of a creation.
  await delay(killAfterMs);
  first.process.kill('SIGKILL');
  for (const pid of findTemporalPids(temporalFolder)) killHard(pid);
  await first.killEverything();

  const second = startSupervisor(library);
  const statuses = await until(second, allReady);
  await startWorkflow(await connectClient(statuses), 'begun');
  expect(findAside(library)).toEqual([]);
  const files = readdirSync(library.dataFolder.temporalFolder);
  expect(files.filter((name) => name.startsWith('creating-'))).toEqual([]);
  await second.stop();
}

/** Folders are made, renamed and removed while it looks. */
function hasTemporalFile(folder: string): boolean {
  try {
    return readdirSync(folder, { recursive: true }).some((name) => String(name).endsWith('temporal.db'));
  } catch (error) {
    if (readErrorCode(error) !== 'ENOENT') throw error;
    return false;
  }
}

/** Servers with their working folder at or below this one, recorded or not. */
function findTemporalPids(folder: string): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => readLink(`/proc/${pid}/cwd`)?.startsWith(folder) === true)
    .map(Number);
}

function readLink(path: string): string | undefined {
  try {
    return readlinkSync(path);
  } catch {
    // The process has ended, or belongs to someone else.
    return undefined;
  }
}
