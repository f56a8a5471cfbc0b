import { describe, expect, it, onTestFinished } from 'vitest';
import { createAssetRepository } from '../src-data/assets.ts';
import { createSettingsRepository } from '../src-data/settings.ts';
import { createStepRepository } from '../src-data/steps.ts';
import { addAsset, makeLibrary } from '../src-data/testing/temporary-library.ts';
import { createSilentLogger } from '../src-node/logger.ts';
import { AppError } from '../src-shared/domain/errors.ts';
import { watchForChatModel } from './describe-deferred.ts';

/** A real library, and a model runtime and a boundary that do what the test says. */
function openLibrary() {
  const database = makeLibrary();
  let nowMs = Date.parse('2026-01-01T00:00:00Z');
  const now = (): Date => new Date((nowMs += 1000));
  const assets = createAssetRepository(database, now);
  const steps = createStepRepository(database, now);
  const settings = createSettingsRepository(database);
  const world = { model: null as string | null, away: null as 'runtime' | 'api' | null, isAnswerLost: false };
  const asked: { assetId: string; key: string }[] = [];
  const refuse = (): never => {
    throw new AppError({ code: 'dependency.api-unavailable', userMessage: 'Away.', retry: 'auto' });
  };
  const watch = watchForChatModel({
    ...{ assets, steps, settings, logger: createSilentLogger() },
    chat: {
      findModel: () => Promise.resolve().then(() => (world.away === 'runtime' ? refuse() : world.model)),
      describe: () => Promise.reject(new Error('nobody should ask')),
    },
    boundary: {
      ingestMedia: () => Promise.reject(new Error('nobody should ask')),
      describeAsset: async ({ assetId }, key) => {
        await Promise.resolve();
        if (world.away === 'api') refuse();
        asked.push({ assetId, key });
        if (world.isAnswerLost) refuse();
        // As the boundary does.
        steps.set(assetId, 'describe', { state: 'waiting' });
      },
    },
  });
  onTestFinished(() => watch.stop());

  /** An asset in the review queue whose description was put off. */
  function addDeferred(): string {
    const assetId = addAsset(database);
    steps.set(assetId, 'describe', { state: 'deferred' });
    assets.setStatus(assetId, 'review');
    return assetId;
  }
  return { world, asked, watch, assets, steps, settings, addDeferred };
}

describe('a description that waits for a chat model', () => {
  it('is asked for once a model is there, each of them', async () => {
    const { world, asked, watch, addDeferred } = openLibrary();
    const waiting = [addDeferred(), addDeferred()];
    await watch.look();
    expect(asked).toEqual([]);
    world.model = 'small';
    await watch.look();
    expect(asked.map(({ assetId }) => assetId).sort()).toEqual(waiting.sort());
  });

  it('is asked for once, however often and however closely it is looked', async () => {
    const { world, asked, watch, addDeferred } = openLibrary();
    addDeferred();
    world.model = 'small';
    await Promise.all([watch.look(), watch.look(), watch.look()]);
    await watch.look();
    expect(asked).toHaveLength(1);
  });

  it('is asked for with the same key where the answer got lost, so that it begins once', async () => {
    const { world, asked, watch, addDeferred } = openLibrary();
    addDeferred();
    Object.assign(world, { model: 'small', isAnswerLost: true });
    await watch.look();
    world.isAnswerLost = false;
    await watch.look();
    expect(asked).toHaveLength(2);
    expect(asked[0]).toEqual(asked[1]);
  });

  it('is asked for anew, with a key of its own, where it was put off again', async () => {
    const { world, asked, watch, steps, addDeferred } = openLibrary();
    const assetId = addDeferred();
    world.model = 'small';
    await watch.look();
    steps.set(assetId, 'describe', { state: 'deferred' });
    await watch.look();
    expect(asked).toHaveLength(2);
    expect(asked[0]?.key).not.toBe(asked[1]?.key);
  });

  it('is left to its own workflow while its asset is being ingested', async () => {
    const { world, asked, watch, assets, addDeferred } = openLibrary();
    const assetId = addDeferred();
    assets.setStatus(assetId, 'ingesting');
    world.model = 'small';
    await watch.look();
    expect(asked).toEqual([]);
    assets.setStatus(assetId, 'review');
    await watch.look();
    expect(asked).toHaveLength(1);
  });

  it('is not asked for where describing by itself is switched off', async () => {
    const { world, asked, watch, settings, addDeferred } = openLibrary();
    addDeferred();
    world.model = 'small';
    settings.update({ describeAutomatically: false });
    await watch.look();
    expect(asked).toEqual([]);
    settings.update({ describeAutomatically: true });
    await watch.look();
    expect(asked).toHaveLength(1);
  });

  it.each(['runtime', 'api'] as const)('keeps waiting while the %s is away', async (away) => {
    const { world, asked, watch, addDeferred } = openLibrary();
    const assetId = addDeferred();
    Object.assign(world, { model: 'small', away });
    await watch.look();
    expect(asked).toEqual([]);
    world.away = null;
    await watch.look();
    expect(asked).toMatchObject([{ assetId }]);
  });

  it('is no longer asked for once the worker ends', async () => {
    const { world, asked, watch, addDeferred } = openLibrary();
    addDeferred();
    world.model = 'small';
    watch.stop();
    await watch.look();
    expect(asked).toEqual([]);
  });
});
