import { asc, eq } from 'drizzle-orm';
import type { AppErrorDto } from '../src-shared/domain/errors.ts';
import { workflowIds } from '../src-shared/domain/workflows.ts';
import type { LibraryDatabase } from './database.ts';
import { chatModel } from './schema/conversations.ts';

export type ChatModelRow = typeof chatModel.$inferSelect;

export type ChatModelRepository = ReturnType<typeof createChatModelRepository>;

/** Models of the local runtime that are on their way, came lately or did not come. What is installed, the runtime knows. */
export function createChatModelRepository(database: LibraryDatabase, now: () => Date = () => new Date()) {
  const { orm } = database;

  /** What was deleted meanwhile stays deleted. */
  function write(name: string, values: Partial<typeof chatModel.$inferInsert>): void {
    orm
      .update(chatModel)
      .set({ ...values, updatedAt: now().toISOString() })
      .where(eq(chatModel.name, name))
      .run();
  }

  return {
    find(name: string): ChatModelRow | undefined {
      return orm.select().from(chatModel).where(eq(chatModel.name, name)).get();
    },

    list(): ChatModelRow[] {
      return orm.select().from(chatModel).orderBy(asc(chatModel.name)).all();
    },

    /** A download begins or goes on; what arrived before counts on. */
    beginDownload(name: string, sizeBytes: number): void {
      const values = {
        state: 'downloading' as const,
        error: null,
        remainingMs: null,
        updatedAt: now().toISOString(),
      };
      orm
        .insert(chatModel)
        .values({ name, workflowId: workflowIds.pullChatModel(name), sizeBytes, ...values })
        .onConflictDoUpdate({ target: chatModel.name, set: values })
        .run();
    },

    /** With an error while nothing comes although the download goes on. */
    setProgress(
      name: string,
      progress: {
        downloadedBytes: number;
        sizeBytes: number;
        remainingMs: number | null;
        error: AppErrorDto | null;
      },
    ): void {
      write(name, progress);
    },

    setInstalled(name: string, sizeBytes: number): void {
      write(name, {
        state: 'installed',
        sizeBytes,
        downloadedBytes: sizeBytes,
        remainingMs: null,
        error: null,
      });
    },

    setStopped: (name: string) => write(name, { state: 'stopped', remainingMs: null, error: null }),

    setFailed: (name: string, error: AppErrorDto) =>
      write(name, { state: 'failed', remainingMs: null, error }),

    remove(name: string): void {
      orm.delete(chatModel).where(eq(chatModel.name, name)).run();
    },
  };
}
