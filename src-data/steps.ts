import { and, eq, inArray } from 'drizzle-orm';
import {
  ingestStepNameSchema,
  type IngestStep,
  type IngestStepName,
  type StepState,
} from '../src-shared/domain/asset.ts';
import type { AppErrorDto } from '../src-shared/domain/errors.ts';
import { createAssetRepository } from './assets.ts';
import { assetNotFound } from './database-errors.ts';
import type { LibraryDatabase } from './database.ts';
import { ingestStep } from './schema.ts';

type StepRow = typeof ingestStep.$inferSelect;

/** What may change of a step. Times are kept by the repository. */
export interface StepPatch {
  state?: StepState;
  /** 0 to 1; null while it cannot be known. */
  progress?: number | null;
  remainingMs?: number | null;
  attempt?: number;
  note?: string | null;
  error?: AppErrorDto | null;
}

const endedStates: readonly StepState[] = ['done', 'skipped', 'deferred', 'failed', 'cancelled'];

export type StepRepository = ReturnType<typeof createStepRepository>;

/** The steps of an ingest, in the order in which they happen. */
export function createStepRepository(database: LibraryDatabase, now: () => Date = () => new Date()) {
  const { orm } = database;

  function set(assetId: string, step: IngestStepName, patch: StepPatch): void {
    database.transaction(() => {
      const where = and(eq(ingestStep.assetId, assetId), eq(ingestStep.step, step));
      const present = orm.select().from(ingestStep).where(where).get();
      if (present === undefined) throw assetNotFound(assetId);
      orm
        .update(ingestStep)
        .set({ ...patch, ...consequences(present, patch, now().toISOString()) })
        .where(where)
        .run();
    });
  }

  return {
    /**
     * Changes one step. Entering `running` notes the start and clears what an earlier try left; entering an ended
     * state notes the end; `done` means all of it.
     * @throws AppError `input.not-found` where the asset was removed
     */
    set,

    /** One step has failed, and with it the ingest: both are written together. */
    failIngest(assetId: string, step: IngestStepName, error: AppErrorDto): void {
      database.transaction(() => {
        set(assetId, step, { state: 'failed', error });
        createAssetRepository(database, now).setStatus(assetId, 'failed', error);
      });
    },

    /** Whatever runs or waits is cancelled, and with it the ingest. What is done stays done. */
    cancelIngest(assetId: string): void {
      database.transaction(() => {
        for (const { step, state } of list(assetId)) {
          if (isOpen({ state })) set(assetId, step, { state: 'cancelled' });
        }
        createAssetRepository(database, now).setStatus(assetId, 'cancelled');
      });
    },

    /** Before another try: failed, cancelled and half-done steps wait again; what is done stays done. */
    reopenIngest(assetId: string): void {
      database.transaction(() => {
        for (const { step, state } of list(assetId)) {
          if (state === 'failed' || state === 'cancelled' || state === 'running') {
            set(assetId, step, { state: 'waiting', progress: null, remainingMs: null, error: null });
          }
        }
        createAssetRepository(database, now).setStatus(assetId, 'ingesting');
      });
    },

    /** The steps of one asset in order. */
    list,

    /** Whether a step is still to come to an end. */
    isOpen: (assetId: string, step: IngestStepName): boolean =>
      list(assetId).some((each) => each.step === step && isOpen(each)),

    /** The steps of several assets in order, by asset id. */
    listForAssets(assetIds: readonly string[]): Map<string, IngestStep[]> {
      const grouped = new Map<string, IngestStep[]>(assetIds.map((assetId) => [assetId, []]));
      if (assetIds.length === 0) return grouped;
      const rows = orm
        .select()
        .from(ingestStep)
        .where(inArray(ingestStep.assetId, [...assetIds]))
        .all();
      for (const row of inOrder(rows)) grouped.get(row.assetId)?.push(toStep(row));
      return grouped;
    },

    /** Ids of the assets one step of which is in this state. */
    listAssetIds(step: IngestStepName, state: StepState): string[] {
      return orm
        .select({ assetId: ingestStep.assetId })
        .from(ingestStep)
        .where(and(eq(ingestStep.state, state), eq(ingestStep.step, step)))
        .all()
        .map((row) => row.assetId);
    },
  };

  function list(assetId: string): IngestStep[] {
    const rows = orm.select().from(ingestStep).where(eq(ingestStep.assetId, assetId)).all();
    return inOrder(rows).map(toStep);
  }
}

function consequences(present: StepRow, patch: StepPatch, at: string): Partial<StepRow> {
  const { state } = patch;
  if (state === undefined || state === present.state) return {};
  if (state === 'running') {
    return {
      startedAt: at,
      endedAt: null,
      progress: patch.progress ?? null,
      remainingMs: patch.remainingMs ?? null,
      note: patch.note ?? null,
      error: null,
      attempt: patch.attempt ?? present.attempt + 1,
    };
  }
  if (state === 'waiting') return { startedAt: null, endedAt: null };
  return {
    endedAt: endedStates.includes(state) ? at : null,
    remainingMs: null,
    ...(state === 'done' ? { progress: 1, error: null } : {}),
  };
}

function isOpen({ state }: Pick<IngestStep, 'state'>): boolean {
  return state === 'running' || state === 'waiting';
}

function inOrder(rows: StepRow[]): StepRow[] {
  const order = ingestStepNameSchema.options;
  return rows.sort((left, right) => order.indexOf(left.step) - order.indexOf(right.step));
}

function toStep(row: StepRow): IngestStep {
  const { step, state, progress, remainingMs, startedAt, endedAt, attempt, note, error } = row;
  return { step, state, progress, remainingMs, startedAt, endedAt, attempt, note, error };
}
