import { and, eq } from 'drizzle-orm';
import type { LibraryDatabase } from './database.ts';
import { passageVector } from './schema/conversations.ts';

export interface PassageVector {
  /** Of the text that the vector stands for: an edited passage is another one. */
  textHash: string;
  vector: Float32Array;
}

export type PassageVectorRepository = ReturnType<typeof createPassageVectorRepository>;

/** What passages of transcripts mean, as vectors of one model. They can always be made again. */
export function createPassageVectorRepository({ orm }: LibraryDatabase) {
  return {
    /** By the hash of their text. */
    list(assetId: string, model: string): Map<string, Float32Array> {
      const rows = orm
        .select({ textHash: passageVector.textHash, vector: passageVector.vector })
        .from(passageVector)
        .where(and(eq(passageVector.assetId, assetId), eq(passageVector.model, model)))
        .all();
      return new Map(rows.map(({ textHash, vector }) => [textHash, toFloats(vector)]));
    },

    /** Where the asset was removed meanwhile, nothing is saved. */
    save(assetId: string, model: string, vectors: readonly PassageVector[]): void {
      for (const { textHash, vector } of vectors) {
        orm
          .insert(passageVector)
          .values({ assetId, model, textHash, vector: Buffer.from(vector.buffer) })
          .onConflictDoNothing()
          .run();
      }
    },
  };
}

/** A copy, since the bytes of a row need not begin where a float may. */
function toFloats(bytes: Buffer): Float32Array {
  return new Float32Array(Uint8Array.from(bytes).buffer);
}
