import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createLocalModels } from '../../src-node/models/local-models.ts';
import { createModelRuntime } from '../../src-node/models/model-runtime.ts';
import { defaultSettings } from '../../src-shared/domain/settings.ts';
import { taskQueues, workflowIds } from '../../src-shared/domain/workflows.ts';
import { createChatModelPort } from '../../src-worker/adapters/pull-chat-model.ts';
import { startModelRegistry, type ModelRegistry } from '../fixtures/model-registry.ts';
import { startOllama, testModelFile, whyNoOllama, type OllamaServer } from '../fixtures/ollama-server.ts';
import { openHarness, until, type Harness } from '../fixtures/worker-harness.ts';

const reason = whyNoOllama();
if (reason !== null) process.stderr.write(`skipped: pulling a model, since ${reason}\n`);

const megabyte = 1_000_000;

describe.skipIf(reason !== null)('the download of a chat model', () => {
  let server: OllamaServer;
  let harness: Harness;
  let registry: ModelRegistry;
  beforeEach(async () => {
    server = await startOllama({ isEmpty: true });
    registry = await startModelRegistry(testModelFile());
    const runtime = createModelRuntime({ readAddress: () => server.address });
    harness = await openHarness({ chatModels: createChatModelPort(runtime) });
  });
  afterEach(async () => {
    registry.stop();
    await harness.close();
    await server.stop();
  });

  async function pull() {
    harness.dependencies.chatModelRows.beginDownload(registry.model, 0);
    return harness.client.workflow.start('pullChatModel', {
      workflowId: workflowIds.pullChatModel(registry.model),
      taskQueue: taskQueues.agent,
      args: [{ name: registry.model }],
    });
  }
  const row = () => harness.dependencies.chatModelRows.find(registry.model);
  const arrived = (bytes: number) => until(() => (row()?.downloadedBytes ?? 0) > bytes);

  it('goes on where connections broke, tells how far it is, and the model can be used (complaint 16)', async () => {
    await harness.startWorkers();
    registry.breakAfter(40 * megabyte);
    const handle = await pull();
    await arrived(megabyte);
    expect(await handle.result()).toBe('installed');
    expect(row()).toMatchObject({ state: 'installed', downloadedBytes: row()?.sizeBytes, error: null });
    // Broken at least twice, and never begun anew.
    expect(registry.startedAt.length).toBeGreaterThan(2);
    expect(registry.startedAt.slice(1).every((start) => start > 0)).toBe(true);
    const runtime = createModelRuntime({ readAddress: () => server.address });
    const model = await createLocalModels({ runtime, readSettings: () => defaultSettings }).openModel(
      'chat',
      {
        signal: new AbortController().signal,
      },
    );
    expect(model.name).toBe(registry.model);
    expect(harness.dependencies.notices.list({ onlyUnread: true, limit: 5 })).toMatchObject([
      { kind: 'model-ready' },
    ]);
  });

  it('is paused by a stop, keeps what came, and goes on from there', async () => {
    await harness.startWorkers();
    registry.breakAfter(undefined);
    const first = await pull();
    await until(() => registry.sentBytes() > 20 * megabyte);
    registry.hold();
    await arrived(megabyte);
    await first.cancel();
    await expect(first.result()).rejects.toThrow();
    expect(row()).toMatchObject({ state: 'stopped' });

    registry.goOn();
    const second = await pull();
    expect(await second.result()).toBe('installed');
    expect(registry.startedAt.at(-1)).toBeGreaterThan(0);
  });

  it('outlives a restart of the worker and a power cut of the runtime without beginning anew (complaint 16)', async () => {
    const workers = await harness.startWorkers();
    const handle = await pull();
    await until(() => registry.sentBytes() > 20 * megabyte);
    registry.hold();
    await arrived(megabyte);
    await workers.stop();
    await server.kill();
    registry.goOn();
    await server.startAgain();
    await harness.startWorkers();
    expect(await handle.result()).toBe('installed');
    expect(registry.startedAt.length).toBeGreaterThan(1);
    expect(registry.startedAt.slice(1).every((start) => start > 0)).toBe(true);
    // What had not reached the disk yet came twice, and no more than that.
    expect(registry.sentBytes()).toBeLessThan(registry.sizeBytes * 1.3);
  });

  it('says that nothing comes while the line is dead, and goes on by itself once it is back', async () => {
    await harness.startWorkers();
    registry.holdAt(20 * megabyte);
    const handle = await pull();
    await until(() => row()?.error?.code === 'dependency.download-failed');
    expect(row()).toMatchObject({ state: 'downloading', remainingMs: null });
    expect(row()?.downloadedBytes).toBeGreaterThan(megabyte);
    registry.goOn();
    expect(await handle.result()).toBe('installed');
    expect(row()).toMatchObject({ state: 'installed', error: null });
  });

  it('of a model that does not exist fails at once, with what to do', async () => {
    await harness.startWorkers();
    const name = registry.model.replace('/library/small:', '/library/none:');
    harness.dependencies.chatModelRows.beginDownload(name, 0);
    const outcome: unknown = await harness.client.workflow.execute('pullChatModel', {
      workflowId: workflowIds.pullChatModel(name),
      taskQueue: taskQueues.agent,
      args: [{ name }],
    });
    expect(outcome).toBe('failed');
    expect(harness.dependencies.chatModelRows.find(name)).toMatchObject({
      state: 'failed',
      error: { code: 'input.not-found', retry: 'user' },
    });
  });
});
