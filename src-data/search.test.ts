import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createAssetQueries } from './asset-queries.ts';
import { createAssetRepository } from './assets.ts';
import type { LibraryDatabase } from './database.ts';
import { addAsset, makeChunk, makeLibrary, makeSegment } from './testing/temporary-library.ts';
import { createTranscriptRepository } from './transcripts.ts';

const page = { sort: 'relevance', offset: 0, limit: 50 } as const;

function addSpoken(database: LibraryDatabase, title: string, ...texts: string[]): string {
  const assetId = addAsset(database, { title, originalName: 'file' });
  const segments = texts.map((text, index) =>
    makeSegment(text, { startMs: index * 1000, endMs: index * 1000 + 900 }),
  );
  createTranscriptRepository(database).saveChunk(assetId, makeChunk(0), segments);
  return assetId;
}

describe('search', () => {
  it('finds the beginning of a word in titles and transcripts, titles first', () => {
    const database = makeLibrary();
    const inTitle = addSpoken(database, 'Rhubarb crumble', 'hello there');
    const spoken = addSpoken(database, 'Cooking', 'today we bake rhubarb');
    addSpoken(database, 'Unrelated', 'nothing of the kind');
    const { totalCount, items } = createAssetQueries(database).search({ ...page, text: 'rhub' });
    expect(totalCount).toBe(2);
    expect(items.map(({ assetId }) => assetId)).toEqual([inTitle, spoken]);
  });

  it('finds recordings by any of some words of their titles, the most named first, and not by what was said', () => {
    const database = makeLibrary();
    const queries = createAssetQueries(database);
    const find = (...titleWords: string[]) =>
      queries.search({ ...page, titleWords }).items.map(({ title }) => title);
    addSpoken(database, 'Harbour walk', 'hello there');
    for (let part = 1; part <= 3; part += 1) addSpoken(database, `Harbour podcast ${part}`, 'we walk');
    addSpoken(database, 'Kitchen', 'the harbour walk was long');
    expect(find('harbour', 'walk')[0]).toBe('Harbour walk');
    expect(find('harbour', 'walk')).toHaveLength(4);
    expect(find('podcast', 'kitch').toSorted()).toEqual([
      ...['Harbour podcast 1', 'Harbour podcast 2', 'Harbour podcast 3'],
      'Kitchen',
    ]);
    expect(find('title : (', '"', '*')).toEqual([]);
    expect(find()).toEqual([]);
    expect(queries.search({ ...page, titleWords: ['harbour'], text: 'hello' }).totalCount).toBe(1);
  });

  it('marks what matched and tells where it was said', () => {
    const database = makeLibrary();
    addSpoken(database, 'Cooking', 'hello', 'we bake Rhubarb today');
    const [item] = createAssetQueries(database).search({ ...page, text: 'rhubarb' }).items;
    expect(item?.matches).toEqual([
      expect.objectContaining({ startMs: 1000, snippet: 'we bake \u0002Rhubarb\u0003 today' }),
    ]);
  });

  it('wants every word, wherever in the recording each of them occurs', () => {
    const database = makeLibrary();
    const both = addSpoken(database, 'Interview', 'ask not what your', 'country can do for you');
    addSpoken(database, 'Interview', 'only the country');
    const search = (text: string) => createAssetQueries(database).search({ ...page, text });
    expect(search('interview ask country').items.map(({ assetId }) => assetId)).toEqual([both]);
    expect(search('interview xylophone').totalCount).toBe(0);
  });

  it('ignores accents and case', () => {
    const database = makeLibrary();
    addSpoken(database, 'Café Übung', 'hi');
    const search = (text: string) => createAssetQueries(database).search({ ...page, text }).totalCount;
    expect([search('cafe'), search('CAFÉ'), search('ubung')]).toEqual([1, 1, 1]);
  });

  it('takes any input without an error', () => {
    const database = makeLibrary();
    addSpoken(database, 'A "quoted" title', 'NEAR AND OR NOT * ^ -');
    const queries = createAssetQueries(database);
    for (const text of [
      '"',
      'a" OR "b',
      'NOT',
      'title:x',
      '*',
      '(',
      '-a',
      '^a',
      '{a b}: c',
      'a\u0000b',
      '??',
    ]) {
      expect(() => queries.search({ ...page, text }), text).not.toThrow();
    }
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
        queries.search({ ...page, text });
      }),
    );
    expect(queries.search({ ...page, text: '"quoted"' }).totalCount).toBe(1);
    expect(queries.search({ ...page, text: '!!!' }).totalCount).toBe(0);
  });

  it('forgets what was edited away or removed', () => {
    const database = makeLibrary();
    const assetId = addSpoken(database, 'Rhubarb', 'parsnip');
    const queries = createAssetQueries(database);
    const count = (text: string) => queries.search({ ...page, text }).totalCount;
    createAssetRepository(database).edit(assetId, { title: 'Celery' });
    expect([count('rhubarb'), count('celery'), count('parsnip')]).toEqual([0, 1, 1]);
    createAssetRepository(database).remove(assetId);
    expect([count('celery'), count('parsnip')]).toEqual([0, 0]);
  });

  it('leaves duplicates out unless they are asked for', () => {
    const database = makeLibrary();
    const [first, second] = [addAsset(database), addAsset(database)];
    createAssetRepository(database).markDuplicate(second, first);
    const queries = createAssetQueries(database);
    expect(queries.search({ ...page, sort: 'newest' }).items.map(({ assetId }) => assetId)).toEqual([first]);
    expect(queries.search({ ...page, statuses: ['duplicate'] }).totalCount).toBe(1);
    expect(queries.countLibrary()).toMatchObject({ totalCount: 1, countByStatus: { duplicate: 1 } });
  });

  it('pages through everything in a stable order and counts it all', () => {
    const database = makeLibrary();
    for (let index = 0; index < 25; index += 1) addAsset(database, { title: `Talk ${index % 3}` });
    const queries = createAssetQueries(database);
    for (const sort of ['newest', 'oldest', 'title', 'longest', 'relevance'] as const) {
      const pages = [0, 10, 20].map((offset) => queries.search({ sort, offset, limit: 10 }));
      const ids = pages.flatMap(({ items }) => items.map(({ assetId }) => assetId));
      expect(new Set(ids).size, sort).toBe(25);
      expect(pages.map(({ totalCount }) => totalCount)).toEqual([25, 25, 25]);
    }
  });
});

