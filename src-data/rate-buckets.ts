import { and, eq } from 'drizzle-orm';
import type { LibraryDatabase } from './database.ts';
import { rateBucket } from './schema/access.ts';

export interface RateBucket {
  tokens: number;
  filledAt: string;
}

export type RateBucketRepository = ReturnType<typeof createRateBucketRepository>;

/** How much of its allowance a caller has left, as of its last change. */
export function createRateBucketRepository({ orm }: LibraryDatabase) {
  return {
    find(principal: string, commandClass: string): RateBucket | undefined {
      return orm
        .select({ tokens: rateBucket.tokens, filledAt: rateBucket.filledAt })
        .from(rateBucket)
        .where(and(eq(rateBucket.principal, principal), eq(rateBucket.commandClass, commandClass)))
        .get();
    },

    save(principal: string, commandClass: string, bucket: RateBucket): void {
      orm
        .insert(rateBucket)
        .values({ principal, commandClass, ...bucket })
        .onConflictDoUpdate({ target: [rateBucket.principal, rateBucket.commandClass], set: bucket })
        .run();
    },
  };
}
