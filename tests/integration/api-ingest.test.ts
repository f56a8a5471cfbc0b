import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createAuditRepository } from '../../src-data/audit.ts';
import { createStepRepository } from '../../src-data/steps.ts';
import {
  codeOf,
  finish,
  ingest,
  makeFolder,
  outboxOf,
  startTestApi,
  valueOf,
  writeRecording,
  type TestApi,
} from '../fixtures/api-harness.ts';

describe('ingest-media', () => {
  it('records asset, steps, outbox and audit at once, and answers that it was accepted', async () => {
    const api = await startTestApi();
    const path = writeRecording(makeFolder(), 'my_first talk.mp4');
    const result = valueOf(await api.client.commands.ingestMedia({ path, storage: 'copy' }));
    expect(result.status).toBe('accepted');
    expect(result.message).toMatch(/“my_first talk.mp4” is recorded.*as soon as the work engine is ready/);
    const detail = valueOf(await api.client.commands.readMetadata({ assetId: result.entityId }));
    expect(detail).toMatchObject({
      title: 'my first talk',
      status: 'ingesting',
      storage: 'copy',
      path,
      workflowId: result.workflowId,
      currentStep: { step: 'register', state: 'waiting' },
    });
    expect(outboxOf(api, result.workflowId)).toEqual(['start']);
    const audit = createAuditRepository(api.database);
    expect(audit.listAfter(0, 10)).toEqual([
      expect.objectContaining({
        principal: 'window',
        door: 'local',
        command: 'ingest-media',
        entityId: result.entityId,
        outcome: 'done',
      }),
    ]);
    expect(await audit.verify()).toMatchObject({ firstBrokenSequence: null });
  });

  it('makes one asset of 50 identical calls at once', async () => {
    const api = await startTestApi();
    const path = writeRecording(makeFolder(), 'talk.mp4');
    const results = await Promise.all(
      Array.from({ length: 50 }, () =>
        api.client.commands.ingestMedia({ path }, { idempotencyKey: 'the same' }),
      ),
    );
    const ids = new Set(results.map((result) => valueOf(result).entityId));
    expect(ids.size).toBe(1);
    expect(valueOf(await api.client.commands.summariseLibrary({})).totalCount).toBe(1);
    const [assetId = ''] = ids;
    expect(outboxOf(api, `ingest:${assetId}`)).toEqual(['start']);
  });

  it('makes one asset of the same path without a key too, and another when the file is another', async () => {
    const api = await startTestApi();
    const folder = makeFolder();
    const path = writeRecording(folder, 'talk.mp4');
    const first = await ingest(api, path);
    expect(await ingest(api, path)).toBe(first);
    writeRecording(folder, 'talk.mp4', 'recorded anew, and longer');
    expect(await ingest(api, path)).not.toBe(first);
  });

  it('refuses a key that was used for something else, and says why a file cannot be taken', async () => {
    const api = await startTestApi();
    const folder = makeFolder();
    const [one, other] = [writeRecording(folder, 'a.mp4'), writeRecording(folder, 'b.mp4')];
    const call = (path: string, idempotencyKey?: string) =>
      api.client.commands.ingestMedia({ path }, idempotencyKey === undefined ? {} : { idempotencyKey });
    valueOf(await call(one, 'key'));
    expect(codeOf(await call(other, 'key'))).toBe('input.conflict');
    expect(codeOf(await call(join(folder, 'nothing.mp4')))).toBe('input.not-found');
    expect(codeOf(await call(folder))).toBe('input.invalid');
    expect(codeOf(await call('relative.mp4'))).toBe('input.invalid');
    const outcomes = createAuditRepository(api.database)
      .listAfter(0, 10)
      .map(({ outcome }) => outcome);
    expect(outcomes).toEqual(['done', 'input.conflict', 'input.not-found', 'input.invalid', 'input.invalid']);
  });

  it('offers the sample once in the life of a library, also after it was removed', async () => {
    const resourcesFolder = makeFolder();
    writeRecording(resourcesFolder, 'sample-jfk.flac');
    const first = await startTestApi({ resourcesFolder });
    const readSample = async (api: TestApi) =>
      valueOf(await api.client.commands.summariseLibrary({})).sampleAssetId;
    const sampleAssetId = await readSample(first);
    if (sampleAssetId === null) throw new Error('no sample was offered');
    valueOf(await first.client.commands.removeAsset({ assetId: sampleAssetId }));
    await first.api.stop();
    expect(
      await readSample(await startTestApi({ resourcesFolder, dataFolder: first.dataFolder })),
    ).toBeNull();
  });
});

