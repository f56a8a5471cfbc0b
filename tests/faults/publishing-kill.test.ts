import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { publishingSteps } from '../../src-worker/activities/publishing-port.ts';
import { valueOf } from '../fixtures/api-harness.ts';
import { kindsOf, openPublishing } from '../fixtures/publishing-harness.ts';
import { startPublishingWorker } from '../fixtures/publishing-worker-process.ts';
import { until } from '../fixtures/worker-harness.ts';

/** So long ahead that it does not come by itself, and so little that it is made ready. */
const aheadMs = 5 * 60_000;

describe('a worker that is killed', () => {
  it.each(publishingSteps)('at the step “%s” leaves exactly one post behind', async (step) => {
    const publishing = await openPublishing();
    const { platform, addAccount, schedule, comeDue, untilState } = publishing;
    const isAhead = step.startsWith('prepare');
    const accountId = addAccount();
    // The step at which the platform is looked at is only reached after a lost answer.
    if (step === 'looked') platform.plan(accountId, 'publish', { kind: 'lost-reply' });
    const begin = () => startPublishingWorker(publishing, { dieAt: step });
    // Either the worker is there long before the post is due, or only after: in between it might make it ready ahead.
    const early = isAhead ? await begin() : undefined;
    const postId = await schedule([accountId], { inMs: isAhead ? aheadMs : 1 });
    const dying = early ?? (await begin());
    await dying.exited;
    await startPublishingWorker(publishing);
    if (isAhead) await comeDue(postId);
    const post = await untilState(postId, 'published');
    expect(platform.posts()).toHaveLength(1);
    expect(kindsOf(post).filter((kind) => kind === 'published')).toHaveLength(1);
    // The ledger adds up: what was set aside for it is spent, once.
    const { totals } = valueOf(await publishing.api.client.commands.readLedger({}));
    expect(totals.find(({ unit }) => unit === 'posts')).toMatchObject({ reserved: 0, spent: 1 });
  });

  it('together with Temporal in the middle of twenty posts loses none and doubles none', async () => {
    const publishing = await openPublishing();
    const { harness, api, platform, addAccount, schedule, read } = publishing;
    const accountIds = [addAccount({ name: 'One' }), addAccount({ name: 'Two' })];
    const worker = await startPublishingWorker(publishing);
    const postIds: string[] = [];
    for (let index = 0; index < 20; index += 1) {
      postIds.push(await schedule(accountIds, { inMs: 4_000, text: `Post ${index}` }));
    }
    await until(() => platform.posts().length >= 5);
    await Promise.all([harness.server.kill(), worker.kill()]);
    await harness.server.start();
    api.api.reconnect();
    await startPublishingWorker(publishing);
    await until(async () => {
      const states = await Promise.all(postIds.map(async (postId) => (await read(postId)).state));
      return states.every((state) => state === 'published');
    });
    const sent = platform.posts().map(({ accountId, text }) => `${accountId} ${text}`);
    expect(new Set(sent).size).toBe(40);
    expect(sent).toHaveLength(40);
  });

  it('leaves its part to a second worker that runs beside it, and both together send once', async () => {
    const publishing = await openPublishing();
    const { platform, addAccount, schedule, read } = publishing;
    const begin = () => startPublishingWorker(publishing, { isOneOfSeveral: true });
    await Promise.all([begin(), begin()]);
    const accountId = addAccount();
    const postIds: string[] = [];
    for (let index = 0; index < 10; index += 1) {
      postIds.push(await schedule([accountId], { inMs: 2_000, text: `Post ${index}` }));
    }
    await until(async () => {
      const states = await Promise.all(postIds.map(async (postId) => (await read(postId)).state));
      return states.every((state) => state === 'published');
    });
    expect(
      platform
        .posts()
        .map(({ text }) => text)
        .sort(),
    ).toEqual(postIds.map((_postId, index) => `Post ${index}`).sort());
  });
});

describe('a Temporal file that is lost', () => {
  it('is made again from the database: what was sent is not sent again, the rest is', async () => {
    const publishing = await openPublishing();
    const { harness, api, platform, addAccount, schedule, untilState } = publishing;
    const accountId = addAccount();
    const begin = () => startPublishingWorker(publishing, { isOneOfSeveral: true });
    await begin();
    const sent = await schedule([accountId], { text: 'Sent before' });
    await untilState(sent, 'published');
    const waiting = await schedule([accountId], { inMs: 12_000, text: 'Still to come' });
    await harness.server.kill();
    for (const ending of ['', '-wal', '-shm']) {
      await rm(join(harness.dataFolder.temporalFolder, `temporal.db${ending}`), { force: true });
    }
    await harness.server.start();
    api.api.reconnect();
    await api.api.rearm();
    await begin();
    await untilState(waiting, 'published');
    expect(platform.posts().map(({ text }) => text)).toEqual(['Sent before', 'Still to come']);
  });
});
