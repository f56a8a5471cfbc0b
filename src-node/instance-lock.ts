import { createHash, randomUUID } from 'node:crypto';
import { link, readFile, rename, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import { readErrorCode, toDataFolderError, type DataFolder } from './data-folder.ts';
import { isStillRunning, processIdentitySchema, readOwnIdentity } from './process-identity.ts';

/** Who runs the services of a data folder: with a window, or `headless` (`longhand serve`). */
export const instanceHolderSchema = z.object({
  identity: processIdentitySchema,
  kind: z.enum(['window', 'headless']),
  apiSocket: z.string(),
  version: z.string(),
  startedAt: z.iso.datetime(),
});
export type InstanceHolder = z.infer<typeof instanceHolderSchema>;

export interface InstanceLock {
  readonly holder: InstanceHolder;
  /** Gives the data folder free. Does nothing where another one holds it by now. */
  release(): Promise<void>;
}

export type LockOutcome =
  { outcome: 'acquired'; lock: InstanceLock } | { outcome: 'held'; holder: InstanceHolder };

export interface AcquireOptions {
  dataFolder: DataFolder;
  kind: InstanceHolder['kind'];
  version: string;
}

const retryAfterMs = 20;

/**
 * Makes this process the one that runs the services of the data folder, or tells who already does. A lock whose
 * holder is gone (crash, power cut) is taken over; of any number that try so at once exactly one succeeds.
 * @throws AppError `storage.read-only` or `storage.disk-full`
 */
export async function acquireInstanceLock(options: AcquireOptions): Promise<LockOutcome> {
  const holder: InstanceHolder = {
    identity: await readOwnIdentity(),
    kind: options.kind,
    apiSocket: options.dataFolder.apiSocket,
    version: options.version,
    startedAt: new Date().toISOString(),
  };
  const path = lockPath(options.dataFolder);
  try {
    const outcome = await acquireFile(path, holder);
    if (outcome !== 'acquired') return { outcome: 'held', holder: outcome };
  } catch (error) {
    throw toDataFolderError(error, options.dataFolder.root);
  }
  return { outcome: 'acquired', lock: { holder, release: () => releaseFile(path, holder) } };
}

/** Who runs the services of the data folder now, or undefined. Writes nothing. */
export async function readInstanceHolder(dataFolder: DataFolder): Promise<InstanceHolder | undefined> {
  const content = await readIfThere(lockPath(dataFolder));
  const holder = content === undefined ? undefined : parseHolder(content);
  return holder !== undefined && (await isStillRunning(holder.identity)) ? holder : undefined;
}

function lockPath(dataFolder: DataFolder): string {
  return join(dataFolder.runFolder, 'instance.json');
}

/**
 * The lock file is made with its content in one step (`link` fails where the name exists). A stale one may be replaced
 * only by who holds a second lock that is named after the stale content: so no two can replace the same one, and none
 * can replace a fresh one by mistake. That second lock is taken in the same way, should its holder crash in turn.
 */
async function acquireFile(path: string, holder: InstanceHolder): Promise<'acquired' | InstanceHolder> {
  const content = JSON.stringify(holder);
  for (;;) {
    if (await createWhole(path, content)) return 'acquired';
    const present = await readIfThere(path);
    if (present === undefined) continue;
    const presentHolder = parseHolder(present);
    if (presentHolder !== undefined && (await isStillRunning(presentHolder.identity))) {
      // This process holds it already, through an earlier call or as the winner of a takeover.
      return presentHolder;
    }
    const takeover = `${path}.takeover-${createHash('sha256').update(present).digest('hex').slice(0, 16)}`;
    if ((await acquireFile(takeover, holder)) !== 'acquired') {
      await delay(retryAfterMs);
      continue;
    }
    try {
      if ((await readIfThere(path)) !== present) continue;
      await replaceWhole(path, content);
      return 'acquired';
    } finally {
      await releaseFile(takeover, holder);
    }
  }
}

async function releaseFile(path: string, holder: InstanceHolder): Promise<void> {
  if ((await readIfThere(path)) !== JSON.stringify(holder)) return;
  await unlinkIfThere(path);
}

function parseHolder(content: string): InstanceHolder | undefined {
  try {
    const parsed = instanceHolderSchema.safeParse(JSON.parse(content));
    return parsed.success ? parsed.data : undefined;
  } catch (error) {
    // Cut off by a power cut, or written by another version: nobody alive is behind it that we could name.
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

async function createWhole(path: string, content: string): Promise<boolean> {
  const temporary = await writeTemporary(path, content);
  try {
    await link(temporary, path);
    return true;
  } catch (error) {
    const code = readErrorCode(error);
    if (code === 'EEXIST') return false;
    if (code === 'EPERM' || code === 'ENOTSUP' || code === 'ENOSYS')
      return await createWithoutLinks(path, content);
    throw error;
  } finally {
    await unlinkIfThere(temporary);
  }
}

/** For file systems without hard links (exFAT, some network shares): as good, but not whole in one step. */
async function createWithoutLinks(path: string, content: string): Promise<boolean> {
  try {
    await writeFile(path, content, { flag: 'wx', mode: 0o600, flush: true });
    return true;
  } catch (error) {
    if (readErrorCode(error) === 'EEXIST') return false;
    throw error;
  }
}

async function replaceWhole(path: string, content: string): Promise<void> {
  await rename(await writeTemporary(path, content), path);
}

async function writeTemporary(path: string, content: string): Promise<string> {
  const temporary = `${path}.${randomUUID()}.tmp`;
  await writeFile(temporary, content, { flag: 'wx', mode: 0o600, flush: true });
  return temporary;
}

async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (readErrorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

async function unlinkIfThere(path: string): Promise<void> {
  try {
    await unlink(path);
  } catch (error) {
    if (readErrorCode(error) !== 'ENOENT') throw error;
  }
}
