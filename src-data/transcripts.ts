import { and, asc, eq, isNotNull, sql } from 'drizzle-orm';
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

export type TranscriptRepository = ReturnType<typeof createTranscriptRepository>;

/** Chunks and segments of transcripts. */
export function createTranscriptRepository(database: LibraryDatabase, now: () => Date = () => new Date()) {
  const { orm } = database;

  function insertSegment(assetId: string, chunkIndex: number | null, value: Segment): void {
    orm
      .insert(segment)
      .values({ ...value, assetId, chunkIndex })
      .run();
  }

  return {
    /**
     * Saves one chunk with its segments: all of it or nothing. A chunk that is saved already stays as it is.
     * @returns whether it was new
     * @throws AppError `input.not-found` where the asset was removed
     */
    saveChunk(assetId: string, chunk: TranscribedChunk, segments: readonly Segment[]): boolean {
      return database.transaction(() => {
        const owner = orm.select({ id: asset.assetId }).from(asset).where(eq(asset.assetId, assetId)).get();
        if (owner === undefined) throw assetNotFound(assetId);
        const { changes } = orm
          .insert(transcriptChunk)
          .values({ ...chunk, assetId, createdAt: now().toISOString() })
          .onConflictDoNothing()
          .run();
        if (changes === 0) return false;
        for (const value of segments) insertSegment(assetId, chunk.chunkIndex, value);
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

    /** Adds a segment that belongs to no chunk: written by hand, or put back by an undo. */
    insertSegment: (assetId: string, value: Segment) => insertSegment(assetId, null, value),

    updateSegment(segmentId: string, changes: Partial<Omit<Segment, 'segmentId'>>): void {
      orm.update(segment).set(changes).where(eq(segment.segmentId, segmentId)).run();
    },

    deleteSegment(segmentId: string): void {
      orm.delete(segment).where(eq(segment.segmentId, segmentId)).run();
    },

    countSuspect(assetId: string): number {
      return (
        orm
          .select({ count: sql<number>`count(*)` })
          .from(segment)
          .where(and(eq(segment.assetId, assetId), isNotNull(segment.suspect)))
          .get()?.count ?? 0
      );
    },
  };
}