describe('the hot queries', () => {
  const plans: [name: string, sql: string, uses: RegExp, never: RegExp][] = [
    [
      'segments of one asset',
      `SELECT * FROM segment WHERE asset_id = 'x' ORDER BY start_ms, end_ms, row_id`,
      /SEARCH segment USING INDEX segment_by_time/,
      /SCAN|TEMP B-TREE/,
    ],
    [
      'suspect segments of a page',
      `SELECT asset_id, count(*) FROM segment WHERE asset_id IN ('x', 'y') AND suspect IS NOT NULL GROUP BY asset_id`,
      /SEARCH segment USING (COVERING )?INDEX segment_suspect/,
      /SCAN/,
    ],
    [
      'assets by status',
      `SELECT * FROM asset WHERE status = 'ingesting' ORDER BY created_at`,
      /SEARCH asset USING INDEX asset_by_status/,
      /SCAN|TEMP B-TREE/,
    ],
    [
      'newest assets',
      `SELECT row_id FROM asset WHERE status <> 'duplicate' ORDER BY created_at DESC, row_id DESC`,
      /SCAN asset USING COVERING INDEX asset_by_created/,
      /USE TEMP B-TREE FOR ORDER BY/,
    ],
    [
      'posts that wait for something to come back',
      `SELECT target_id FROM post_target WHERE state IN ('waiting', 'preparing') AND is_blocked = 0 AND error IS NOT NULL AND json_extract(error, '$.code') = 'x'`,
      /SEARCH post_target USING INDEX post_target_by_error/,
      /SCAN/,
    ],
    [
      'an asset by its path',
      `SELECT * FROM asset WHERE path = 'x'`,
      /SEARCH asset USING INDEX asset_by_path/,
      /SCAN/,
    ],
    [
      'an asset by its content',
      `SELECT * FROM asset WHERE content_hash = 'x' AND duplicate_of IS NULL`,
      /SEARCH asset USING INDEX asset_by_content/,
      /SCAN/,
    ],
    [
      'what a workflow is to be told next',
      `SELECT * FROM outbox WHERE workflow_id = 'x' ORDER BY outbox_id LIMIT 1`,
      /SEARCH outbox USING INDEX outbox_by_workflow/,
      /SCAN|TEMP B-TREE/,
    ],
    [
      'matches within one asset',
      `SELECT segment_id FROM segment_fts JOIN segment ON segment.row_id = segment_fts.rowid
       WHERE segment_fts MATCH 'x' AND segment_fts.rowid BETWEEN 1 AND 2 ORDER BY segment_fts.rowid`,
      /SCAN segment_fts VIRTUAL TABLE INDEX .*><[\s\S]*SEARCH segment USING INTEGER PRIMARY KEY/,
      /TEMP B-TREE/,
    ],
  ];

  it.each(plans)('%s: uses an index', (_name, sql, uses, never) => {
    const rows = makeLibrary().sqlite.prepare(`EXPLAIN QUERY PLAN ${sql}`).all() as { detail: string }[];
    const plan = rows.map(({ detail }) => detail).join('\n');
    expect(plan).toMatch(uses);
    expect(plan).not.toMatch(never);
  });
});
