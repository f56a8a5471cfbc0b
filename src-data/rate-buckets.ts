import { and, eq } from 'drizzle-orm';
import type { LibraryDatabase } from './database.ts';
import { rateBucket } from './schema/access.ts';

export interface RateBucket {
  tokens: number;
  filledAt: string;
}

export type RateBucketRepository = ReturnType<typeof createRateBucketRepository>;

/** How much of its allowance of a command a caller has left, as of its last change. */
export function createRateBucketRepository({ orm }: LibraryDatabase) {
  return {
    find(principal: string, command: string): RateBucket | undefined {
      return orm
        .select({ tokens: rateBucket.tokens, filledAt: rateBucket.filledAt })
        .from(rateBucket)
        .where(and(eq(rateBucket.principal, principal), eq(rateBucket.command, command)))
        .get();
    },

    save(principal: string, command: string, bucket: RateBucket): void {
      orm
        .insert(rateBucket)
        .values({ principal, command, ...bucket })
        .onConflictDoUpdate({ target: [rateBucket.principal, rateBucket.command], set: bucket })
        .run();
    },
  };
}
