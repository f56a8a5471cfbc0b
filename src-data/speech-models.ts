import { asc, eq } from 'drizzle-orm';
import type { AppErrorDto } from '../src-shared/domain/errors.ts';
import { workflowIds } from '../src-shared/domain/workflows.ts';
import { recordNotFound } from './database-errors.ts';
import type { LibraryDatabase } from './database.ts';
import { speechModel } from './schema.ts';

export type SpeechModelRow = typeof speechModel.$inferSelect;

export interface NewSpeechModel {
  modelId: string;
  name: string;
  languages: SpeechModelRow['languages'];
  source: SpeechModelRow['source'];
  sizeBytes: number;
}

export type SpeechModelRepository = ReturnType<typeof createSpeechModelRepository>;

/** Speech models that were downloaded or imported, or are on their way. Those on offer are in the catalogue. */
export function createSpeechModelRepository(database: LibraryDatabase, now: () => Date = () => new Date()) {
  const { orm } = database;

  function write(modelId: string, values: Partial<typeof speechModel.$inferInsert>): void {
    const { changes } = orm
      .update(speechModel)
      .set({ ...values, updatedAt: now().toISOString() })
      .where(eq(speechModel.modelId, modelId))
      .run();
    if (changes === 0) throw recordNotFound('This speech model', modelId);
  }

  function upsert(model: NewSpeechModel, state: SpeechModelRow['state'], downloadedBytes?: number): void {
    const values = { ...model, state, error: null, remainingMs: null, updatedAt: now().toISOString() };
    const arrived = downloadedBytes === undefined ? {} : { downloadedBytes };
    orm
      .insert(speechModel)
      .values({ ...values, ...arrived, workflowId: workflowIds.pullSpeechModel(model.modelId) })
      .onConflictDoUpdate({ target: speechModel.modelId, set: { ...values, ...arrived } })
      .run();
  }

  return {
    find(modelId: string): SpeechModelRow | undefined {
      return orm.select().from(speechModel).where(eq(speechModel.modelId, modelId)).get();
    },

    list(): SpeechModelRow[] {
      return orm.select().from(speechModel).orderBy(asc(speechModel.modelId)).all();
    },

    /** A download begins or goes on; what arrived before counts on. */
    beginDownload: (model: NewSpeechModel) => upsert(model, 'downloading'),

    /** A model was imported and is complete. */
    addInstalled: (model: NewSpeechModel) => upsert(model, 'installed', model.sizeBytes),

    setProgress(modelId: string, progress: { downloadedBytes: number; remainingMs: number | null }): void {
      write(modelId, progress);
    },

    setInstalled(modelId: string, sizeBytes: number): void {
      write(modelId, {
        state: 'installed',
        sizeBytes,
        downloadedBytes: sizeBytes,
        remainingMs: null,
        error: null,
      });
    },

    setStopped(modelId: string): void {
      write(modelId, { state: 'stopped', remainingMs: null, error: null });
    },

    setFailed(modelId: string, error: AppErrorDto): void {
      write(modelId, { state: 'failed', remainingMs: null, error });
    },

    remove(modelId: string): void {
      orm.delete(speechModel).where(eq(speechModel.modelId, modelId)).run();
    },
  };
}
