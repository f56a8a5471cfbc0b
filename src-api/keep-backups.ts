import { statSync } from 'node:fs';
import { createBackup, listBackups } from '../src-data/backup.ts';
import type { DataFolder } from '../src-node/data-folder.ts';
import type { Logger } from '../src-node/logger.ts';

const dayMs = 24 * 3_600_000;
/** Often, and not once a day: a laptop that slept must not miss its day. */
const lookEveryMs = 5 * 60_000;
/** The first moments after a start belong to the person. */
const firstLookMs = 20_000;
/** What changed is copied before the end too, where that takes no longer than a moment. */
const quickSizeBytes = 50_000_000;
/** A large library is copied less often: 45 minutes for 180 MB. */
const pausePerByteMs = 15_000 / 1_000_000;

export interface BackupKeeperOptions {
  dataFolder: DataFolder;
  logger: Logger;
  /** Another number after every change of the library. */
  readChangeMark: () => number;
  now?: () => Date;
}

export interface BackupKeeper {
  /** Makes a backup if one is due. Never rejects: a failure is in the log, and is tried again. */
  look: () => Promise<void>;
  /** The last look, for what changed since. */
  stop: () => Promise<void>;
}

/**
 * Keeps the newest backup near the library: at the start and daily in any case, sooner after changes, and at the end.
 * Rotation keeps one of each day, so that more of them take no more space.
 */
export function keepBackups(options: BackupKeeperOptions): BackupKeeper {
  const { dataFolder, logger, readChangeMark, now = () => new Date() } = options;
  const { databaseFile, backupsFolder } = dataFolder;
  let savedMark = readChangeMark();
  let running: Promise<void> = Promise.resolve();

  function readAgeMs(): number {
    const at = now().getTime();
    // One of the future was made by a clock that was ahead.
    const newest = listBackups(backupsFolder).find(({ createdAt }) => createdAt.getTime() <= at);
    return newest === undefined ? Number.POSITIVE_INFINITY : at - newest.createdAt.getTime();
  }

  function isDue(): boolean {
    const ageMs = readAgeMs();
    if (ageMs >= dayMs) return true;
    const pauseMs = Math.max(lookEveryMs, statSync(databaseFile).size * pausePerByteMs);
    return readChangeMark() !== savedMark && ageMs >= pauseMs;
  }

  function isDueAtEnd(): boolean {
    return readChangeMark() !== savedMark && statSync(databaseFile).size <= quickSizeBytes;
  }

  async function backUpIf(isWanted: () => boolean): Promise<void> {
    try {
      if (!isWanted()) return;
      const mark = readChangeMark();
      const startedMs = performance.now();
      const { fileName, sizeBytes } = await createBackup(databaseFile, backupsFolder, now());
      savedMark = mark;
      logger.info({ fileName, sizeBytes, tookMs: Math.round(performance.now() - startedMs) }, 'backup made');
    } catch (error) {
      logger.warn({ err: error }, 'the backup failed; it is tried again');
    }
  }

  /** One after the other. */
  function enqueue(isWanted: () => boolean): Promise<void> {
    running = running.then(() => backUpIf(isWanted));
    return running;
  }

  const look = () => enqueue(isDue);
  const first = setTimeout(() => void look(), firstLookMs);
  const timer = setInterval(() => void look(), lookEveryMs);
  return {
    look,
    stop() {
      clearTimeout(first);
      clearInterval(timer);
      return enqueue(isDueAtEnd);
    },
  };
}
