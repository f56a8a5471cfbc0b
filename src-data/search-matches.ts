import type { CommandOutput } from '../src-shared/contract/registry.ts';
import type { LibraryDatabase } from './database.ts';
import { matchEnd, matchStart, type SearchTerm } from './search-query.ts';
import { rowIdRangeOf } from './transcripts.ts';

type Match = CommandOutput<'search-library'>['items'][number]['matches'][number];

const matchesPerAsset = 3;
const snippetTokens = 16;

/**
 * The first places in the transcripts of these assets where all the terms occur together, else any of them.
 */
export function findMatches(
  { sqlite }: LibraryDatabase,
  assets: readonly { assetId: string; rowId: number }[],
  terms: readonly SearchTerm[],
): Map<string, Match[]> {
  if (terms.length === 0) return new Map();
  const find = sqlite.prepare<unknown[], Match>(
    `SELECT segment.segment_id AS segmentId, segment.start_ms AS startMs,
       snippet(segment_fts, 0, ?, ?, '…', ${snippetTokens}) AS snippet
     FROM segment_fts JOIN segment ON segment.row_id = segment_fts.rowid
     WHERE segment_fts MATCH ? AND segment_fts.rowid BETWEEN ? AND ?
     ORDER BY segment_fts.rowid LIMIT ${matchesPerAsset}`,
  );
  const spoken = terms.map((term) => term.spoken);
  const findIn = (rowId: number, query: string) => {
    const { first, last } = rowIdRangeOf(rowId);
    // As BigInt, since larger numbers would be bound as REAL, which FTS5 does not take for a limit of row ids.
    return find.all(matchStart, matchEnd, query, BigInt(first), BigInt(last));
  };
  return new Map(
    assets.map(({ assetId, rowId }) => {
      const together = findIn(rowId, spoken.join(' AND '));
      return [
        assetId,
        together.length > 0 || terms.length === 1 ? together : findIn(rowId, spoken.join(' OR ')),
      ];
    }),
  );
}
