import { and, asc, eq, sql } from 'drizzle-orm';
import type { StorageMode } from '../src-shared/domain/asset.ts';
import type { AppErrorDto } from '../src-shared/domain/errors.ts';
import type { WatchFolder } from '../src-shared/domain/watch-folder.ts';
import { workflowIds } from '../src-shared/domain/workflows.ts';
import { recordNotFound } from './database-errors.ts';
import type { LibraryDatabase } from './database.ts';
import { watchEntry, watchFolder } from './schema.ts';

/** A file of a watched folder that was handed to ingest, as it was then. */
export interface WatchEntry {
  path: string;
  sizeBytes: number;
  modifiedAt: string;
  assetId: string | null;
}

export interface ScanResult {
  /** Files seen and left alone for now. */
  waitingCount: number;
  error: AppErrorDto | null;
}

const entryColumns = {
  path: watchEntry.path,
  sizeBytes: watchEntry.sizeBytes,
  modifiedAt: watchEntry.modifiedAt,
  assetId: watchEntry.assetId,
};

export type WatchFolderRepository = ReturnType<typeof createWatchFolderRepository>;

/** Watched folders and the files of theirs that were imported. */
export function createWatchFolderRepository(database: LibraryDatabase, now: () => Date = () => new Date()) {
  const { orm } = database;

  function write(folderId: string, values: Partial<typeof watchFolder.$inferInsert>): void {
    const { changes } = orm.update(watchFolder).set(values).where(eq(watchFolder.folderId, folderId)).run();
    if (changes === 0) throw recordNotFound('This watched folder', folderId);
  }

  function find(folderId: string): WatchFolder | undefined {
    return orm.select().from(watchFolder).where(eq(watchFolder.folderId, folderId)).get();
  }

  return {
    find,

    /** @throws AppError `input.not-found` */
    get(folderId: string): WatchFolder {
      const row = find(folderId);
      if (row === undefined) throw recordNotFound('This watched folder', folderId);
      return row;
    },

    findByPath(path: string): WatchFolder | undefined {
      return orm.select().from(watchFolder).where(eq(watchFolder.path, path)).get();
    },

    list(): WatchFolder[] {
      return orm.select().from(watchFolder).orderBy(asc(watchFolder.createdAt)).all();
    },

    create(folder: { folderId: string; path: string; storage: StorageMode }): void {
      orm
        .insert(watchFolder)
        .values({
          ...folder,
          workflowId: workflowIds.watchFolder(folder.folderId),
          state: 'active',
          createdAt: now().toISOString(),
        })
        .run();
    },

    setState(folderId: string, state: WatchFolder['state']): void {
      write(folderId, { state });
    },

    setScanResult(folderId: string, result: ScanResult): void {
      write(folderId, { ...result, lastScanAt: now().toISOString() });
    },

    /** Ends the loop's record. Files and assets stay. */
    remove(folderId: string): void {
      orm.delete(watchFolder).where(eq(watchFolder.folderId, folderId)).run();
    },

    /** Every file of the folder that was imported, by path. */
    listEntries(folderId: string): Map<string, WatchEntry> {
      const rows = orm.select(entryColumns).from(watchEntry).where(eq(watchEntry.folderId, folderId)).all();
      return new Map(rows.map((row) => [row.path, row]));
    },

    /** The same recording with another time of change: noted, and not counted again. */
    renewEntry(folderId: string, entry: WatchEntry): void {
      orm
        .update(watchEntry)
        .set(entry)
        .where(and(eq(watchEntry.folderId, folderId), eq(watchEntry.path, entry.path)))
        .run();
    },

    /**
     * Notes that a file was handed to ingest. Saying the same twice changes nothing; the same path with another size
     * or time is a new recording and counts again.
     * @returns whether it was new
     */
    recordEntry(folderId: string, entry: WatchEntry): boolean {
      return database.transaction(() => {
        if (find(folderId) === undefined) throw recordNotFound('This watched folder', folderId);
        const where = and(eq(watchEntry.folderId, folderId), eq(watchEntry.path, entry.path));
        const present = orm.select().from(watchEntry).where(where).get();
        if (present?.sizeBytes === entry.sizeBytes && present.modifiedAt === entry.modifiedAt) {
          return false;
        }
        orm
          .insert(watchEntry)
          .values({ ...entry, folderId, createdAt: now().toISOString() })
          .onConflictDoUpdate({ target: [watchEntry.folderId, watchEntry.path], set: entry })
          .run();
        write(folderId, { importedCount: sql`${watchFolder.importedCount} + 1` as unknown as number });
        return true;
      });
    },
  };
}
