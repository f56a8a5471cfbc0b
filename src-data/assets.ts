import { and, eq, inArray, isNull, ne, sql } from 'drizzle-orm';
import type {
  AssetKind,
  AssetStatus,
  IngestStepName,
  Loudness,
  StorageMode,
} from '../src-shared/domain/asset.ts';
import { ingestStepNameSchema } from '../src-shared/domain/asset.ts';
import type { AppErrorDto } from '../src-shared/domain/errors.ts';
import type { Chapter } from '../src-shared/domain/transcript.ts';
import { workflowIds } from '../src-shared/domain/workflows.ts';
import { assetNotFound } from './database-errors.ts';
import type { LibraryDatabase } from './database.ts';
import { asset, chapter, ingestStep } from './schema.ts';
import { createTranscriptRepository } from './transcripts.ts';

export type AssetRow = typeof asset.$inferSelect;

export interface NewAsset {
  assetId: string;
  title: string;
  originalName: string;
  path: string;
  storage: StorageMode;
  isSample: boolean;
  sizeBytes: number | null;
  fileModifiedAt: string | null;
}

/** What is known of the file once it was read to the end. `path` changes where a copy was made. */
export interface RegisteredContent {
  contentHash: string;
  sizeBytes: number;
  fileModifiedAt: string;
  path?: string;
}

export interface ProbeFacts {
  kind: AssetKind;
  durationMs: number | null;
  capturedAt: string | null;
  /** See `mediaProbeSchema`. */
  probe: Record<string, unknown>;
}

export interface TranscriptFacts {
  language: string | null;
  languageProbability: number | null;
  hasSpeech: boolean;
  speechEngine: string | null;
}

export interface Description {
  title: string;
  summary: string | null;
  hook: string | null;
  keywords: string[];
  chapters: Chapter[];
}

export interface PersonsEdit {
  title?: string | undefined;
  summary?: string | null | undefined;
  hook?: string | null | undefined;
  keywords?: string[] | undefined;
}

export type AssetRepository = ReturnType<typeof createAssetRepository>;

