import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { readdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { createRenderingRepository } from '../../src-data/renderings.ts';
import { describeAssetFiles } from '../../src-node/asset-files.ts';
import { workflowIds } from '../../src-shared/domain/workflows.ts';
import type { WorkerPorts } from '../../src-worker/activities/dependencies.ts';
import { addIngested } from '../fixtures/add-ingested.ts';
import { codeOf, makeFolder, startTestApi, valueOf, type TestApi } from '../fixtures/api-harness.ts';
import { feedDetails } from '../fixtures/feed-details.ts';
import { findMediaTools } from '../fixtures/find-media-tools.ts';
import { sampleSpeechPath } from '../fixtures/make-media.ts';
import { quickTimings } from '../fixtures/publishing-timings.ts';
import type { TemporalServer } from '../fixtures/temporal-server.ts';
import { openHarness, shareServer, until, type Harness } from '../fixtures/worker-harness.ts';
import { startWorkerProcess } from '../fixtures/worker-process.ts';

let server: TemporalServer;
beforeAll(async () => {
  server = await shareServer();
});
afterAll(() => server.stop());

interface Studio {
  harness: Harness;
  api: TestApi;
  /** A feed, which takes MP3 and MP4 and no FLAC. */
  accountId: string;
}

async function openStudio(ports: Partial<WorkerPorts> = {}): Promise<Studio> {
  const harness = await openHarness({ server, publishingTimings: quickTimings, ...ports });
  onTestFinished(() => harness.close());
  const api = await startTestApi({
    dataFolder: harness.dataFolder,
    temporalAddress: server.address,
    // A busy computer acknowledges late, and the answer would say so.
    acknowledgeWithinMs: 300_000,
  });
  const folder = join(makeFolder(), 'feed');
  const { accountId } = valueOf(
    await api.client.commands.connectFeedAccount({ folder, details: feedDetails }),
  );
  return { harness, api, accountId };
}

async function minutes({ api }: Studio, unit: 'rendering-minutes' | 'model-minutes' = 'rendering-minutes') {
  const { totals } = valueOf(await api.client.commands.readLedger({}));
  const { reserved = 0, spent = 0 } = totals.find((total) => total.unit === unit) ?? {};
  return { reserved, spent };
}

function stateOf({ harness }: Studio, renderingId: string) {
  return createRenderingRepository(harness.dependencies.database).find(renderingId)?.state;
}

async function fittedFiles({ harness }: Studio, assetId: string): Promise<string[]> {
  const folder = join(describeAssetFiles(harness.dataFolder, assetId).folder, 'fitted');
  return existsSync(folder)
    ? (await readdir(folder)).filter((name) => /^[0-9a-f]{32}\.\w+$/u.test(name))
    : [];
}

/** Gives the path of a video of a test picture, described as ffmpeg's `testsrc` wants it. */
async function makeVideo(picture: string): Promise<string> {
  const path = join(makeFolder(), 'video.avi');
  await execa(findMediaTools().ffmpegPath, [
    ...['-v', 'error', '-f', 'lavfi', '-i', `testsrc=${picture}`, '-c:v', 'mpeg4', path],
  ]);
  return path;
}

/** Ten minutes of a small picture, which are soon converted. */
const makeSmallVideo = () => makeVideo('size=320x180:rate=10:duration=600');

/** Takes a while to be converted. */
const makeLongVideo = () => makeVideo('size=1280x720:rate=25:duration=15');

/** The real ffmpeg from now on takes as long as it would take to watch; the answer lets it go. */
function holdFfmpegBack(): () => void {
  const { ffmpegPath } = findMediaTools();
  const folder = makeFolder();
  const [program, mark] = [join(folder, 'ffmpeg'), join(folder, 'is-held')];
  writeFileSync(mark, '');
  const script = `#!/bin/sh\n[ -e '${mark}' ] && exec '${ffmpegPath}' -readrate 1 "$@"\nexec '${ffmpegPath}' "$@"\n`;
  writeFileSync(program, script, { mode: 0o755 });
  vi.stubEnv('LONGHAND_FFMPEG', program);
  onTestFinished(() => void vi.unstubAllEnvs());
  return () => rmSync(mark);
}

describe('media made ready for an account', () => {
  it('is converted now, spends the minutes that it took, and is found again for nothing', async () => {
    const studio = await openStudio();
    const { api, accountId } = studio;
    const assetId = await addIngested(studio.harness);
    const { commands } = api.client;
    const answer = valueOf(await commands.renderVariant({ assetId, accountId }));
    expect(answer).toMatchObject({
      workflowId: workflowIds.renderVariant(answer.entityId),
      message: '“Speech” is being made ready for Morning bread. Nothing is sent.',
    });
    expect(await minutes(studio)).toEqual({ reserved: 1, spent: 0 });
    const again = valueOf(await commands.renderVariant({ assetId, accountId }));
    expect(again.workflowId).toBe(answer.workflowId);
    expect(await minutes(studio)).toEqual({ reserved: 1, spent: 0 });

    await studio.harness.startWorkers();
    await until(() => stateOf(studio, answer.entityId) === 'done');
    expect(await minutes(studio)).toEqual({ reserved: 0, spent: 1 });
    expect(await fittedFiles(studio, assetId)).toEqual([expect.stringMatching(/\.mp3$/)]);
    const { items } = valueOf(await commands.listActivity({}));
    expect(items.find(({ kind }) => kind === 'render')).toMatchObject({
      state: 'done',
      detail: 'Is ready for Morning bread',
    });

    const handle = studio.harness.client.workflow.getHandle(answer.workflowId);
    await handle.result();
    valueOf(await commands.renderVariant({ assetId, accountId }));
    await until(() => stateOf(studio, answer.entityId) === 'done');
    expect(await minutes(studio)).toEqual({ reserved: 0, spent: 1 });

    // A post with it finds it too, and what was set aside for making it is free again.
    const content = { title: 'An episode', parts: [{ text: 'Listen', media: [{ assetId }] }] };
    const { entityId: postId } = valueOf(await commands.publishNow({ content, targets: [{ accountId }] }));
    await until(async () => valueOf(await commands.readPost({ postId })).state === 'published');
    expect(await minutes(studio)).toEqual({ reserved: 0, spent: 1 });
    expect(await fittedFiles(studio, assetId)).toHaveLength(1);
  });

  it('for a post sets minutes aside when it is scheduled, and settles them when it is made', async () => {
    const studio = await openStudio();
    const { api, accountId } = studio;
    const assetId = await addIngested(studio.harness);
    const { commands } = api.client;
    const content = { title: 'An episode', parts: [{ text: 'Listen', media: [{ assetId }] }] };
    const { entityId: postId } = valueOf(await commands.publishNow({ content, targets: [{ accountId }] }));
    expect(await minutes(studio)).toEqual({ reserved: 1, spent: 0 });
    await studio.harness.startWorkers();
    await until(async () => valueOf(await commands.readPost({ postId })).state === 'published');
    expect(await minutes(studio)).toEqual({ reserved: 0, spent: 1 });

    const dueAt = new Date(Date.now() + 24 * 3_600_000).toISOString();
    const later = valueOf(
      await commands.schedulePost({
        content,
        targets: [{ accountId }],
        when: { kind: 'at', dueAt, zone: 'Europe/Berlin' },
      }),
    );
    expect(await minutes(studio)).toEqual({ reserved: 1, spent: 1 });
    valueOf(await commands.cancelPost({ postId: later.entityId }));
    expect(await minutes(studio)).toEqual({ reserved: 0, spent: 1 });
  });

  it('is refused where the budget is used up, and costs nothing where the platform takes it as it is', async () => {
    const studio = await openStudio();
    const { api, accountId } = studio;
    const { commands } = api.client;
    valueOf(await commands.setBudget({ unit: 'rendering-minutes', period: 'day', limit: 0 }));
    const assetId = await addIngested(studio.harness);
    expect(codeOf(await commands.renderVariant({ assetId, accountId }))).toBe('input.over-budget');
    const path = join(makeFolder(), 'speech.mp3');
    await execa(findMediaTools().ffmpegPath, ['-v', 'error', '-i', sampleSpeechPath, path]);
    const plain = await addIngested(studio.harness, path);
    expect(codeOf(await commands.renderVariant({ assetId: plain, accountId }))).toBe('ok');
  });

  it('that cannot be made is told of, and its minutes are free again', async () => {
    const studio = await openStudio();
    const { api, accountId } = studio;
    const path = join(makeFolder(), 'speech.wav');
    await execa(findMediaTools().ffmpegPath, ['-v', 'error', '-i', sampleSpeechPath, path]);
    const assetId = await addIngested(studio.harness, path);
    await rename(path, `${path}.away`);
    await studio.harness.startWorkers();
    const { entityId } = valueOf(await api.client.commands.renderVariant({ assetId, accountId }));
    await until(() => stateOf(studio, entityId) === 'failed');
    expect(await minutes(studio)).toEqual({ reserved: 0, spent: 0 });
    const { notices } = valueOf(await api.client.commands.listNotices({}));
    expect(notices[0]).toMatchObject({
      title: 'Could not be made ready: Speech',
      target: { screen: 'asset', assetId },
    });
  });

  it('is offered where it is needed, shows how far it is, is stopped, and is taken up again', async () => {
    const studio = await openStudio();
    const { harness, api, accountId } = studio;
    const { commands } = api.client;
    const byHand = valueOf(await commands.connectManualAccount({ service: 'other', handle: 'me' })).accountId;
    const assetId = await addIngested(harness, await makeSmallVideo());
    const letGo = holdFfmpegBack();
    const offered = async (accountIds?: string[]) =>
      valueOf(await commands.listRenderings({ assetId, ...(accountIds === undefined ? {} : { accountIds }) }))
        .accounts;
    expect((await offered([accountId])).map(({ rendering }) => rendering)).toEqual([null]);
    expect((await offered()).length).toBeGreaterThanOrEqual((await offered([byHand])).length);
    const { entityId: renderingId } = valueOf(await commands.renderVariant({ assetId, accountId }));
    const activity = async () =>
      valueOf(await commands.listActivity({})).items.find(({ kind }) => kind === 'render');
    expect(await activity()).toMatchObject({
      activityId: renderingId,
      state: 'waiting',
      actions: ['cancel'],
    });
    await harness.startWorkers();
    await until(async () => ((await activity())?.progress ?? 0) > 0);
    expect((await offered([accountId]))[0]?.rendering).toMatchObject({ renderingId, state: 'running' });

    valueOf(await commands.cancelRendering({ renderingId }));
    expect(await activity()).toMatchObject({ state: 'cancelled', actions: ['retry'] });
    expect(await minutes(studio)).toEqual({ reserved: 0, spent: 0 });
    await expect(
      harness.client.workflow.getHandle(workflowIds.renderVariant(renderingId)).result(),
    ).rejects.toThrow();
    expect(await fittedFiles(studio, assetId)).toEqual([]);
    expect((await activity())?.state).toBe('cancelled');
    expect(codeOf(await commands.cancelRendering({ renderingId }))).toBe('input.wrong-state');

    // Stopped and taken up again at once, while the work on it still ends.
    valueOf(await commands.retryRendering({ renderingId }));
    await until(async () => ((await activity())?.progress ?? 0) > 0);
    valueOf(await commands.cancelRendering({ renderingId }));
    letGo();
    valueOf(await commands.retryRendering({ renderingId }));
    expect(codeOf(await commands.retryRendering({ renderingId }))).toBe('input.wrong-state');
    await until(() => stateOf(studio, renderingId) === 'done');
    expect(await fittedFiles(studio, assetId)).toEqual([expect.stringMatching(/\.mp4$/)]);
    expect((await offered([accountId]))[0]?.rendering).toMatchObject({ state: 'done' });
    expect((await minutes(studio)).reserved).toBe(0);
  });

  it('adds up after kill -9 in the middle of it, and after the work engine has forgotten it', async () => {
    const studio = await openStudio();
    const { harness, api, accountId } = studio;
    const assetId = await addIngested(studio.harness, await makeLongVideo());
    const { entityId, workflowId } = valueOf(await api.client.commands.renderVariant({ assetId, accountId }));
    const first = await startWorkerProcess(harness);
    await until(() => stateOf(studio, entityId) === 'running');
    await first.kill();
    expect(await minutes(studio)).toEqual({ reserved: 1, spent: 0 });
    await harness.client.workflow.getHandle(workflowId).terminate();
    await api.api.rearm();
    expect(await minutes(studio)).toEqual({ reserved: 1, spent: 0 });

    const second = await startWorkerProcess(harness);
    onTestFinished(() => second.kill());
    await until(() => stateOf(studio, entityId) === 'done');
    // What it took, which on a busy computer is more than a minute.
    const { reserved, spent } = await minutes(studio);
    expect(reserved).toBe(0);
    expect(spent).toBeGreaterThanOrEqual(1);
    expect(await fittedFiles(studio, assetId)).toEqual([expect.stringMatching(/\.mp4$/)]);
  });
});

describe('the minutes of the local model', () => {
  const written = { title: 'Written', summary: 'What it says.', hook: '', keywords: [], chapters: [] };

  it('are settled by what describing took, once, and free again where it comes to nothing', async () => {
    let isBroken = false;
    const studio = await openStudio({
      chat: {
        findModel: () => Promise.resolve('scripted'),
        describe: () =>
          isBroken
            ? Promise.reject(new Error('the model fell over'))
            : Promise.resolve({
                description: written,
                reading: { readParts: 1, allParts: 1 },
                model: 'scripted',
              }),
      },
    });
    const { harness, api } = studio;
    await harness.startWorkers();
    const assetId = await addIngested(studio.harness);
    harness.dependencies.assets.setTranscriptFacts(assetId, {
      ...{ language: 'en', languageProbability: 1, hasSpeech: true, speechEngine: 'scripted' },
    });
    const describe = async () => {
      const { workflowId } = valueOf(await api.client.commands.describeAsset({ assetId }));
      await until(async () => (await minutes(studio, 'model-minutes')).reserved === 0);
      await harness.client.workflow.getHandle(workflowId).result();
    };
    await describe();
    expect(await minutes(studio, 'model-minutes')).toEqual({ reserved: 0, spent: 1 });
    isBroken = true;
    await describe();
    expect(await minutes(studio, 'model-minutes')).toEqual({ reserved: 0, spent: 1 });
    const { entries } = valueOf(await api.client.commands.readLedger({ entityId: assetId }));
    expect(entries.map(({ operation }) => operation)).toEqual(['release', 'reserve', 'settle', 'reserve']);
  });
});
