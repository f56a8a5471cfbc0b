import { createBackup, listBackups } from '../src-data/backup.ts';
import type { DataFolder } from '../src-node/data-folder.ts';
import type { Logger } from '../src-node/logger.ts';

const dayMs = 24 * 3_600_000;
/** Often, and not once a day: a laptop that slept must not miss its day. */
const lookEveryMs = 15 * 60_000;
/** The first minutes after a start belong to the person. */
const firstLookMs = 20_000;

export interface BackupKeeperOptions {
  dataFolder: DataFolder;
  logger: Logger;
  now?: () => Date;
}

/** Makes a backup whenever the newest is older than a day. A failure is told in the log and tried again. */
export function keepBackups(options: BackupKeeperOptions): {
  look: () => Promise<void>;
  stop: () => Promise<void>;
} {
  const { dataFolder, logger, now = () => new Date() } = options;
  let looking: Promise<void> | undefined;

  async function backUpIfDue(): Promise<void> {
    const [newest] = listBackups(dataFolder.backupsFolder);
    if (newest !== undefined && now().getTime() - newest.createdAt.getTime() < dayMs) return;
    const startedAtMs = performance.now();
    const { fileName, sizeBytes } = await createBackup(
      dataFolder.databaseFile,
      dataFolder.backupsFolder,
      now(),
    );
    logger.info({ fileName, sizeBytes, tookMs: Math.round(performance.now() - startedAtMs) }, 'backup made');
  }

  function look(): Promise<void> {
    looking ??= backUpIfDue()
      .catch((error: unknown) => logger.warn({ err: error }, 'the backup failed; it is tried again'))
      .finally(() => {
        looking = undefined;
      });
    return looking;
  }

  const first = setTimeout(() => void look(), firstLookMs);
  const timer = setInterval(() => void look(), lookEveryMs);
  return {
    look,
    async stop() {
      clearTimeout(first);
      clearInterval(timer);
      await looking;
    },
  };
}
