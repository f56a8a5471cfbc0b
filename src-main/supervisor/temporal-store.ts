import { randomUUID } from 'node:crypto';
import { mkdir, open, readFile, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { z } from 'zod';
import { readErrorCode } from '../../src-node/data-folder.ts';
import {
  temporalRebuildReasonSchema,
  type TemporalRebuildReason,
} from '../../src-node/supervisor-protocol.ts';

/** The database is named relative to the server's working folder: `#`, `?` and `%` in a whole path break it. */
export const temporalDatabaseName = 'temporal.db';

/** That the file was made anew and that what is due has not all been armed again since. */
export const temporalRebuildSchema = z.object({
  rebuildId: z.string(),
  reason: temporalRebuildReasonSchema,
  /** The name of the old file inside Temporal's folder, kept for support; null where there was none. */
  setAsideFile: z.string().nullable(),
});
export type TemporalRebuild = z.infer<typeof temporalRebuildSchema>;

const makerSchema = z.object({ version: z.string() });

const stagingPrefix = 'creating-';
const asidePrefix = 'corrupt-';
const keptAsideFiles = 3;

/**
 * The files of the Temporal server in its folder: `temporal.db` with its `-wal`, `made-by.json` with the version that
 * made it, and `rearm.json` from a rebuild until the api has armed everything again.
 */
export class TemporalStore {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Why the present file cannot be used, as far as that can be seen from outside; undefined where it can. */
  async findReasonToRebuild(version: string): Promise<TemporalRebuildReason | undefined> {
    const sizeBytes = await this.#readSize();
    if (sizeBytes === undefined) return 'missing';
    if (sizeBytes === 0) return 'empty';
    const maker = await this.#readJson('made-by.json', makerSchema);
    // The server does not migrate its schema, and with an older one schedules break.
    return maker?.version === version ? undefined : 'other-version';
  }

  /**
   * Takes the present file out of the way and makes a new one.
   * @param fill starts a server in the folder it is given and stops it once its database is complete
   */
  async rebuild(
    reason: TemporalRebuildReason,
    version: string,
    fill: (folder: string) => Promise<void>,
  ): Promise<TemporalRebuild> {
    await this.#removeStaging();
    const setAsideFile = await this.#setAside();
    // Written before the new file is there: a crash from here on must not hide that it is empty.
    const rebuild = await this.#notePending(reason, setAsideFile);

    // A kill during the very first creation leaves a file that looks complete and is not, so it is made elsewhere.
    const staging = join(this.#folder, `${stagingPrefix}${randomUUID()}`);
    await mkdir(staging, { mode: 0o700 });
    await fill(staging);
    await this.#adopt(staging, version);
    await rm(staging, { recursive: true, force: true });
    return rebuild;
  }

  /** The rebuild after which not everything has been armed again, if any: also one of an earlier run. */
  async readPendingRebuild(): Promise<TemporalRebuild | undefined> {
    return this.#readJson('rearm.json', temporalRebuildSchema);
  }

  /** Everything due has been armed again after this rebuild. */
  async forgetPendingRebuild(rebuildId: string): Promise<void> {
    if ((await this.readPendingRebuild())?.rebuildId === rebuildId)
      await rm(this.#path('rearm.json'), { force: true });
  }

  async #adopt(staging: string, version: string): Promise<void> {
    // Left over from a file that was set aside in a crash; a new database with a foreign log would be damaged.
    await rm(this.#path(`${temporalDatabaseName}-wal`), { force: true });
    await renameIfThere(
      join(staging, `${temporalDatabaseName}-wal`),
      this.#path(`${temporalDatabaseName}-wal`),
    );
    await writeFileAtomic(this.#path('made-by.json'), JSON.stringify({ version }));
    // The database is complete from the moment that it has its name: everything else comes before.
    await rename(join(staging, temporalDatabaseName), this.#path(temporalDatabaseName));
    await syncFolder(this.#folder);
  }

  async #setAside(): Promise<string | null> {
    const name = `${asidePrefix}${new Date().toISOString().replaceAll(':', '-')}.db`;
    const wasThere = await renameIfThere(this.#path(temporalDatabaseName), this.#path(name));
    await renameIfThere(this.#path(`${temporalDatabaseName}-wal`), this.#path(`${name}-wal`));
    await this.#dropOldAsideFiles();
    return wasThere ? name : null;
  }

  async #notePending(reason: TemporalRebuildReason, setAsideFile: string | null): Promise<TemporalRebuild> {
    const earlier = await this.readPendingRebuild();
    // Interrupted in between: what the person has to hear of is the first reason.
    const isContinued = reason === 'missing' && earlier !== undefined;
    const rebuild = {
      rebuildId: randomUUID(),
      reason: isContinued ? earlier.reason : reason,
      setAsideFile: setAsideFile ?? (isContinued ? earlier.setAsideFile : null),
    };
    await writeFileAtomic(this.#path('rearm.json'), JSON.stringify(rebuild));
    return rebuild;
  }

  async #dropOldAsideFiles(): Promise<void> {
    const names = (await readdir(this.#folder)).filter((name) => name.startsWith(asidePrefix));
    const databases = names.filter((name) => name.endsWith('.db')).sort();
    const dropped = databases.slice(0, Math.max(0, databases.length - keptAsideFiles));
    await Promise.all(
      dropped.flatMap((name) => [name, `${name}-wal`]).map((name) => rm(this.#path(name), { force: true })),
    );
  }

  async #removeStaging(): Promise<void> {
    const names = (await readdir(this.#folder)).filter((name) => name.startsWith(stagingPrefix));
    await Promise.all(names.map((name) => rm(this.#path(name), { recursive: true, force: true })));
  }

  async #readSize(): Promise<number | undefined> {
    try {
      return (await stat(this.#path(temporalDatabaseName))).size;
    } catch (error) {
      if (readErrorCode(error) === 'ENOENT') return undefined;
      throw error;
    }
  }

  async #readJson<Schema extends z.ZodType>(
    name: string,
    schema: Schema,
  ): Promise<z.infer<Schema> | undefined> {
    try {
      const parsed = schema.safeParse(JSON.parse(await readFile(this.#path(name), 'utf8')));
      return parsed.success ? parsed.data : undefined;
    } catch (error) {
      if (readErrorCode(error) === 'ENOENT' || error instanceof SyntaxError) return undefined;
      throw error;
    }
  }

  #path(name: string): string {
    return join(this.#folder, name);
  }
}

async function renameIfThere(from: string, to: string): Promise<boolean> {
  try {
    await rename(from, to);
    return true;
  } catch (error) {
    if (readErrorCode(error) === 'ENOENT') return false;
    throw error;
  }
}

async function syncFolder(folder: string): Promise<void> {
  // Windows has no such call for folders, and orders renames in its journal by itself.
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
