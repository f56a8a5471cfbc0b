import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describeAssetFiles } from '../../src-node/asset-files.ts';
import { openHarness, type Harness } from '../fixtures/worker-harness.ts';

const sample = join(import.meta.dirname, '../../resources/sample-jfk.flac');

describe('ingesting a real recording', () => {
  let harness: Harness;

  beforeAll(async () => {
    harness = await openHarness();
    await harness.startWorkers();
  });
  afterAll(() => harness.close());

  it('takes it through every step up to the review queue', async () => {
    const { assetId, handle } = await harness.ingest(sample);
    expect(await handle.result()).toBe('review');

    const { assets, steps, transcripts } = harness.dependencies;
    const asset = assets.get(assetId);
    expect(asset).toMatchObject({
      status: 'review',
      kind: 'audio',
      hasSpeech: true,
      language: 'en',
      hasWaveform: true,
    });
    expect(asset.durationMs).toBe(11_000);
    expect(steps.list(assetId).map(({ step, state }) => `${step} ${state}`)).toEqual([
      'register done',
      'probe done',
      'preview done',
      'transcribe done',
      'describe deferred',
      'queue done',
    ]);
    const text = transcripts
      .listSegments(assetId)
      .map((segment) => segment.text)
      .join(' ');
    expect(text).toMatch(/ask not what your country can do for you/i);
    expect((await stat(describeAssetFiles(harness.dataFolder, assetId).waveform)).size).toBeGreaterThan(100);
  });
});
