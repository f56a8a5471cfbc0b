import { basename } from 'node:path';
import { watch, type FSWatcher } from 'chokidar';
import type { WatchEntry } from '../../src-data/watch-folders.ts';
import { AppError, toAppError } from '../../src-shared/domain/errors.ts';
import { isMediaFileName, isTemporaryFileName } from '../../src-shared/domain/media-kinds.ts';
import type { FoundFile, WatchActivities, WatchOutcome } from '../workflows/activity-contracts.ts';
import type { WorkerDependencies } from './dependencies.ts';
import { scanFolder } from './folder-scan.ts';
import { runActivity } from './run-activity.ts';
import { SettledFiles } from './settled-files.ts';

/** Files handed to the workflow at once: few, so that pausing takes hold soon and its history stays small. */
const batchLimit = 20;

/** Waits for new files in watched folders. The scan decides; the operating system's hints only make it come sooner. */
export function createWatchActivities(dependencies: WorkerDependencies): WatchActivities {
  const {
    assets,
    folders,
    logger,
    media,
    notices,
    database,
    dataFolder,
    watchTimings: timings,
  } = dependencies;

  function saveScan(folderId: string, path: string, waitingCount: number, error: AppError | null): void {
    database.transaction(() => {
      const before = folders.find(folderId);
      if (before === undefined) return;
      folders.setScanResult(folderId, { waitingCount, error: error?.toDto() ?? null });
      if (error === null || before.error?.code === error.code) return;
      notices.add({
        kind: 'folder-problem',
        title: `Watched folder: ${basename(path)}`,
        body: error.userMessage,
        target: { screen: 'settings', section: 'folders' },
      });
    });
  }

  /** One look at the folder. A folder that cannot be read is said on its row, and looked at again later. */
  async function look(
    folder: { folderId: string; path: string; waitingCount: number },
    settled: SettledFiles,
    signal: AbortSignal,
  ): Promise<{ ready: FoundFile[]; nextLookInMs: number }> {
    try {
      const listing = await scanFolder(folder.path, { signal, excludedFolders: [dataFolder.root] });
      const imported = folders.listEntries(folder.folderId);
      const sorted = settled.sort(listing.media, imported, Date.now());
      saveScan(folder.folderId, folder.path, sorted.waitingCount + listing.foreignCount, null);
      return {
        ready: await leaveOutTouched(folder.folderId, sorted.ready, imported, signal),
        nextLookInMs: Math.min(timings.scanEveryMs, sorted.nextLookInMs ?? timings.scanEveryMs),
      };
    } catch (thrown) {
      if (!(thrown instanceof AppError)) throw thrown;
      saveScan(folder.folderId, folder.path, folder.waitingCount, toAppError(thrown));
      return { ready: [], nextLookInMs: timings.scanEveryMs };
    }
  }

  /** A file with another time and the same content (copied back, touched) is no new recording. */
  async function leaveOutTouched(
    folderId: string,
    files: readonly FoundFile[],
    imported: ReadonlyMap<string, WatchEntry>,
    signal: AbortSignal,
  ): Promise<FoundFile[]> {
    const changed: FoundFile[] = [];
    for (const file of files) {
      const entry = imported.get(file.path);
      const known = entry?.assetId == null ? undefined : assets.find(entry.assetId);
      if (entry === undefined || known?.contentHash == null || known.sizeBytes !== file.sizeBytes) {
        changed.push(file);
        continue;
      }
      const { contentHash } = await media.readContent(file.path, { signal });
      if (contentHash === known.contentHash) folders.renewEntry(folderId, { ...entry, ...file });
      else changed.push(file);
    }
    return changed;
  }

  async function awaitFiles(folderId: string, signal: AbortSignal): Promise<WatchOutcome> {
    const started = Date.now();
    const settled = new SettledFiles(timings.settleMs);
    let hints: FolderHints | undefined;
    let nextLookAt = started;
    try {
      for (;;) {
        signal.throwIfAborted();
        const now = Date.now();
        // The row says more than any signal: it is right also where one was lost.
        const folder = folders.find(folderId);
        if (folder === undefined) return { state: 'removed' };
        hints ??= new FolderHints(folder.path, (error) =>
          logger.debug({ err: error }, 'no hints for a folder'),
        );
        const hintedAt = hints.takeHint();
        if (hintedAt !== undefined) nextLookAt = Math.min(nextLookAt, hintedAt + timings.hintDelayMs);
        if (folder.state === 'active' && now >= nextLookAt) {
          const { ready, nextLookInMs } = await look(folder, settled, signal);
          if (ready.length > 0) return { state: 'found', files: ready.slice(0, batchLimit) };
          nextLookAt = Date.now() + nextLookInMs;
        }
        if (now - started >= timings.longestWaitMs) return { state: 'nothing-new' };
        const untilLook =
          folder.state === 'active' ? Math.max(1, nextLookAt - Date.now()) : timings.rowLookMs;
        await hints.wait(Math.min(timings.rowLookMs, untilLook), signal);
      }
    } finally {
      await hints?.close();
    }
  }

  return {
    awaitNewFiles: ({ folderId }) =>
      runActivity(logger, { heartbeatEveryMs: timings.heartbeatMs }, ({ signal }) =>
        awaitFiles(folderId, signal),
      ),
  };
}

/** The operating system's hints that something in a folder has changed. They may be late, doubled or missing. */
class FolderHints {
  readonly #watcher: FSWatcher;
  #hintedAt: number | undefined;
  #wake: (() => void) | undefined;

  constructor(path: string, onError: (error: unknown) => void) {
    this.#watcher = watch(path, {
      ignoreInitial: true,
      followSymlinks: false,
      // Foreign files are not even watched.
      ignored: (candidate, stats) => {
        const name = basename(candidate);
        if (candidate === path) return false;
        return isTemporaryFileName(name) || (stats?.isFile() === true && !isMediaFileName(name));
      },
    });
    this.#watcher.on('all', () => {
      this.#hintedAt ??= Date.now();
      this.#wake?.();
    });
    this.#watcher.on('error', onError);
  }

  /** When the first hint since the last call came, if any did. */
  takeHint(): number | undefined {
    const hintedAt = this.#hintedAt;
    this.#hintedAt = undefined;
    return hintedAt;
  }

  /** Resolves after the time, at the next hint, or when aborted. */
  async wait(durationMs: number, signal: AbortSignal): Promise<void> {
    if (this.#hintedAt !== undefined || signal.aborted) return;
    await new Promise<void>((resolve) => {
      const wake = (): void => {
        clearTimeout(timer);
        signal.removeEventListener('abort', wake);
        this.#wake = undefined;
        resolve();
      };
      const timer = setTimeout(wake, durationMs);
      signal.addEventListener('abort', wake, { once: true });
      this.#wake = wake;
    });
  }

  close(): Promise<void> {
    return this.#watcher.close();
  }
}
