import { once } from 'node:events';
import type { Client } from '@temporalio/client';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createAssetRepository } from '../../src-data/assets.ts';
import { createOutboxRepository } from '../../src-data/outbox.ts';
import { createSpeechModelRepository } from '../../src-data/speech-models.ts';
import {
  makeFolder,
  startTestApi,
  untilTold,
  valueOf,
  writeRecording,
  type TestApi,
} from '../fixtures/api-harness.ts';
import { connectToServer, startTemporalServer, type TemporalServer } from '../fixtures/temporal-server.ts';

/** The person waits a quarter of a second; a busy computer may need longer. */
const patienceMs = 300_000;

async function startServer(): Promise<TemporalServer> {
  const server = await startTemporalServer(makeFolder());
  onTestFinished(() => server.stop());
  return server;
}

async function connectTo(server: TemporalServer): Promise<Client> {
  const client = await connectToServer(server.address);
  onTestFinished(() => client.connection.close());
  return client;
}

/** Resolves once the outbox is empty: everything was acknowledged. */
async function untilDelivered({ client, database }: TestApi): Promise<void> {
  const outbox = createOutboxRepository(database);
  const news = new EventTarget();
  const unsubscribe = client.onEvent(() => news.dispatchEvent(new Event('news')));
  // The first event comes with the subscription itself.
  do await once(news, 'news');
  while (outbox.count() > 0);
  unsubscribe();
}

async function describeRun(client: Client, workflowId: string) {
  const description = await client.workflow.getHandle(workflowId).describe();
  return { status: description.status.name, runId: description.runId };
}

describe('with the work engine there', () => {
  it('work is scheduled: acknowledged before the answer', async () => {
    const server = await startServer();
    const api = await startTestApi({ temporalAddress: server.address, acknowledgeWithinMs: patienceMs });
    const path = writeRecording(makeFolder(), 'talk.mp4');
    await api.api.rearm();
    const result = valueOf(await api.client.commands.ingestMedia({ path }, { idempotencyKey: 'k' }));
    expect(result.status).toBe('scheduled');
    const client = await connectTo(server);
    expect(await describeRun(client, result.workflowId)).toMatchObject({ status: 'RUNNING' });
    const again = await api.client.commands.ingestMedia({ path }, { idempotencyKey: 'k' });
    expect(valueOf(again)).toEqual(result);
  });

  it('is scheduled for all who ask with the same key at once, who get one and the same answer', async () => {
    const server = await startServer();
    const api = await startTestApi({ temporalAddress: server.address, acknowledgeWithinMs: patienceMs });
    await api.api.rearm();
    const path = writeRecording(makeFolder(), 'talk.mp4');
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => api.client.commands.ingestMedia({ path }, { idempotencyKey: 'k' })),
    );
    const [first, ...others] = answers.map(valueOf);
    expect(first?.status).toBe('scheduled');
    for (const other of others) expect(other).toEqual(first);
  });

  it('a retry right after a cancellation waits for the end of the old run and starts a new one', async () => {
    const server = await startServer();
    const api = await startTestApi({ temporalAddress: server.address });
    await api.api.rearm();
    const path = writeRecording(makeFolder(), 'talk.mp4');
    const { entityId: assetId, workflowId } = valueOf(await api.client.commands.ingestMedia({ path }));
    const client = await connectTo(server);
    await untilTold(api);
    const first = await describeRun(client, workflowId);
    valueOf(await api.client.commands.cancelIngest({ assetId }));
    const retried = valueOf(await api.client.commands.retryIngest({ assetId }));
    expect(retried.status).toBe('accepted');
    // Nobody works here: the old run ends only now.
    await client.workflow.getHandle(workflowId, first.runId).terminate();
    await untilDelivered(api);
    const second = await describeRun(client, workflowId);
    expect(second.status).toBe('RUNNING');
    expect(second.runId).not.toBe(first.runId);
  });
});

