import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { connect } from '../../src-data/database.ts';
import { prepareTarget } from '../../src-worker/activities/publishing/prepare-target.ts';
import { publishTarget } from '../../src-worker/activities/publishing/publish-target.ts';
import { addIngested } from '../fixtures/add-ingested.ts';
import { makeFolder, startTestApi, valueOf } from '../fixtures/api-harness.ts';
import { feedDetails } from '../fixtures/feed-details.ts';
import { createWorkerParts } from '../fixtures/worker-parts.ts';

it('a post whose recording was removed after it was made ready says so, and not that its platform fails', async () => {
  const api = await startTestApi();
  const database = connect(api.dataFolder.databaseFile);
  onTestFinished(() => database.close());
  const dependencies = createWorkerParts({ database, dataFolder: api.dataFolder });
  const { commands } = api.client;
  const folder = join(makeFolder(), 'feed');
  const { accountId } = valueOf(await commands.connectFeedAccount({ folder, details: feedDetails }));
  const assetId = await addIngested({ dependencies });
  const { entityId: postId } = valueOf(
    await commands.schedulePost({
      content: { title: 'An episode', parts: [{ text: 'Listen', media: [{ assetId }] }] },
      targets: [{ accountId }],
      when: { kind: 'at', dueAt: new Date(Date.now() + 300_000).toISOString(), zone: 'Europe/Berlin' },
    }),
  );
  const read = () => dependencies.posts.listTargets(postId)[0];
  const targetId = read()?.targetId ?? '';
  const { signal } = new AbortController();
  await prepareTarget(dependencies, targetId, signal);
  expect(read()?.frozen).not.toBeNull();
  valueOf(await commands.removeAsset({ assetId }));
  dependencies.posts.setPost(postId, { dueAt: new Date().toISOString() });

  await publishTarget(dependencies, targetId, signal);
  expect(read()).toMatchObject({ state: 'waiting', error: { code: 'storage.vanished' } });
  await publishTarget(dependencies, targetId, signal);
  expect(read()).toMatchObject({
    state: 'failed',
    error: {
      code: 'platform.asset-unusable',
      userMessage: expect.stringContaining('is not in the library any more') as unknown,
    },
  });
});
