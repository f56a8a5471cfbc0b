import { existsSync } from 'node:fs';
import { readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { parseRssFeed } from 'feedsmith';
import { expect, it, onTestFinished } from 'vitest';
import { addIngested } from '../fixtures/add-ingested.ts';
import { codeOf, makeFolder, startTestApi, valueOf } from '../fixtures/api-harness.ts';
import { feedDetails } from '../fixtures/feed-details.ts';
import { kindsOf } from '../fixtures/publishing-harness.ts';
import { patientTimings } from '../fixtures/publishing-timings.ts';
import { openHarness, until } from '../fixtures/worker-harness.ts';

it('an episode waits for the drive of its feed, says so, and goes on when it is there again', async () => {
  const harness = await openHarness({
    publishingTimings: patientTimings,
  });
  onTestFinished(() => harness.close());
  const api = await startTestApi({
    dataFolder: harness.dataFolder,
    temporalAddress: harness.server.address,
    lookForReturnEveryMs: 50,
  });
  const { commands } = api.client;
  const folder = join(makeFolder(), 'drive');
  const { accountId } = valueOf(await commands.connectFeedAccount({ folder, details: feedDetails }));
  const assetId = await addIngested(harness);
  await harness.startWorkers();
  const publish = async (title: string) => {
    const content = { title, parts: [{ text: 'Listen', media: [{ assetId }] }] };
    return valueOf(await commands.publishNow({ content, targets: [{ accountId }] })).entityId;
  };
  const read = async (postId: string) => valueOf(await commands.readPost({ postId }));
  const titles = async () => {
    const { items = [] } = parseRssFeed(await readFile(join(folder, 'feed.xml'), 'utf8'));
    return items.map(({ title }) => title);
  };
  const first = await publish('First');
  await until(async () => (await read(first)).state === 'published');

  await rename(folder, `${folder} unplugged`);
  const second = await publish('Second');
  await until(async () => kindsOf(await read(second)).includes('waits-for-folder'));
  expect((await read(second)).targets[0]).toMatchObject({
    state: 'waiting',
    error: { code: 'platform.folder-missing' },
  });
  const { notices } = valueOf(await commands.listNotices({}));
  expect(notices[0]).toMatchObject({
    title: 'Waits for the folder of its account: Second',
    body: expect.stringContaining('Connect its drive') as unknown,
    target: { screen: 'post', postId: second },
  });
  // Neither does a change of the feed, nor connecting it once more, make a new one in its place.
  const settings = { platform: 'feed', folder, details: { ...feedDetails, title: 'Evening bread' } } as const;
  expect(codeOf(await commands.updateAccount({ accountId, settings }))).toBe('platform.folder-missing');
  expect(codeOf(await commands.connectFeedAccount({ folder, details: feedDetails }))).toBe(
    'platform.folder-missing',
  );
  expect(existsSync(folder)).toBe(false);

  // Nothing of it was written, so it can still be changed, or taken back.
  const content = { title: 'Second, anew', parts: [{ text: 'Listen', media: [{ assetId }] }] };
  expect(codeOf(await commands.editPost({ postId: second, content }))).toBe('ok');
  const third = await publish('Third');
  await until(async () => kindsOf(await read(third)).includes('waits-for-folder'));
  expect(codeOf(await commands.cancelPost({ postId: third }))).toBe('ok');

  await rename(`${folder} unplugged`, folder);
  await until(async () => (await read(second)).state === 'published');
  expect(await titles()).toEqual(['Second, anew', 'First']);

  await rename(folder, `${folder} unplugged`);
  valueOf(await commands.deletePublishedPost({ postId: first }));
  await until(async () => kindsOf(await read(first)).includes('waits-for-folder'));
  expect((await read(first)).state).toBe('deleting');
  await rename(`${folder} unplugged`, folder);
  await until(async () => (await read(first)).state === 'deleted');
  expect(await titles()).toEqual(['Second, anew']);
});
