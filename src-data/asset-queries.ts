import { asc, eq } from 'drizzle-orm';
import type { CommandOutput, ParsedInput } from '../src-shared/contract/registry.ts';
import {
  assetStatusSchema,
  type AssetDetail,
  type AssetStatus,
  type AssetSummary,
  type IngestStep,
} from '../src-shared/domain/asset.ts';
import { createAssetRepository, type AssetRow } from './assets.ts';
import type { LibraryDatabase } from './database.ts';
import { asset, chapter } from './schema.ts';
import { findMatches } from './search-matches.ts';
import { toPrefixTerms, type SearchTerm } from './search-query.ts';
import { createStepRepository } from './steps.ts';
import { createTranscriptRepository, segmentRowIdBits } from './transcripts.ts';

type SearchInput = ParsedInput<'search-library'>;
type SearchOutput = CommandOutput<'search-library'>;

interface Clause {
  sql: string;
  values: (string | number)[];
}

const orderBy = {
  newest: 'asset.created_at DESC, asset.row_id DESC',
  oldest: 'asset.created_at, asset.row_id',
  title: 'asset.title COLLATE NOCASE, asset.row_id',
  longest: 'asset.duration_ms DESC NULLS LAST, asset.row_id',
} as const;

export type AssetQueries = ReturnType<typeof createAssetQueries>;

/** What the screens ask for: lists, search, one asset in full, and counts. */
export function createAssetQueries(database: LibraryDatabase) {
  const { sqlite, orm } = database;
  const assets = createAssetRepository(database);
  const steps = createStepRepository(database);
  const transcripts = createTranscriptRepository(database);

  function summarise(rows: AssetRow[]): AssetSummary[] {
    const assetIds = rows.map((row) => row.assetId);
    const ingestingIds = rows.filter((row) => row.status === 'ingesting').map((row) => row.assetId);
    const stepsById = steps.listForAssets(ingestingIds);
    const suspectCounts = transcripts.countSuspect(assetIds);
    return rows.map((row) =>
      toSummary(row, stepsById.get(row.assetId) ?? [], suspectCounts.get(row.assetId) ?? 0),
    );
  }

  return {
    /**
     * Assets by filter, sort and page; with text, every word must occur in the asset's own texts or its transcript. Words
     * of titles are looked up in one go, and in no transcript.
     */
    search(input: SearchInput): SearchOutput {
      const terms = input.text === undefined ? [] : toPrefixTerms(input.text);
      const isTextGiven = input.text !== undefined && input.text.trim() !== '';
      const titles = input.titleWords === undefined ? undefined : titleClause(input.titleWords);
      if ((isTextGiven && terms.length === 0) || titles === null) return { totalCount: 0, items: [] };

      const where = allOf(filterClauses(input, terms));
      const order = orderClause(input, terms);
      // All ids at once: one search instead of two, and the ids of a whole library are a few hundred kilobytes.
      const rowIds = sqlite
        .prepare<unknown[], number>(
          `${titles?.sql ?? ''} SELECT asset.row_id FROM asset ${where.sql} ${order.sql}`,
        )
        .pluck()
        .all(...(titles?.values ?? []), ...where.values, ...order.values);
      const rows = assets.getMany(rowIds.slice(input.offset, input.offset + input.limit));
      const matches = findMatches(database, rows, terms);
      return {
        totalCount: rowIds.length,
        items: summarise(rows).map((item) => ({ ...item, matches: matches.get(item.assetId) ?? [] })),
      };
    },

    /** @throws AppError `input.not-found` */
    readDetail(assetId: string): AssetDetail {
      const row = assets.get(assetId);
      const assetSteps = steps.list(assetId);
      const { workflowId, path, storage, contentHash, duplicateOf, hook, keywords, probe, loudness } = row;
      return {
        ...toSummary(row, assetSteps, transcripts.countSuspect([assetId]).get(assetId) ?? 0),
        workflowId,
        path,
        storage,
        contentHash,
        duplicateOf,
        hook,
        keywords,
        probe,
        loudness,
        chapters: orm
          .select({ startMs: chapter.startMs, title: chapter.title })
          .from(chapter)
          .where(eq(chapter.assetId, assetId))
          .orderBy(asc(chapter.startMs))
          .all(),
        steps: assetSteps,
        transcriptRevision: row.transcriptRevision,
        speechEngine: row.speechEngine,
      };
    },

    /** Summaries of the newest assets in one state of work. */
    listByStatus(status: AssetStatus, limit: number): AssetSummary[] {
      const rows = orm
        .select()
        .from(asset)
        .where(eq(asset.status, status))
        .orderBy(asc(asset.createdAt))
        .limit(limit)
        .all();
      return summarise(rows);
    },

    /** Duplicates are counted by status only: they are no recordings of their own. */
    countLibrary(): CommandOutput<'summarise-library'> {
      const groups = sqlite
        .prepare<[], { status: AssetStatus; count: number; durationMs: number; sizeBytes: number }>(
          `SELECT status, count(*) AS count, coalesce(sum(duration_ms), 0) AS durationMs,
             coalesce(sum(size_bytes), 0) AS sizeBytes FROM asset GROUP BY status`,
        )
        .all();
      const own = groups.filter((group) => group.status !== 'duplicate');
      const sum = (read: (group: (typeof groups)[number]) => number) =>
        own.reduce((total, group) => total + read(group), 0);
      const countOf = (status: AssetStatus) => groups.find((group) => group.status === status)?.count ?? 0;
      const sample = orm.select({ id: asset.assetId }).from(asset).where(eq(asset.isSample, true)).get();
      return {
        totalCount: sum((group) => group.count),
        countByStatus: Object.fromEntries(
          assetStatusSchema.options.map((status) => [status, countOf(status)]),
        ) as Record<AssetStatus, number>,
        durationMs: sum((group) => group.durationMs),
        sizeBytes: sum((group) => group.sizeBytes),
        sampleAssetId: sample?.id ?? null,
      };
    },
  };
}

