import { randomUUID } from 'node:crypto';
import { realpath } from 'node:fs/promises';
import { basename, resolve, sep } from 'node:path';
import type { DataFolder } from '../../src-node/data-folder.ts';
import { AppError } from '../../src-shared/domain/errors.ts';
import type { WatchFolder } from '../../src-shared/domain/watch-folder.ts';
import { workflowIds } from '../../src-shared/domain/workflows.ts';
import { cancelWorkflow, pauseWorkflow, resumeWorkflow, startWatching } from '../boundary/start-messages.ts';
import { examineFile } from './examine-file.ts';
import type { DurableChange, DurableHandler, QueryHandler } from './handler-types.ts';
import { describeEnd, describePause, describeResumption, describeWatching } from './preview-folders.ts';
import type { CommandServices } from './services.ts';

export const listWatchFolders: QueryHandler<'list-watch-folders'> = {
  answer: (_input, { folders }) => ({ folders: folders.list() }),
};

export const watchFolder: DurableHandler<'watch-folder'> = {
  async record({ path, storage }, services) {
    const folderPath = await findFolder(resolve(path), services.dataFolder);
    return () => {
      const present = services.folders.findByPath(folderPath);
      if (present !== undefined) {
        if (present.state === 'paused') return switchTo(services, present, 'active');
        return change(present, `${folderPath} is being watched already.`, []);
      }
      const folderId = randomUUID();
      services.folders.create({
        folderId,
        path: folderPath,
        storage: storage ?? services.settings.read().storage,
      });
      return change(
        { folderId, workflowId: workflowIds.watchFolder(folderId) },
        `${folderPath} will be watched: new recordings in it are ingested by themselves.`,
        [startWatching(folderId, false)],
      );
    };
  },
  preview: async ({ path, storage }, services) =>
    describeWatching(
      await findFolder(resolve(path), services.dataFolder),
      storage ?? services.settings.read().storage,
    ),
};

export const pauseWatchFolder: DurableHandler<'pause-watch-folder'> = {
  record:
    ({ folderId }, services) =>
    () =>
      switchTo(services, services.folders.get(folderId), 'paused'),
  preview: ({ folderId }, { folders }) => describePause(folders.get(folderId).path),
};

export const resumeWatchFolder: DurableHandler<'resume-watch-folder'> = {
  record:
    ({ folderId }, services) =>
    () =>
      switchTo(services, services.folders.get(folderId), 'active'),
  preview: ({ folderId }, { folders }) => describeResumption(folders.get(folderId).path),
};

export const removeWatchFolder: DurableHandler<'remove-watch-folder'> = {
  record:
    ({ folderId }, services) =>
    () => {
      const folder = services.folders.get(folderId);
      services.folders.remove(folderId);
      return change(
        folder,
        `${folder.path} is not watched any more. Its files and what was ingested stay as they are.`,
        [cancelWorkflow(folder.workflowId)],
      );
    },
  preview: ({ folderId }, { folders }) => describeEnd(folders.get(folderId).path),
};

function switchTo(
  { folders }: CommandServices,
  folder: WatchFolder,
  state: WatchFolder['state'],
): DurableChange {
  const isPaused = state === 'paused';
  folders.setState(folder.folderId, state);
  return change(
    folder,
    isPaused
      ? `Watching ${folder.path} pauses. New files wait until it is resumed.`
      : `${folder.path} is watched again, with the files that came meanwhile.`,
    // The start makes sure that there is someone to hear the signal, whatever became of the loop.
    [
      startWatching(folder.folderId, isPaused),
      isPaused ? pauseWorkflow(folder.workflowId) : resumeWorkflow(folder.workflowId),
    ],
  );
}

function change(
  folder: Pick<WatchFolder, 'folderId' | 'workflowId'>,
  message: string,
  messages: DurableChange['messages'],
): DurableChange {
  return { entityId: folder.folderId, workflowId: folder.workflowId, message, messages };
}

/**
 * One path for one folder, however it was reached.
 * @throws AppError `input.not-found`, `input.not-a-folder` or `input.invalid`
 */
async function findFolder(path: string, dataFolder: DataFolder): Promise<string> {
  const examined = await examineFile(path, { isFolderAllowed: true });
  if (!examined.isFolder) {
    throw new AppError({
      code: 'input.not-a-folder',
      userMessage: `${basename(path)} is a file. Nothing was changed. Choose the folder that it is in.`,
      retry: 'user',
      details: { path },
    });
  }
  const folderPath = await realpath(path);
  const { root, mediaFolder, scratchFolder } = dataFolder;
  const own = await Promise.all([mediaFolder, scratchFolder].map((folder) => realpath(folder)));
  // Watching our own copies would ingest them for ever.
  if (folderPath === (await realpath(root)) || own.some((folder) => isInside(folderPath, folder))) {
    throw new AppError({
      code: 'input.invalid',
      userMessage: `${folderPath} holds Longhand’s own files. Nothing was changed. Choose a folder apart from ${root}.`,
      retry: 'user',
      details: { path: folderPath },
    });
  }
  return folderPath;
}

function isInside(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder + sep);
}
