import { and, desc, eq, gte, inArray, or } from 'drizzle-orm';
import type { AppErrorDto } from '../src-shared/domain/errors.ts';
import { createCreditRepository } from './credits.ts';
import type { LibraryDatabase } from './database.ts';
import { asset } from './schema.ts';
import { rendering } from './schema/renderings.ts';

export type RenderingRow = typeof rendering.$inferSelect;

export type RenderingRepository = ReturnType<typeof createRenderingRepository>;

const open = ['waiting', 'running'] as const;

/** Media that is made ready for an account when it is asked for; with the state goes what was set aside for it. */
export function createRenderingRepository(database: LibraryDatabase, now: () => Date = () => new Date()) {
  const { orm } = database;
  const credits = createCreditRepository(database, now);

  /** What was removed meanwhile with its asset stays removed. */
  function write(renderingId: string, values: Partial<typeof rendering.$inferInsert>): void {
    orm
      .update(rendering)
      .set({ ...values, updatedAt: now().toISOString() })
      .where(eq(rendering.renderingId, renderingId))
      .run();
  }

  function find(renderingId: string): RenderingRow | undefined {
    return orm.select().from(rendering).where(eq(rendering.renderingId, renderingId)).get();
  }

  function isOpen(renderingId: string): boolean {
    return open.some((state) => state === find(renderingId)?.state);
  }

  function end(renderingId: string, state: 'failed' | 'cancelled', error: AppErrorDto | null): void {
    database.transaction(() => {
      write(renderingId, { state, error, progress: null, remainingMs: null });
      credits.releaseReservation(renderingId, { unit: 'rendering-minutes' });
    });
  }

  return {
    find,

    /** Whether it is still to come to an end. */
    isOpen,

    /** It is asked for, perhaps again. */
    ask(wish: Pick<RenderingRow, 'renderingId' | 'workflowId' | 'assetId' | 'accountId' | 'clip'>): void {
      const values = {
        state: 'waiting',
        progress: null,
        remainingMs: null,
        error: null,
        updatedAt: now().toISOString(),
      } as const;
      orm
        .insert(rendering)
        .values({ ...wish, ...values })
        .onConflictDoUpdate({ target: rendering.renderingId, set: values })
        .run();
    },

    /** The work on it begins, or begins anew. */
    begin(renderingId: string): void {
      write(renderingId, { state: 'running', progress: null, remainingMs: null, error: null });
    },

    /** Not for one that was stopped meanwhile. */
    setProgress(
      renderingId: string,
      progress: { progress: number | null; remainingMs: number | null },
    ): void {
      orm
        .update(rendering)
        .set({ state: 'running', ...progress, updatedAt: now().toISOString() })
        .where(and(eq(rendering.renderingId, renderingId), inArray(rendering.state, [...open])))
        .run();
    },

    /** It is there, and took so many minutes: none where it had been made before. */
    finish(renderingId: string, minutes: number): void {
      database.transaction(() => {
        write(renderingId, { state: 'done', progress: 1, remainingMs: null, error: null });
        credits.settleReservation(renderingId, { unit: 'rendering-minutes', amount: minutes });
      });
    },

    fail: (renderingId: string, error: AppErrorDto) => end(renderingId, 'failed', error),

    /** The person stops it. */
    cancel: (renderingId: string) => end(renderingId, 'cancelled', null),

    /** The work on it has stopped: what had not ended in another way was cancelled. */
    cancelOpen(renderingId: string): void {
      database.transaction(() => {
        if (isOpen(renderingId)) end(renderingId, 'cancelled', null);
      });
    },

    listOpen(): RenderingRow[] {
      return orm
        .select()
        .from(rendering)
        .where(inArray(rendering.state, [...open]))
        .all();
    },

    /** In hand, or ended since; newest first. */
    listForActivity(since: string, limit: number): (RenderingRow & { title: string })[] {
      return orm
        .select({ row: rendering, title: asset.title })
        .from(rendering)
        .innerJoin(asset, eq(asset.assetId, rendering.assetId))
        .where(or(inArray(rendering.state, [...open]), gte(rendering.updatedAt, since)))
        .orderBy(desc(rendering.updatedAt))
        .limit(limit)
        .all()
        .map(({ row, title }) => ({ ...row, title }));
    },
  };
}
