import { and, eq, lt } from 'drizzle-orm';
import type { LibraryDatabase } from './database.ts';
import { idempotency } from './schema.ts';

export interface RememberedAnswer {
  command: string;
  bodyHash: string;
  answer: unknown;
}

export type IdempotencyRepository = ReturnType<typeof createIdempotencyRepository>;

/** Answers by the key the caller gave, so that a repeated request does nothing twice. */
export function createIdempotencyRepository(database: LibraryDatabase, now: () => Date = () => new Date()) {
  const { orm } = database;
  return {
    find(principal: string, key: string): RememberedAnswer | undefined {
      return orm
        .select()
        .from(idempotency)
        .where(and(eq(idempotency.principal, principal), eq(idempotency.key, key)))
        .get();
    },

    /** Call inside the transaction of the change. */
    save(principal: string, key: string, remembered: RememberedAnswer): void {
      orm
        .insert(idempotency)
        .values({ principal, key, ...remembered, createdAt: now().toISOString() })
        .run();
    },

    /** Forgets answers older than this; returns how many. */
    forgetBefore(instant: Date): number {
      return orm.delete(idempotency).where(lt(idempotency.createdAt, instant.toISOString())).run().changes;
    },
  };
}
