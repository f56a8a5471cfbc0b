import { join } from 'node:path';
import { NativeConnection, Worker } from '@temporalio/worker';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { createOutboxDispatcher } from '../../src-api/boundary/outbox-dispatcher.ts';
import { createTemporalEngine } from '../../src-api/boundary/temporal-client.ts';
import { createOutboxRepository, type OutboxMessage } from '../../src-data/outbox.ts';
import { makeLibrary } from '../../src-data/testing/temporary-library.ts';
import { createSilentLogger } from '../../src-node/logger.ts';
import { temporalNamespace } from '../../src-shared/domain/workflows.ts';
import { installTemporalRuntime } from '../../src-worker/temporal-runtime.ts';
import { makeFolder } from '../fixtures/api-harness.ts';
import { connectToServer, startTemporalServer } from '../fixtures/temporal-server.ts';
import { until } from '../fixtures/worker-harness.ts';

const taskQueue = 'test';
const logger = createSilentLogger();
const tell = (word: string, updateId: string): OutboxMessage => ({
  operation: 'update',
  workflowId: 'collecting',
  updateName: 'add',
  updateId,
  input: word,
});

async function open() {
  const server = await startTemporalServer(makeFolder());
  onTestFinished(() => server.stop());
  const outbox = createOutboxRepository(makeLibrary());
  const engine = createTemporalEngine({ address: server.address, namespace: temporalNamespace, logger });
  const dispatcher = createOutboxDispatcher({ outbox, engine, logger });
  onTestFinished(async () => {
    await engine.close();
    await dispatcher.close();
  });
  await until(() => engine.isReady());
  const client = await connectToServer(server.address);
  onTestFinished(() => client.connection.close());
  return { server, outbox, dispatcher, client };
}

async function startWorker(address: string): Promise<void> {
  const connection = await NativeConnection.connect({ address });
  const worker = await Worker.create({
    connection,
    namespace: temporalNamespace,
    taskQueue,
    workflowsPath: join(import.meta.dirname, '../fixtures/collecting-workflow.ts'),
  });
  const run = worker.run();
  onTestFinished(async () => {
    worker.shutdown();
    await run;
    await connection.close();
  });
}

beforeAll(() => installTemporalRuntime(logger));

describe('updates in the outbox', () => {
  it('reach the workflow in order, once however often they are delivered; a refusal is told too', async () => {
    const { server, outbox, dispatcher, client } = await open();
    await startWorker(server.address);
    const handle = await client.workflow.start('collecting', { taskQueue, workflowId: 'collecting' });
    const words = [
      ['one', 'first'],
      ['two', 'second'],
      ['one', 'first'],
      ['refused', 'third'],
      ['three', 'fourth'],
    ] as const;
    for (const [word, updateId] of words) outbox.add(tell(word, updateId));
    dispatcher.wake();
    await until(() => outbox.count() === 0);
    await handle.signal('end');
    expect(await handle.result()).toEqual(['one', 'two', 'three']);
    // Nobody is there any more to be told.
    outbox.add(tell('four', 'fifth'));
    dispatcher.wake();
    await until(() => outbox.count() === 0);
  });

  it('wait for a worker without holding up the starts of other work', async () => {
    const { server, outbox, dispatcher, client } = await open();
    for (let index = 0; index < 20; index += 1) {
      const workflowId = `collecting-${index}`;
      await client.workflow.start('collecting', { taskQueue, workflowId });
      outbox.add({ ...tell('word', 'first'), workflowId });
    }
    const handle = await client.workflow.start('collecting', { taskQueue, workflowId: 'collecting' });
    outbox.add(tell('late', 'first'));
    dispatcher.wake();
    outbox.add({
      operation: 'start',
      workflowId: 'ingest:x',
      workflowType: 'ingestAsset',
      taskQueue: 'elsewhere',
      input: { assetId: 'x' },
    });
    dispatcher.wake();
    await until(() => !outbox.hasPending('ingest:x'));
    expect(outbox.count()).toBe(21);
    await startWorker(server.address);
    await until(() => outbox.count() === 0);
    await handle.signal('end');
    expect(await handle.result()).toEqual(['late']);
  });
});
