import { and, desc, eq, gt, inArray, or } from 'drizzle-orm';
import type { IngestStep } from '../src-shared/domain/asset.ts';
import type { AssetRow } from './assets.ts';
import type { LibraryDatabase } from './database.ts';
import { asset, ingestStep } from './schema.ts';
import { createStepRepository } from './steps.ts';

export interface AssetAtWork {
  row: AssetRow;
  steps: IngestStep[];
}

export type ActivityQueries = ReturnType<typeof createActivityQueries>;

/** What the activity centre shows of assets. */
export function createActivityQueries(database: LibraryDatabase) {
  const { orm } = database;
  const steps = createStepRepository(database);

  function withSteps(rows: AssetRow[]): AssetAtWork[] {
    const stepsById = steps.listForAssets(rows.map((row) => row.assetId));
    return rows.map((row) => ({ row, steps: stepsById.get(row.assetId) ?? [] }));
  }

  return {
    /** Assets, downloads and loops with work in hand. */
    countWorkInHand(): number {
      return Number(
        database.sqlite
          .prepare(
            `SELECT (SELECT count(*) FROM asset WHERE status = 'ingesting')
              + (SELECT count(*) FROM ingest_step JOIN asset USING (asset_id)
                 WHERE step = 'describe' AND state = 'running' AND asset.status <> 'ingesting')
              + (SELECT count(*) FROM speech_model WHERE state = 'downloading')
              + (SELECT count(*) FROM chat_model WHERE state = 'downloading')`,
          )
          .pluck()
          .get(),
      );
    },

    /** Assets that are being ingested, in the order in which they came. */
    listIngesting(limit: number): AssetAtWork[] {
      return withSteps(
        orm
          .select()
          .from(asset)
          .where(eq(asset.status, 'ingesting'))
          .orderBy(asset.createdAt)
          .limit(limit)
          .all(),
      );
    },

    /** Assets whose ingest failed or was cancelled, newest first. */
    listEndedBadly(limit: number): AssetAtWork[] {
      return withSteps(
        orm
          .select()
          .from(asset)
          .where(inArray(asset.status, ['failed', 'cancelled']))
          .orderBy(desc(asset.updatedAt))
          .limit(limit)
          .all(),
      );
    },

    /** Assets whose last ingest step ended after this instant, newest first. */
    listEndedWell(since: string, limit: number): AssetAtWork[] {
      const rows = orm
        .select({ row: asset })
        .from(ingestStep)
        .innerJoin(asset, eq(asset.assetId, ingestStep.assetId))
        .where(and(eq(ingestStep.state, 'done'), eq(ingestStep.step, 'queue'), gt(ingestStep.endedAt, since)))
        .orderBy(desc(ingestStep.endedAt))
        .limit(limit)
        .all();
      return withSteps(rows.map(({ row }) => row));
    },

    /** Assets in the library that are being described anew, or where that has failed. */
    listDescribing(limit: number): AssetAtWork[] {
      const rows = orm
        .select({ row: asset })
        .from(ingestStep)
        .innerJoin(asset, eq(asset.assetId, ingestStep.assetId))
        .where(
          and(
            eq(ingestStep.step, 'describe'),
            or(
              eq(ingestStep.state, 'running'),
              eq(ingestStep.state, 'waiting'),
              eq(ingestStep.state, 'failed'),
            ),
            inArray(asset.status, ['review', 'approved', 'rejected']),
          ),
        )
        .limit(limit)
        .all();
      return withSteps(rows.map(({ row }) => row));
    },
  };
}