describe('cancel-ingest and retry-ingest', () => {
  it('cancel at once in the record, tell the work engine in order, and go on again', async () => {
    const api = await startTestApi();
    const assetId = await ingest(api, writeRecording(makeFolder(), 'talk.mp4'));
    valueOf(await api.client.commands.cancelIngest({ assetId }));
    expect(valueOf(await api.client.commands.readMetadata({ assetId })).status).toBe('cancelled');
    expect(codeOf(await api.client.commands.cancelIngest({ assetId }))).toBe('input.wrong-state');
    valueOf(await api.client.commands.retryIngest({ assetId }));
    expect(valueOf(await api.client.commands.readMetadata({ assetId })).status).toBe('ingesting');
    expect(outboxOf(api, `ingest:${assetId}`)).toEqual(['start', 'cancel', 'start']);
    finish(api, assetId);
    expect(codeOf(await api.client.commands.retryIngest({ assetId }))).toBe('input.wrong-state');
  });
});

describe('list-activity', () => {
  it('tells what runs, waits, was cancelled and failed, with what can be done', async () => {
    const api = await startTestApi();
    const folder = makeFolder();
    const [running, waiting, cancelled, unusable, failed] = await Promise.all(
      ['a', 'b', 'c', 'd', 'e'].map((name) => ingest(api, writeRecording(folder, `${name}.mp4`))),
    );
    if (!running || !waiting || !cancelled || !unusable || !failed) throw new Error('five were expected');
    const steps = createStepRepository(api.database);
    steps.set(running, 'transcribe', { state: 'running', progress: 0.25, remainingMs: 60_000 });
    valueOf(await api.client.commands.cancelIngest({ assetId: cancelled }));
    steps.failIngest(unusable, 'probe', { code: 'media.truncated', userMessage: 'Cut.', retry: 'never' });
    steps.failIngest(failed, 'probe', { code: 'media.failed', userMessage: 'Broke.', retry: 'user' });
    const { items } = valueOf(await api.client.commands.listActivity({}));
    const byId = new Map(items.map((item) => [item.entityId, item]));
    expect(byId.get(running)).toMatchObject({ state: 'running', progress: 0.25, actions: ['cancel'] });
    expect(byId.get(waiting)).toMatchObject({ state: 'waiting', actions: ['cancel'] });
    expect(byId.get(cancelled)).toMatchObject({ state: 'cancelled', actions: ['retry'] });
    expect(byId.get(unusable)).toMatchObject({ state: 'failed', detail: 'Cut.', actions: [] });
    expect(byId.get(failed)).toMatchObject({ state: 'failed', detail: 'Broke.', actions: ['retry'] });
  });
});

describe('a failed recording', () => {
  it('is taken up again when its path is ingested anew, also with a mended file', async () => {
    const api = await startTestApi();
    const folder = makeFolder();
    const path = writeRecording(folder, 'talk.mp4', 'half');
    const assetId = await ingest(api, path);
    const error = { code: 'media.truncated', userMessage: 'Cut.', retry: 'never' } as const;
    createStepRepository(api.database).failIngest(assetId, 'probe', error);
    writeRecording(folder, 'talk.mp4', 'the whole recording');
    expect(await ingest(api, path)).toBe(assetId);
    expect(valueOf(await api.client.commands.readMetadata({ assetId }))).toMatchObject({
      status: 'ingesting',
      error: null,
    });
  });
});
