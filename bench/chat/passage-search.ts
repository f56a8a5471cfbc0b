import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from '../../src-data/database.ts';
import { migrate } from '../../src-data/migrate.ts';
import { createPassageSearch } from '../../src-data/passage-search.ts';
import { toQuestionTerms } from '../../src-shared/domain/question-terms.ts';
import { fillLibrary } from '../boundary/fill-library.ts';
import { percentile, type Measurement } from '../measurement.ts';

const rounds = 20;
const assetCount = 100;
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
    const assetId =
      database.sqlite.prepare<[], string>('SELECT asset_id FROM asset LIMIT 1').pluck().get() ?? '';
    const bare = database.sqlite.prepare(
      'SELECT rowid, bm25(segment_fts) AS rank FROM segment_fts WHERE segment_fts MATCH ? ORDER BY rank LIMIT 200',
    );
    const rows = Object.entries(questions).map(([name, question]) => {
      const terms = toQuestionTerms(question);
      const query = terms.map(({ word, isStem }) => `"${word}"${isStem ? '*' : ''}`).join(' OR ');
      const bareMs = time(() => bare.all(query));
      const ownMs = time(() => search.findInAsset(assetId, terms));
      return [name, bareMs.toFixed(2), ownMs.toFixed(2), (ownMs / bareMs).toFixed(2)];
    });
    return {
      title: 'Passages for a question',
      method: `${assetCount} recordings of ${segmentsPerAsset} segments each; ${rounds} rounds, the middle one, in milliseconds. Bare: FTS5 ranks the words of the question over all segments. Ours: the same over one recording, with the ids that citations need.`,
      columns: ['question', 'bare FTS5', 'ours', 'ratio'],
      rows,
    };
  } finally {
    database.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

function time(work: () => unknown): number {
  const timesMs = Array.from({ length: rounds }, () => {
    const startedMs = performance.now();
    work();
    return performance.now() - startedMs;
  });
  return percentile(timesMs, 0.5);
}