/** Assets, one row each. Every write is one short transaction; an asset that is gone is `input.not-found`. */
export function createAssetRepository(database: LibraryDatabase, now: () => Date = () => new Date()) {
  const { orm } = database;

  function write(assetId: string, values: Partial<typeof asset.$inferInsert>): void {
    const { changes } = orm
      .update(asset)
      .set({ ...values, updatedAt: now().toISOString() })
      .where(eq(asset.assetId, assetId))
      .run();
    if (changes === 0) throw assetNotFound(assetId);
  }

  function find(assetId: string): AssetRow | undefined {
    return orm.select().from(asset).where(eq(asset.assetId, assetId)).get();
  }

  function get(assetId: string): AssetRow {
    const row = find(assetId);
    if (row === undefined) throw assetNotFound(assetId);
    return row;
  }

  return {
    find,
    /** @throws AppError `input.not-found` */
    get,

    /** The rows with these row ids, in the given order. */
    getMany(rowIds: readonly number[]): AssetRow[] {
      if (rowIds.length === 0) return [];
      const rows = orm
        .select()
        .from(asset)
        .where(inArray(asset.rowId, [...rowIds]))
        .all();
      const byRowId = new Map(rows.map((row) => [row.rowId, row]));
      return rowIds.flatMap((rowId) => byRowId.get(rowId) ?? []);
    },

    /** Adds an asset with status `ingesting` and all its steps waiting. */
    create(newAsset: NewAsset): void {
      const at = now().toISOString();
      database.transaction(() => {
        orm
          .insert(asset)
          .values({
            ...newAsset,
            workflowId: workflowIds.ingestAsset(newAsset.assetId),
            status: 'ingesting',
            createdAt: at,
            updatedAt: at,
          })
          .run();
        orm.insert(ingestStep).values(waitingSteps(newAsset.assetId)).run();
      });
    },

    /** The asset that was made from this very path, duplicates left out; the newest where there are several. */
    findByPath(path: string): AssetRow | undefined {
      return orm
        .select()
        .from(asset)
        .where(and(eq(asset.path, path), isNull(asset.duplicateOf)))
        .orderBy(sql`${asset.createdAt} DESC, ${asset.rowId} DESC`)
        .limit(1)
        .get();
    },

    findByContentHash(contentHash: string): AssetRow | undefined {
      return orm
        .select()
        .from(asset)
        .where(and(eq(asset.contentHash, contentHash), isNull(asset.duplicateOf)))
        .get();
    },

    /**
     * Notes what the file holds. Where the library has that content already, this asset becomes a duplicate of the
     * other one and `duplicateOf` says which. Where the other one failed or was cancelled, this one takes its place
     * and what was transcribed so far. May be called again with the same content.
     */
    registerContent(assetId: string, content: RegisteredContent): { duplicateOf: string | null } {
      return database.transaction(() => {
        get(assetId);
        const other = orm
          .select()
          .from(asset)
          .where(
            and(
              eq(asset.contentHash, content.contentHash),
              isNull(asset.duplicateOf),
              ne(asset.assetId, assetId),
            ),
          )
          .get();
        if (other !== undefined && other.status !== 'failed' && other.status !== 'cancelled') {
          write(assetId, { ...content, status: 'duplicate', duplicateOf: other.assetId });
          return { duplicateOf: other.assetId };
        }
        if (other !== undefined) {
          write(other.assetId, { status: 'duplicate', duplicateOf: assetId, error: null });
          createTranscriptRepository(database, now).moveAll(other.assetId, assetId);
        }
        write(assetId, { ...content, isFileMissing: false });
        return { duplicateOf: null };
      });
    },

    markDuplicate(assetId: string, duplicateOf: string): void {
      write(assetId, { status: 'duplicate', duplicateOf, error: null });
    },

    /** An `error` belongs to `failed`; every other status clears it. */
    setStatus(assetId: string, status: AssetStatus, error: AppErrorDto | null = null): void {
      write(assetId, { status, error });
    },

    setProbe(assetId: string, facts: ProbeFacts): void {
      write(assetId, facts);
    },

    setLoudness(assetId: string, loudness: Loudness | null): void {
      write(assetId, { loudness });
    },

    setRenditions(assetId: string, renditions: { hasThumbnail?: boolean; hasWaveform?: boolean }): void {
      write(assetId, renditions);
    },

    setTranscriptFacts(assetId: string, facts: TranscriptFacts): void {
      write(assetId, facts);
    },

    /** Known before the transcript is complete, and needed to go on with it after a crash. */
    setLanguage(assetId: string, language: string, languageProbability: number): void {
      write(assetId, { language, languageProbability });
    },

    setSpeechEngine(assetId: string, speechEngine: string): void {
      write(assetId, { speechEngine });
    },

    /** The result of a complete transcription; false is "no speech found". */
    setHasSpeech(assetId: string, hasSpeech: boolean): void {
      write(assetId, { hasSpeech });
    },

    setFileMissing(assetId: string, isFileMissing: boolean): void {
      if (get(assetId).isFileMissing !== isFileMissing) write(assetId, { isFileMissing });
    },

    /** Points the asset at its file after it was moved. */
    relocate(assetId: string, file: { path: string; originalName: string; fileModifiedAt: string }): void {
      write(assetId, { ...file, isFileMissing: false });
    },

    /** Keeps what the local model wrote. A title that the person changed stays. */
    setDescription(assetId: string, description: Description): void {
      database.transaction(() => {
        const { title, chapters, ...rest } = description;
        const { isTitleEdited } = get(assetId);
        write(assetId, isTitleEdited ? rest : { ...rest, title });
        orm.delete(chapter).where(eq(chapter.assetId, assetId)).run();
        const byStart = new Map(chapters.map((entry) => [entry.startMs, { assetId, ...entry }]));
        if (byStart.size > 0) {
          orm
            .insert(chapter)
            .values([...byStart.values()])
            .run();
        }
      });
    },

    /** Keeps what the person wrote. */
    edit(assetId: string, changes: PersonsEdit): void {
      const given = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
      write(assetId, { ...given, ...(changes.title === undefined ? {} : { isTitleEdited: true }) });
    },

    bumpTranscriptRevision(assetId: string): number {
      const revision = get(assetId).transcriptRevision + 1;
      write(assetId, { transcriptRevision: revision });
      return revision;
    },

    /** Removes an asset with steps, transcript and duplicates that point at it. Returns the ids that went. */
    remove(assetId: string): string[] {
      return database.transaction(() => {
        get(assetId);
        const duplicates = orm
          .select({ assetId: asset.assetId })
          .from(asset)
          .where(eq(asset.duplicateOf, assetId))
          .all();
        orm.delete(asset).where(eq(asset.duplicateOf, assetId)).run();
        orm.delete(asset).where(eq(asset.assetId, assetId)).run();
        return [assetId, ...duplicates.map((row) => row.assetId)];
      });
    },

    listByStatus(status: AssetStatus): AssetRow[] {
      return orm.select().from(asset).where(eq(asset.status, status)).orderBy(asset.createdAt).all();
    },
  };
}

function waitingSteps(assetId: string): { assetId: string; step: IngestStepName; state: 'waiting' }[] {
  return ingestStepNameSchema.options.map((step) => ({ assetId, step, state: 'waiting' as const }));
}
