import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from '../../src-data/database.ts';
import { migrate } from '../../src-data/migrate.ts';
import { createPassageSearch } from '../../src-data/passage-search.ts';
import { rowIdRangeOf } from '../../src-data/transcripts.ts';
import { toQuestionTerms } from '../../src-shared/domain/question-terms.ts';
import { fillLibrary } from '../boundary/fill-library.ts';
import { median, type Measurement } from '../measurement.ts';

const rounds = 50;
const assetCount = 500;
const segmentsPerAsset = 200;
const questions = {
  'a rare word': 'Where did they speak of the microphone?',
  'common words': 'Which work takes the most time and people?',
  'many words': 'kitchen garden recipe camera interview budget podcast episode father mother animal picture',
} as const;

/** The passages for a question in one long recording among many, beside what FTS5 alone needs for the same words. */
export function measurePassageSearch(): Measurement {
  const folder = mkdtempSync(join(tmpdir(), 'longhand-bench-'));
  const database = connect(join(folder, 'search.db'));
  try {
    migrate(database.sqlite);
    // Only for filling it: what is measured reads.
    database.sqlite.pragma('synchronous = OFF');
    fillLibrary(database, { assetCount, segmentsPerAsset });
    const search = createPassageSearch(database);
    const { assetId, rowId } = database.sqlite
      .prepare<[], { assetId: string; rowId: number }>(
        'SELECT asset_id AS assetId, row_id AS rowId FROM asset ORDER BY row_id LIMIT 1',
      )
      .get() ?? { assetId: '', rowId: 0 };
    const ranked = 'SELECT rowid, bm25(segment_fts) AS rank FROM segment_fts WHERE segment_fts MATCH ?';
    const bare = database.sqlite.prepare(`${ranked} ORDER BY rank LIMIT 200`);
    const bareInOne = database.sqlite.prepare(`${ranked} AND rowid BETWEEN ? AND ? ORDER BY rank LIMIT 200`);
    const { first, last } = rowIdRangeOf(rowId);
    const rows = Object.entries(questions).map(([name, question]) => {
      const terms = toQuestionTerms(question);
      const query = terms.map(({ word, isStem }) => `"${word}"${isStem ? '*' : ''}`).join(' OR ');
      const [bareMs, bareInOneMs, ownMs] = timeInTurn(
        () => bare.all(query),
        () => bareInOne.all(query, BigInt(first), BigInt(last)),
        () => search.findInAsset(assetId, terms),
      );
      return [
        name,
        ...[bareMs, bareInOneMs, ownMs].map((ms) => ms.toFixed(2)),
        (ownMs / bareInOneMs).toFixed(2),
      ];
    });
    return {
      title: 'Passages for a question',
      method: `${assetCount} recordings of ${segmentsPerAsset} segments each; ${rounds} rounds, the middle one, in milliseconds, all in turn. Bare FTS5 ranks the words of the question over all segments, or over those of one recording; ours does it over one, with the ids that citations need. The ratio compares the last two.`,
      columns: ['question', 'bare, all segments', 'bare, one recording', 'ours', 'ratio'],
      rows,
    };
  } finally {
    database.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The middle time of each: all of them in every round, so that whatever else the computer does meets them alike. */
function timeInTurn<Works extends (() => unknown)[]>(...works: Works): { [Index in keyof Works]: number } {
  const timesMs = works.map(() => [] as number[]);
  for (let round = 0; round < rounds; round += 1) {
    for (const [index, work] of works.entries()) {
      const startedMs = performance.now();
      work();
      timesMs[index]?.push(performance.now() - startedMs);
    }
  }
  return timesMs.map((times) => median(times)) as { [Index in keyof Works]: number };
}
