import { expect, it } from 'vitest';
import { startPost } from '../../src-api/boundary/start-messages.ts';
import { createOutboxRepository } from '../../src-data/outbox.ts';
import { kindsOf, openPublishing } from '../fixtures/publishing-harness.ts';
import { until } from '../fixtures/worker-harness.ts';

it('what a power cut brings back into the outbox is told again, to no effect, also where its work has ended', async () => {
  const { harness, api, platform, addAccount, schedule, untilState, read } = await openPublishing();
  await harness.startWorkers();
  const accountId = addAccount();
  const sent = await schedule([accountId], { inMs: 0, text: 'Sent' });
  const waiting = await schedule([accountId], { inMs: 3_600_000, text: 'Waits' });
  await untilState(sent, 'published');
  const outbox = createOutboxRepository(harness.dependencies.database);
  await until(() => outbox.count() === 0);
  // Its workflow has begun, and says so in the receipts.
  await until(async () => kindsOf(await read(waiting)).includes('scheduled'));
  const ended = harness.client.workflow.getHandle(startPost(sent).workflowId);
  await ended.terminate();
  const before = [await read(sent), await read(waiting)];

  // The row goes without waiting for the disk, so that this is how the next start may find it.
  outbox.add(startPost(sent));
  outbox.add(startPost(waiting));
  await api.api.rearm();
  api.api.reconnect();
  await until(() => outbox.count() === 0);
  await until(async () => (await ended.describe()).status.name === 'RUNNING');

  expect([await read(sent), await read(waiting)]).toEqual(before);
  expect(platform.posts().map(({ text }) => text)).toEqual(['Sent']);
});