describe('removing a recording', () => {
  it('cancels the work on it', async () => {
    const server = await startServer();
    const api = await startTestApi({ temporalAddress: server.address });
    await api.api.rearm();
    const path = writeRecording(makeFolder(), 'talk.mp4');
    const { entityId: assetId, workflowId } = valueOf(await api.client.commands.ingestMedia({ path }));
    valueOf(await api.client.commands.removeAsset({ assetId }));
    await untilDelivered(api);
    const { raw } = await (await connectTo(server)).workflow.getHandle(workflowId).describe();
    expect(raw.workflowExtendedInfo?.cancelRequested).toBe(true);
  });
});

describe('with the work engine down', () => {
  it('work is accepted, and started exactly once when it comes back', async () => {
    const server = await startServer();
    await server.kill();
    const api = await startTestApi({ temporalAddress: server.address });
    const folder = makeFolder();
    const results = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        api.client.commands.ingestMedia({ path: writeRecording(folder, `${index}.mp4`) }),
      ),
    );
    expect(results.map((result) => valueOf(result).status)).toEqual(Array(20).fill('accepted'));
    expect(valueOf(await api.client.commands.readStatus({})).pendingStartCount).toBe(20);
    await server.start();
    await untilDelivered(api);
    const client = await connectTo(server);
    for (const result of results) {
      const { workflowId } = valueOf(result);
      expect(await describeRun(client, workflowId)).toMatchObject({ status: 'RUNNING' });
    }
    const { count } = await client.workflow.count();
    expect(count).toBeLessThanOrEqual(20);
  });

  it('killed in the middle of many starts, it is told the rest later and nothing is lost', async () => {
    const server = await startServer();
    const api = await startTestApi({ temporalAddress: server.address });
    await api.api.rearm();
    const folder = makeFolder();
    const calls = Array.from({ length: 30 }, (_, index) =>
      api.client.commands.ingestMedia({ path: writeRecording(folder, `${index}.mp4`) }),
    );
    await calls[5];
    await server.kill();
    const results = (await Promise.all(calls)).map(valueOf);
    await server.start();
    await untilDelivered(api);
    const client = await connectTo(server);
    for (const { workflowId } of results) {
      expect(await describeRun(client, workflowId)).toMatchObject({ status: 'RUNNING' });
    }
  });

  it('the api is killed before it could tell: the next one does', async () => {
    const server = await startServer();
    const first = await startTestApi();
    const path = writeRecording(makeFolder(), 'talk.mp4');
    const { workflowId } = valueOf(await first.client.commands.ingestMedia({ path }));
    await first.api.stop();
    const second = await startTestApi({ dataFolder: first.dataFolder, temporalAddress: server.address });
    await untilDelivered(second);
    expect(await describeRun(await connectTo(server), workflowId)).toMatchObject({ status: 'RUNNING' });
  });
});

describe('with an engine that was made anew', () => {
  it('everything that was under way is armed again, and nothing that had ended', async () => {
    const lost = await startServer();
    const first = await startTestApi({ temporalAddress: lost.address });
    await first.api.rearm();
    const folder = makeFolder();
    const { commands } = first.client;
    const ingesting = valueOf(await commands.ingestMedia({ path: writeRecording(folder, 'a.mp4') }));
    const done = valueOf(await commands.ingestMedia({ path: writeRecording(folder, 'b.mp4') }));
    createAssetRepository(first.database).setStatus(done.entityId, 'review');
    const watched = valueOf(await commands.watchFolder({ path: folder }));
    const pulled = valueOf(await commands.pullSpeechModel({ modelId: 'tiny' }));
    const stopped = valueOf(await commands.pullSpeechModel({ modelId: 'small' }));
    createSpeechModelRepository(first.database).setStopped('small');
    // What was not told yet would be told to the next engine, and rightly so.
    await untilTold(first);
    await first.api.stop();
    await lost.stop();

    const fresh = await startServer();
    const second = await startTestApi({ dataFolder: first.dataFolder, temporalAddress: fresh.address });
    await second.api.rearm();
    await untilDelivered(second);
    const client = await connectTo(fresh);
    for (const { workflowId } of [ingesting, watched, pulled]) {
      expect(await describeRun(client, workflowId)).toMatchObject({ status: 'RUNNING' });
    }
    for (const { workflowId } of [done, stopped]) {
      await expect(describeRun(client, workflowId)).rejects.toThrow(/not found/i);
    }
  });
});
