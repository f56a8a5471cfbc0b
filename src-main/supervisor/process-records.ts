import { mkdir, readFile, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import writeFileAtomic from 'write-file-atomic';
import { z } from 'zod';
import { readErrorCode, type DataFolder } from '../../src-node/data-folder.ts';
import type { Logger } from '../../src-node/logger.ts';
import {
  isStillRunning,
  processIdentitySchema,
  readOwnIdentity,
  readProcessIdentity,
  signalProcess,
  type ProcessIdentity,
} from '../../src-node/process-identity.ts';

const processRecordSchema = z.object({
  label: z.string(),
  identity: processIdentitySchema,
  /** The supervisor that started it. */
  supervisor: processIdentitySchema,
});
type ProcessRecord = z.infer<typeof processRecordSchema>;

const pollEveryMs = 25;

/** How long an orphan may take to end by itself after SIGTERM; Temporal needs about two seconds. */
const orphanGraceMs = 4000;

/** Where a process is recorded, and under which name: `label` is unique among what runs at the same time. */
export interface RecordPlace {
  dataFolder: DataFolder;
  label: string;
  logger: Logger;
}

/**
 * Notes which process was started under a label, so that it can be found again after a crash of this one. Never
 * rejects: without a record (full disk) the process can still be used, and only an orphan could not be told later.
 */
export async function recordProcess({ dataFolder, label, logger }: RecordPlace, pid: number): Promise<void> {
  try {
    const identity = await readProcessIdentity(pid);
    // Gone already: its exit is reported.
    if (identity === undefined) return;
    const record: ProcessRecord = { label, identity, supervisor: await readOwnIdentity() };
    await mkdir(recordsFolder(dataFolder), { recursive: true, mode: 0o700 });
    await writeFileAtomic(recordPath(dataFolder, label), JSON.stringify(record), { mode: 0o600 });
  } catch (error) {
    logger.warn({ err: error, label }, 'a process could not be recorded');
  }
}

/** Forgets a process that has ended. Never rejects: a record that stays is compared with the living before its use. */
export async function forgetProcess({ dataFolder, label, logger }: RecordPlace): Promise<void> {
  try {
    await unlink(recordPath(dataFolder, label));
  } catch (error) {
    if (readErrorCode(error) !== 'ENOENT')
      logger.warn({ err: error, label }, 'the record of a process stays');
  }
}

/**
 * Ends what an earlier supervisor left behind under a label, and resolves once it is gone. A recorded pid that by now
 * belongs to another process is left alone.
 * @returns true where there was an orphan
 */
export async function reapOrphan(place: RecordPlace): Promise<boolean> {
  const { dataFolder, label, logger } = place;
  const record = await readRecord(recordPath(dataFolder, label));
  if (record === undefined) return false;
  const wasRunning = await isStillRunning(record.identity);
  if (wasRunning) {
    logger.warn({ label, pid: record.identity.pid }, 'ending a process that an earlier run left behind');
    await endOrphan(record.identity);
  }
  await forgetProcess(place);
  return wasRunning;
}

/** Ends a process that is not our child, gently at first, and resolves once it is gone. */
export async function endOrphan(identity: ProcessIdentity): Promise<void> {
  await signalProcess(identity, 'SIGTERM');
  if (await waitUntilGone(identity, orphanGraceMs)) return;
  await signalProcess(identity, 'SIGKILL');
  if (await waitUntilGone(identity, orphanGraceMs)) return;
  throw new Error(`process ${identity.pid} of an earlier run does not end`);
}

/** Not our child, so no event tells of its end. */
async function waitUntilGone(identity: ProcessIdentity, withinMs: number): Promise<boolean> {
  const deadline = performance.now() + withinMs;
  while (await isStillRunning(identity)) {
    if (performance.now() > deadline) return false;
    await delay(pollEveryMs);
  }
  return true;
}

async function readRecord(path: string): Promise<ProcessRecord | undefined> {
  try {
    const parsed = processRecordSchema.safeParse(JSON.parse(await readFile(path, 'utf8')));
    return parsed.success ? parsed.data : undefined;
  } catch (error) {
    if (readErrorCode(error) === 'ENOENT' || error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function recordsFolder(dataFolder: DataFolder): string {
  return join(dataFolder.runFolder, 'processes');
}

function recordPath(dataFolder: DataFolder, label: string): string {
  return join(recordsFolder(dataFolder), `${label}.json`);
}
