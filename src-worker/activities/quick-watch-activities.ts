import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { AppError } from '../../src-shared/domain/errors.ts';
import type { FoundFile, QuickWatchActivities } from '../workflows/activity-contracts.ts';
import type { WorkerDependencies } from './dependencies.ts';
import { runActivity } from './run-activity.ts';

/** What a watched folder does with what it found. */
export function createQuickWatchActivities(dependencies: WorkerDependencies): QuickWatchActivities {
  const { folders, boundary, logger, notices, database } = dependencies;

  async function importFile(folderId: string, file: FoundFile): Promise<void> {
    const folder = folders.find(folderId);
    if (folder === undefined) return;
    const entry = folders.listEntries(folderId).get(file.path);
    if (entry?.sizeBytes === file.sizeBytes && entry.modifiedAt === file.modifiedAt) return;
    // Changed or gone since it was found: the next scan sees it as it is then.
    if (!(await isStillThere(file))) return;
    try {
      const { assetId } = await boundary.ingestMedia(
        { path: file.path, storage: folder.storage },
        importKey(folderId, file),
      );
      folders.recordEntry(folderId, { ...file, assetId });
    } catch (thrown) {
      if (!(thrown instanceof AppError) || thrown.retry === 'auto') throw thrown;
      // The boundary will never take this file as it is: noted, so that it is not offered again and again.
      logger.warn({ err: thrown, path: file.path }, 'a file of a watched folder was refused');
      folders.recordEntry(folderId, { ...file, assetId: null });
    }
  }

  return {
    importFile: ({ folderId, file }) =>
      runActivity(logger, { heartbeatEveryMs: null }, () => importFile(folderId, file)),

    recordFolderProblem: ({ folderId, error }) =>
      runActivity(logger, { heartbeatEveryMs: null }, () =>
        database.transaction(() => {
          const folder = folders.find(folderId);
          if (folder === undefined) return;
          folders.setScanResult(folderId, { waitingCount: folder.waitingCount, error });
          if (folder.error?.code === error.code) return;
          notices.add({
            kind: 'folder-problem',
            title: `Watched folder: ${basename(folder.path)}`,
            body: error.userMessage,
            target: { screen: 'settings', section: 'folders' },
          });
        }),
      ),
  };
}

/**
 * The same for the same file however often it is offered: killed between the call and the record, the boundary then
 * answers with the asset it made the first time.
 */
export function importKey(folderId: string, file: FoundFile): string {
  const identity = JSON.stringify([file.path, file.sizeBytes, file.modifiedAt]);
  return `watch:${folderId}:${createHash('sha256').update(identity).digest('hex')}`;
}

async function isStillThere(file: FoundFile): Promise<boolean> {
  const now = await stat(file.path).catch(() => null);
  return now?.size === file.sizeBytes && now.mtime.toISOString() === file.modifiedAt;
}
