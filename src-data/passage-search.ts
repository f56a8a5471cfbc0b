import { eq } from 'drizzle-orm';
import type { QuestionTerm } from '../src-shared/domain/question-terms.ts';
import type { LibraryDatabase } from './database.ts';
import { asset } from './schema.ts';
import { rowIdRangeOf } from './transcripts.ts';

const mostHits = 200;

export interface SegmentHit {
  segmentId: string;
  /** The smaller the better, as FTS5's bm25 has it: rare words count for more than common ones. */
  rank: number;
}

export type PassageSearch = ReturnType<typeof createPassageSearch>;

/** Finds the places in transcripts that speak of what a question is about. */
export function createPassageSearch({ orm, sqlite }: LibraryDatabase) {
  const find = sqlite.prepare<unknown[], SegmentHit>(
    `SELECT segment.segment_id AS segmentId, bm25(segment_fts) AS rank
     FROM segment_fts JOIN segment ON segment.row_id = segment_fts.rowid
     WHERE segment_fts MATCH ? AND segment_fts.rowid BETWEEN ? AND ?
     ORDER BY rank LIMIT ${mostHits}`,
  );
  return {
    /** Segments of one asset in which any of the terms occurs, the best first. */
    findInAsset(assetId: string, terms: readonly QuestionTerm[]): SegmentHit[] {
      const owner = orm.select({ rowId: asset.rowId }).from(asset).where(eq(asset.assetId, assetId)).get();
      if (owner === undefined || terms.length === 0) return [];
      const query = terms.map(({ word, isStem }) => `"${word}"${isStem ? '*' : ''}`).join(' OR ');
      const { first, last } = rowIdRangeOf(owner.rowId);
      // As BigInt: larger numbers would be bound as REAL, which FTS5 does not take for a limit of row ids.
      return find.all(query, BigInt(first), BigInt(last));
    },
  };
}