function filterClauses(input: SearchInput, terms: SearchTerm[]): Clause[] {
  const clauses: Clause[] = [];
  if (input.statuses === undefined) clauses.push({ sql: `asset.status <> 'duplicate'`, values: [] });
  else clauses.push(oneOf('asset.status', input.statuses));
  if (input.kinds !== undefined) clauses.push(oneOf('asset.kind', input.kinds));
  if (input.onlySuspect === true) {
    clauses.push({
      sql: `EXISTS (SELECT 1 FROM segment WHERE segment.asset_id = asset.asset_id AND segment.suspect IS NOT NULL)`,
      values: [],
    });
  }
  if (input.titleWords !== undefined) {
    clauses.push({ sql: 'asset.row_id IN (SELECT row_id FROM titled)', values: [] });
  }
  for (const term of terms) {
    clauses.push({
      sql: `asset.row_id IN (
        SELECT rowid FROM asset_fts WHERE asset_fts MATCH ?
        UNION ALL SELECT rowid >> ${segmentRowIdBits} FROM segment_fts WHERE segment_fts MATCH ?)`,
      values: [term.own, term.spoken],
    });
  }
  return clauses;
}

/** The recordings with one of the words in their title, and how well each fits; null where there is no word. */
function titleClause(words: readonly string[]): Clause | null {
  const terms = toPrefixTerms(words.join(' '));
  if (terms.length === 0) return null;
  return {
    sql: 'WITH titled AS MATERIALIZED (SELECT rowid AS row_id, rank FROM asset_fts WHERE asset_fts MATCH ?)',
    values: [`title : (${terms.map(({ own }) => own).join(' OR ')})`],
  };
}

/** By relevance: all words in the title, then all in the asset's own texts, then the rest; each newest first. */
function orderClause({ sort, titleWords }: SearchInput, terms: SearchTerm[]): Clause {
  if (sort === 'relevance' && titleWords !== undefined) {
    return {
      sql: `ORDER BY (SELECT rank FROM titled WHERE titled.row_id = asset.row_id), ${orderBy.newest}`,
      values: [],
    };
  }
  if (sort !== 'relevance' || terms.length === 0) {
    return { sql: `ORDER BY ${orderBy[sort === 'relevance' ? 'newest' : sort]}`, values: [] };
  }
  const all = terms.map((term) => term.own).join(' AND ');
  return {
    sql: `ORDER BY CASE
        WHEN asset.row_id IN (SELECT rowid FROM asset_fts WHERE asset_fts MATCH ?) THEN 0
        WHEN asset.row_id IN (SELECT rowid FROM asset_fts WHERE asset_fts MATCH ?) THEN 1
        ELSE 2 END, ${orderBy.newest}`,
    values: [`title : (${all})`, all],
  };
}

function oneOf(column: string, values: readonly string[]): Clause {
  return { sql: `${column} IN (${values.map(() => '?').join(', ')})`, values: [...values] };
}

function allOf(clauses: Clause[]): Clause {
  return {
    sql: clauses.length === 0 ? '' : `WHERE ${clauses.map((clause) => clause.sql).join(' AND ')}`,
    values: clauses.flatMap((clause) => clause.values),
  };
}

function toSummary(row: AssetRow, steps: IngestStep[], suspectSegmentCount: number): AssetSummary {
  return {
    assetId: row.assetId,
    title: row.title,
    originalName: row.originalName,
    kind: row.kind,
    status: row.status,
    isSample: row.isSample,
    durationMs: row.durationMs,
    sizeBytes: row.sizeBytes,
    capturedAt: row.capturedAt,
    createdAt: row.createdAt,
    updatedAt: row.updatedAt,
    language: row.language,
    summary: row.summary,
    hasSpeech: row.hasSpeech,
    suspectSegmentCount,
    hasThumbnail: row.hasThumbnail,
    hasWaveform: row.hasWaveform,
    isFileMissing: row.isFileMissing,
    currentStep: row.status === 'ingesting' ? findCurrentStep(steps) : null,
    error: row.error,
  };
}

/** The step that runs, else the first that waits. */
function findCurrentStep(steps: IngestStep[]): IngestStep | null {
  return (
    steps.find((step) => step.state === 'running') ?? steps.find((step) => step.state === 'waiting') ?? null
  );
}
