import { describe, expect, it } from 'vitest';
import { createAssetQueries } from './asset-queries.ts';
import { createAssetRepository } from './assets.ts';
import { createStepRepository } from './steps.ts';
import { addAsset, makeChunk, makeLibrary, makeSegment } from './testing/temporary-library.ts';
import { createTranscriptRepository } from './transcripts.ts';

const content = { contentHash: 'abc', sizeBytes: 1000, fileModifiedAt: '2026-01-01T00:00:00.000Z' };
const description = { title: 'From the model', summary: 'S', hook: 'H', keywords: ['k'], chapters: [] };

function setUp() {
  const database = makeLibrary();
  return {
    database,
    assets: createAssetRepository(database),
    steps: createStepRepository(database),
    transcripts: createTranscriptRepository(database),
    queries: createAssetQueries(database),
  };
}

describe('an asset', () => {
  it('begins as ingesting, with every step waiting in order', () => {
    const { database, assets, steps } = setUp();
    const assetId = addAsset(database);
    expect(assets.get(assetId)).toMatchObject({ status: 'ingesting', workflowId: `ingest:${assetId}` });
    expect(steps.list(assetId).map(({ step, state }) => [step, state])).toEqual([
      ['register', 'waiting'],
      ['probe', 'waiting'],
      ['preview', 'waiting'],
      ['transcribe', 'waiting'],
      ['describe', 'waiting'],
      ['queue', 'waiting'],
    ]);
  });

  it('with the content of another one becomes its duplicate', () => {
    const { database, assets } = setUp();
    const [first, second] = [addAsset(database), addAsset(database)];
    expect(assets.registerContent(first, content)).toEqual({ duplicateOf: null });
    expect(assets.registerContent(second, content)).toEqual({ duplicateOf: first });
    expect(assets.get(second)).toMatchObject({ status: 'duplicate', duplicateOf: first });
    expect(assets.registerContent(first, content)).toEqual({ duplicateOf: null });
  });

  it('takes the place and the transcript of one with the same content that failed', () => {
    const { database, assets, transcripts, queries } = setUp();
    const [failed, fresh] = [addAsset(database), addAsset(database)];
    assets.registerContent(failed, content);
    transcripts.saveChunk(failed, makeChunk(0), [makeSegment('rhubarb')]);
    assets.setStatus(failed, 'failed', { code: 'bug', userMessage: 'x', retry: 'user' });

    expect(assets.registerContent(fresh, content)).toEqual({ duplicateOf: null });
    expect(assets.get(failed)).toMatchObject({ status: 'duplicate', duplicateOf: fresh });
    expect(transcripts.listSavedChunks(fresh)).toHaveLength(1);
    const found = queries.search({ text: 'rhubarb', sort: 'newest', offset: 0, limit: 10 });
    expect(found.items.map(({ assetId }) => assetId)).toEqual([fresh]);
  });

  it('keeps a title that the person wrote when the model describes it', () => {
    const { database, assets } = setUp();
    const [untouched, edited] = [addAsset(database), addAsset(database)];
    assets.edit(edited, { title: 'Mine' });
    assets.setDescription(untouched, description);
    assets.setDescription(edited, description);
    expect(assets.get(untouched).title).toBe('From the model');
    expect(assets.get(edited)).toMatchObject({ title: 'Mine', summary: 'S' });
  });

  it('that is gone answers every write with input.not-found', () => {
    const { assets, steps, transcripts } = setUp();
    const writes = [
      () => assets.setStatus('gone', 'review'),
      () => assets.setDescription('gone', description),
      () => steps.set('gone', 'probe', { progress: 1 }),
      () => transcripts.saveChunk('gone', makeChunk(0), []),
    ];
    for (const write of writes) expect(write).toThrow(expect.objectContaining({ code: 'input.not-found' }));
  });

  it('takes its steps, transcript and duplicates with it when it is removed', () => {
    const { database, assets, steps, transcripts } = setUp();
    const [first, second] = [addAsset(database), addAsset(database)];
    assets.registerContent(first, content);
    assets.registerContent(second, content);
    transcripts.saveChunk(first, makeChunk(0), [makeSegment('hello')]);
    expect(assets.remove(first).sort()).toEqual([first, second].sort());
    expect(steps.list(first)).toEqual([]);
    expect(transcripts.listSegments(first)).toEqual([]);
    expect(assets.find(second)).toBeUndefined();
  });
});

describe('a step', () => {
  it('notes when it began and ended, and counts its attempts', () => {
    const { database, steps } = setUp();
    const assetId = addAsset(database);
    const read = () => steps.list(assetId).find(({ step }) => step === 'transcribe');
    steps.set(assetId, 'transcribe', { state: 'running' });
    steps.set(assetId, 'transcribe', { progress: 0.5, remainingMs: 3000 });
    expect(read()).toMatchObject({ state: 'running', progress: 0.5, attempt: 1, endedAt: null });
    steps.set(assetId, 'transcribe', { state: 'done' });
    expect(read()).toMatchObject({ state: 'done', progress: 1, remainingMs: null });
    expect(read()?.startedAt).not.toBeNull();
    expect(read()?.endedAt).not.toBeNull();
  });

  it('that failed fails the ingest with the same error, and waits again after it was reopened', () => {
    const { database, assets, steps } = setUp();
    const assetId = addAsset(database);
    const error = { code: 'media.truncated', userMessage: 'x', retry: 'never' } as const;
    steps.set(assetId, 'register', { state: 'done' });
    steps.failIngest(assetId, 'probe', error);
    expect(assets.get(assetId)).toMatchObject({ status: 'failed', error });
    steps.reopenIngest(assetId);
    expect(assets.get(assetId)).toMatchObject({ status: 'ingesting', error: null });
    expect(steps.list(assetId).map(({ state }) => state)).toEqual([
      'done',
      'waiting',
      'waiting',
      'waiting',
      'waiting',
      'waiting',
    ]);
  });
});

describe('a chunk', () => {
  it('is saved once, however often it is sent', () => {
    const { database, transcripts } = setUp();
    const assetId = addAsset(database);
    const segments = [makeSegment('hello')];
    expect(transcripts.saveChunk(assetId, makeChunk(0), segments)).toBe(true);
    expect(transcripts.saveChunk(assetId, makeChunk(0), [makeSegment('again')])).toBe(false);
    expect(transcripts.listSegments(assetId)).toEqual(segments);
    expect(transcripts.listSavedChunks(assetId)).toEqual([makeChunk(0)]);
  });

  it('is saved with all its segments or not at all', () => {
    const { database, transcripts } = setUp();
    const assetId = addAsset(database);
    const twice = makeSegment('same id');
    expect(() => transcripts.saveChunk(assetId, makeChunk(0), [twice, twice])).toThrow(/UNIQUE/);
    expect(transcripts.listSavedChunks(assetId)).toEqual([]);
    expect(transcripts.listSegments(assetId)).toEqual([]);
  });
});
