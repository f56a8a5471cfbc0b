import { and, asc, between, desc, eq, inArray, isNotNull, sql } from 'drizzle-orm';
import type { Segment } from '../src-shared/domain/transcript.ts';
import { assetNotFound } from './database-errors.ts';
import type { LibraryDatabase } from './database.ts';
import { asset, segment, transcriptChunk } from './schema.ts';

/** A stretch of audio that was transcribed to its end. Samples are those of the 16 kHz mono stream. */
export interface TranscribedChunk {
  chunkIndex: number;
  startMs: number;
  endMs: number;
  startSample: number;
  endSample: number;
  hasSpeech: boolean;
}

const segmentColumns = {
  segmentId: segment.segmentId,
  startMs: segment.startMs,
  endMs: segment.endMs,
  text: segment.text,
  words: segment.words,
  confidence: segment.confidence,
  suspect: segment.suspect,
  isEdited: segment.isEdited,
};

const chunkColumns = {
  chunkIndex: transcriptChunk.chunkIndex,
  startMs: transcriptChunk.startMs,
  endMs: transcriptChunk.endMs,
  startSample: transcriptChunk.startSample,
  endSample: transcriptChunk.endSample,
  hasSpeech: transcriptChunk.hasSpeech,
};

/** See the table in the migration: the position of an asset's row id within that of its segments. */
export const segmentRowIdBits = 20;
const segmentsPerAsset = 2 ** segmentRowIdBits;

export type TranscriptRepository = ReturnType<typeof createTranscriptRepository>;

/** Chunks and segments of transcripts. */
export function createTranscriptRepository(database: LibraryDatabase, now: () => Date = () => new Date()) {
  const { orm } = database;

  /** @throws AppError `input.not-found` where the asset was removed */
  function insertSegments(assetId: string, chunkIndex: number | null, values: readonly Segment[]): void {
    let rowId = nextSegmentRowId(database, assetId);
    for (const value of values) {
      orm
        .insert(segment)
        .values({ ...value, rowId, assetId, chunkIndex })
        .run();
      rowId += 1;
    }
  }

  return {
    /**
     * Saves one chunk with its segments: all of it or nothing. A chunk that is saved already stays as it is.
     * @returns whether it was new
     * @throws AppError `input.not-found` where the asset was removed
     */
    saveChunk(assetId: string, chunk: TranscribedChunk, segments: readonly Segment[]): boolean {
      return database.transaction(() => {
        rowIdRange(database, assetId);
        const { changes } = orm
          .insert(transcriptChunk)
          .values({ ...chunk, assetId, createdAt: now().toISOString() })
          .onConflictDoNothing()
          .run();
        if (changes === 0) return false;
        insertSegments(assetId, chunk.chunkIndex, segments);
        return true;
      });
    },

    /** The chunks that need not be done again, in order. */
    listSavedChunks(assetId: string): TranscribedChunk[] {
      return orm
        .select(chunkColumns)
        .from(transcriptChunk)
        .where(eq(transcriptChunk.assetId, assetId))
        .orderBy(asc(transcriptChunk.chunkIndex))
        .all();
    },

    /** Gives all that was transcribed of one asset to another with the same content. */
    moveAll(fromAssetId: string, toAssetId: string): void {
      database.transaction(() => {
        const offset = nextSegmentRowId(database, toAssetId) - rowIdRange(database, fromAssetId).first;
        orm
          .update(transcriptChunk)
          .set({ assetId: toAssetId })
          .where(eq(transcriptChunk.assetId, fromAssetId))
          .run();
        orm
          .update(segment)
          .set({ assetId: toAssetId, rowId: sql`${segment.rowId} + ${offset}` })
          .where(eq(segment.assetId, fromAssetId))
          .run();
      });
    },

    /** Forgets everything that was transcribed, to begin anew (another language, another model). */
    clear(assetId: string): void {
      database.transaction(() => {
        orm.delete(transcriptChunk).where(eq(transcriptChunk.assetId, assetId)).run();
        orm.delete(segment).where(eq(segment.assetId, assetId)).run();
      });
    },

    /** The segments of one asset in the order of time. */
    listSegments(assetId: string): Segment[] {
      return orm
        .select(segmentColumns)
        .from(segment)
        .where(eq(segment.assetId, assetId))
        .orderBy(asc(segment.startMs), asc(segment.endMs), asc(segment.rowId))
        .all();
    },

    findSegment(assetId: string, segmentId: string): Segment | undefined {
      return orm
        .select(segmentColumns)
        .from(segment)
        .where(and(eq(segment.segmentId, segmentId), eq(segment.assetId, assetId)))
        .get();
    },

    isSegmentIdTaken(segmentId: string): boolean {
      return (
        orm.select({ id: segment.segmentId }).from(segment).where(eq(segment.segmentId, segmentId)).get() !==
        undefined
      );
    },

    /** Adds a segment that belongs to no chunk: written by hand, or put back by an undo. */
    insertSegment: (assetId: string, value: Segment) => insertSegments(assetId, null, [value]),

    updateSegment(segmentId: string, changes: Segment): void {
      orm.update(segment).set(changes).where(eq(segment.segmentId, segmentId)).run();
    },

    deleteSegment(segmentId: string): void {
      orm.delete(segment).where(eq(segment.segmentId, segmentId)).run();
    },

    /** How many segments of each asset should be listened to; assets without any are left out. */
    countSuspect(assetIds: readonly string[]): Map<string, number> {
      const rows = orm
        .select({ assetId: segment.assetId, count: sql<number>`count(*)` })
        .from(segment)
        .where(and(inArray(segment.assetId, [...assetIds]), isNotNull(segment.suspect)))
        .groupBy(segment.assetId)
        .all();
      return new Map(rows.map((row) => [row.assetId, row.count]));
    },
  };
}

/** The numbers that segments of one asset may have. */
export function rowIdRangeOf(assetRowId: number): { first: number; last: number } {
  const first = assetRowId * segmentsPerAsset;
  return { first, last: first + segmentsPerAsset - 1 };
}

/** @throws AppError `input.not-found` */
function rowIdRange({ orm }: LibraryDatabase, assetId: string): { first: number; last: number } {
  const owner = orm.select({ rowId: asset.rowId }).from(asset).where(eq(asset.assetId, assetId)).get();
  if (owner === undefined) throw assetNotFound(assetId);
  return rowIdRangeOf(owner.rowId);
}

function nextSegmentRowId(database: LibraryDatabase, assetId: string): number {
  const { first, last } = rowIdRange(database, assetId);
  const newest = database.orm
    .select({ rowId: segment.rowId })
    .from(segment)
    .where(between(segment.rowId, first, last))
    .orderBy(desc(segment.rowId))
    .limit(1)
    .get();
  return newest === undefined ? first : newest.rowId + 1;
}
