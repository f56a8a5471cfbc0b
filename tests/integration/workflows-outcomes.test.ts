import { rename, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { describeAssetFiles } from '../../src-node/asset-files.ts';
import { AppError } from '../../src-shared/domain/errors.ts';
import { taskQueues, workflowIds } from '../../src-shared/domain/workflows.ts';
import type { ChatPort, WrittenDescription } from '../../src-worker/activities/ports.ts';
import type { WorkerPorts } from '../../src-worker/activities/dependencies.ts';
import {
  probeOfSpeech,
  scriptedMedia,
  scriptedTranscription,
  transcribeWith,
  untilAborted,
} from '../fixtures/scripted-ports.ts';
import type { TemporalServer } from '../fixtures/temporal-server.ts';
import { openHarness, shareServer, until, type Harness, type IngestRun } from '../fixtures/worker-harness.ts';

const written: WrittenDescription = {
  title: 'Written title',
  summary: 'Written summary.',
  hook: 'Written hook.',
  keywords: ['written'],
  chapters: [],
};

function chatWith(changes: Partial<ChatPort>): ChatPort {
  return {
    findModel: () => Promise.resolve('scripted'),
    describe: () =>
      Promise.resolve({
        description: written,
        reading: { readParts: 1, allParts: 1 },
        model: 'scripted',
      }),
    ...changes,
  };
}

function crash(): AppError {
  return new AppError({ code: 'dependency.transcriber-crashed', userMessage: 'It stopped.', retry: 'auto' });
}

describe('an ingest', () => {
  let server: TemporalServer;
  let harness: Harness;
  beforeAll(async () => {
    server = await shareServer();
  });
  afterEach(() => harness.close());
  afterAll(() => server.stop());

  async function open(ports: Partial<WorkerPorts> = {}): Promise<void> {
    harness = await openHarness({
      server,
      media: scriptedMedia(),
      transcription: scriptedTranscription(),
      ...ports,
    });
    await harness.startWorkers();
  }

  async function put(name: string, content: string): Promise<string> {
    const path = join(harness.dataFolder.scratchFolder, name);
    await writeFile(path, content);
    return path;
  }

  const statesOf = ({ assetId }: IngestRun): string =>
    harness.dependencies.steps
      .list(assetId)
      .map(({ step, state }) => `${step} ${state}`)
      .join(', ');

  const textOf = ({ assetId }: IngestRun): string[] =>
    harness.dependencies.transcripts.listSegments(assetId).map(({ text }) => text);

  it('of content that is in the library already ends as a duplicate of it', async () => {
    await open();
    const first = await harness.ingest(await put('a.wav', 'same'));
    await first.handle.result();
    const second = await harness.ingest(await put('b.wav', 'same'));
    expect(await second.handle.result()).toBe('duplicate');
    expect(harness.dependencies.assets.get(second.assetId)).toMatchObject({
      status: 'duplicate',
      duplicateOf: first.assetId,
    });
    expect(statesOf(second)).toBe(
      'register done, probe skipped, preview skipped, transcribe skipped, describe skipped, queue skipped',
    );
  });

  it('copies the original into the library where that is asked for, and leaves the original alone', async () => {
    await open();
    const path = await put('Take One.WAV', 'sound');
    const { assetId, handle } = await harness.ingest(path, { storage: 'copy' });
    expect(await handle.result()).toBe('review');
    const { path: copyPath } = harness.dependencies.assets.get(assetId);
    expect(dirname(copyPath)).toBe(describeAssetFiles(harness.dataFolder, assetId).originalFolder);
    expect(await readFile(copyPath, 'utf8')).toBe('sound');
    expect(await readFile(path, 'utf8')).toBe('sound');
  });

  it('that is cancelled ends as cancelled with what was saved, and goes on from there', async () => {
    let isHeld = true;
    const aborted: unknown[] = [];
    const hold = async (index: number, signal: AbortSignal): Promise<void> => {
      if (!isHeld || index < 2) return;
      await untilAborted(signal).finally(() => aborted.push(index));
    };
    await open({ transcription: scriptedTranscription(transcribeWith(hold)) });
    const run = await harness.ingest(await put('a.wav', 'sound'));
    await until(() => textOf(run).length === 2);
    await run.handle.cancel();
    await expect(run.handle.result()).rejects.toThrow(/cancel/i);
    expect(aborted).toEqual([2]);
    expect(harness.dependencies.assets.get(run.assetId).status).toBe('cancelled');
    expect(statesOf(run)).toBe(
      'register done, probe done, preview done, transcribe cancelled, describe cancelled, queue cancelled',
    );

    isHeld = false;
    const again = await harness.ingest('unused', { assetId: run.assetId });
    expect(await again.handle.result()).toBe('review');
    expect(textOf(run)).toEqual([0, 1, 2, 3, 4, 5].map((index) => `Chunk ${index}.`));
  });

  it('fails with a named error when its file is gone, and goes on when the file is back', async () => {
    let probes = 0;
    const probe = () => {
      probes += 1;
      return Promise.resolve(probeOfSpeech);
    };
    let isBroken = true;
    const transcribe = transcribeWith(() => {
      if (isBroken) throw new AppError({ code: 'storage.vanished', userMessage: 'Gone.', retry: 'user' });
    });
    await open({ media: scriptedMedia({ probe }), transcription: scriptedTranscription(transcribe) });
    const path = await put('a.wav', 'sound');
    const run = await harness.ingest(path);
    expect(await run.handle.result()).toBe('failed');
    expect(harness.dependencies.assets.get(run.assetId)).toMatchObject({
      status: 'failed',
      isFileMissing: true,
      error: { code: 'storage.vanished', userMessage: 'Gone.' },
    });
    expect(harness.dependencies.notices.list({ onlyUnread: true, limit: 10 })).toMatchObject([
      { kind: 'asset-failed', target: { screen: 'asset', assetId: run.assetId } },
    ]);

    isBroken = false;
    const again = await harness.ingest(path, { assetId: run.assetId });
    expect(await again.handle.result()).toBe('review');
    expect(probes).toBe(1);
  });

  it('fails when its file was never there, with the reason on the first step', async () => {
    await open();
    const run = await harness.ingest(join(harness.dataFolder.scratchFolder, 'nothing.wav'));
    expect(await run.handle.result()).toBe('failed');
    expect(harness.dependencies.steps.list(run.assetId)[0]).toMatchObject({
      state: 'failed',
      error: { code: 'storage.vanished' },
    });
  });

  it('begins anew when the file holds something else than before', async () => {
    let isBroken = true;
    const transcribe = transcribeWith((index) => {
      if (isBroken && index === 3)
        throw new AppError({ code: 'media.failed', userMessage: 'No.', retry: 'user' });
    });
    await open({ transcription: scriptedTranscription(transcribe) });
    const path = await put('a.wav', 'one');
    const run = await harness.ingest(path);
    expect(await run.handle.result()).toBe('failed');
    expect(textOf(run)).toHaveLength(3);

    isBroken = false;
    await writeFile(path, 'quite another');
    const before = harness.dependencies.transcripts
      .listSegments(run.assetId)
      .map(({ segmentId }) => segmentId);
    const again = await harness.ingest(path, { assetId: run.assetId });
    expect(await again.handle.result()).toBe('review');
    const after = harness.dependencies.transcripts
      .listSegments(run.assetId)
      .map(({ segmentId }) => segmentId);
    expect(after.filter((id) => before.includes(id))).toEqual([]);
  });

  it('tries a crashed transcriber again as long as it gets on, however often it crashes', async () => {
    const crashed = new Set<number>();
    const transcribe = transcribeWith((index) => {
      if (crashed.has(index)) return;
      crashed.add(index);
      throw crash();
    });
    await open({ transcription: scriptedTranscription(transcribe) });
    const run = await harness.ingest(await put('a.wav', 'sound'));
    expect(await run.handle.result()).toBe('review');
    expect(crashed.size).toBe(6);
    expect(textOf(run)).toHaveLength(6);
  });

  it('gives up on a transcriber that crashes three times at the same place', async () => {
    let crashes = 0;
    const transcribe = transcribeWith((index) => {
      if (index < 2) return;
      crashes += 1;
      throw crash();
    });
    await open({ transcription: scriptedTranscription(transcribe) });
    const run = await harness.ingest(await put('a.wav', 'sound'));
    expect(await run.handle.result()).toBe('failed');
    expect(crashes).toBe(3);
    expect(harness.dependencies.assets.get(run.assetId).error?.code).toBe('dependency.transcriber-crashed');
  });

  it('reaches the review queue although the model fails, and says so on that step alone', async () => {
    const refusal = new AppError({ code: 'dependency.chat-model-failed', userMessage: 'No.', retry: 'user' });
    await open({ chat: chatWith({ describe: () => Promise.reject(refusal) }) });
    const run = await harness.ingest(await put('a.wav', 'sound'));
    expect(await run.handle.result()).toBe('review');
    expect(statesOf(run)).toContain('describe failed, queue done');
    expect(harness.dependencies.assets.get(run.assetId)).toMatchObject({ status: 'review', error: null });
  });

  it('without a chat model is queued at once, and described once there is one', async () => {
    let model: string | null = null;
    await open({ chat: chatWith({ findModel: () => Promise.resolve(model) }) });
    const run = await harness.ingest(await put('a.wav', 'sound'));
    expect(await run.handle.result()).toBe('review');
    expect(statesOf(run)).toContain('describe deferred');

    model = 'scripted';
    const { assetId } = run;
    const outcome: unknown = await harness.client.workflow.execute('describeAsset', {
      workflowId: workflowIds.describeAsset(assetId),
      taskQueue: taskQueues.agent,
      args: [{ assetId }],
    });
    expect(outcome).toBe('with-model');
    expect(harness.dependencies.assets.get(assetId)).toMatchObject({
      title: 'Written title',
      keywords: ['written'],
    });
    expect(statesOf(run)).toContain('describe done');
  });

  it('of a picture skips transcription and describes it from its name, without the model', async () => {
    const probe = () =>
      Promise.resolve({ ...probeOfSpeech, kind: 'image' as const, durationMs: null, soundStreamIndex: null });
    const describe = () => Promise.reject(new Error('nobody should ask'));
    await open({ media: scriptedMedia({ probe }), chat: chatWith({ describe }) });
    const run = await harness.ingest(await put('harbour_at_dawn.jpg', 'picture'));
    expect(await run.handle.result()).toBe('review');
    expect(statesOf(run)).toContain('transcribe skipped, describe done');
    expect(harness.dependencies.assets.get(run.assetId).title).toBe('harbour at dawn');
  });

  it('whose asset was removed ends with the cancellation and disturbs nothing', async () => {
    await open({
      transcription: scriptedTranscription(transcribeWith((_, signal) => untilAborted(signal))),
    });
    const run = await harness.ingest(await put('a.wav', 'sound'));
    await until(() => statesOf(run).includes('transcribe running'));
    harness.dependencies.assets.remove(run.assetId);
    await run.handle.cancel();
    await expect(run.handle.result()).rejects.toThrow(/cancel/i);
  });

  it('holds nobody up: the ones behind it wait for the transcriber and are prepared meanwhile', async () => {
    let release = (): void => undefined;
    const released = new Promise<void>((resolve) => (release = resolve));
    await open({ transcription: scriptedTranscription(transcribeWith(() => released)) });
    const first = await harness.ingest(await put('a.wav', 'one'));
    await until(() => statesOf(first).includes('transcribe running'));
    const second = await harness.ingest(await put('b.wav', 'two'));
    await until(() => statesOf(second).includes('preview done'));
    expect(statesOf(second)).toContain('transcribe waiting');
    release();
    expect([await first.handle.result(), await second.handle.result()]).toEqual(['review', 'review']);
  });

  it('finds a file that was moved back under its old name unchanged', async () => {
    await open();
    const path = await put('a.wav', 'sound');
    const run = await harness.ingest(path);
    await run.handle.result();
    await rename(path, `${path}.away`);
    await rename(`${path}.away`, path);
    const again = await harness.ingest(path, { assetId: run.assetId });
    expect(await again.handle.result()).toBe('review');
    expect(harness.dependencies.steps.list(run.assetId).map(({ attempt }) => attempt)).toEqual([
      1, 1, 1, 1, 0, 0,
    ]);
  });
});
