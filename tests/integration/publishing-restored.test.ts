import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { expect, it, onTestFinished } from 'vitest';
import { createBlueskyConnector } from '../../src-connectors/bluesky/node/bluesky-connector.ts';
import { signIn } from '../../src-connectors/bluesky/node/bluesky-session.ts';
import { blueskyLimits } from '../../src-connectors/bluesky/shared/bluesky-limits.ts';
import { createBackup } from '../../src-data/backup.ts';
import type { LibraryDatabase } from '../../src-data/database.ts';
import { openLibrary } from '../../src-data/open-library.ts';
import { createPostChanges } from '../../src-data/posts/change-posts.ts';
import { openDataFolder } from '../../src-node/data-folder.ts';
import { resolveTime } from '../../src-shared/domain/due-time.ts';
import { defaultLateness } from '../../src-shared/domain/lateness.ts';
import { variantContentSchema } from '../../src-shared/domain/variant-content.ts';
import { publishTarget } from '../../src-worker/activities/publishing/publish-target.ts';
import { makeFolder } from '../fixtures/api-harness.ts';
import { startBlueskyServer } from '../fixtures/bluesky-server.ts';
import { makeContext } from '../fixtures/connector-context.ts';
import { createWorkerParts } from '../fixtures/worker-parts.ts';

it('what was sent to the real Bluesky server since the backup is found there, and not sent again', async () => {
  const server = await startBlueskyServer();
  onTestFinished(() => server.stop());
  const person = await server.createAccount('restored');
  const appPassword = await person.createAppPassword('longhand');
  const request = { serviceUrl: server.url, identifier: person.handle, appPassword };
  const credential = await signIn(request, new AbortController().signal, () => new Date());
  const connector = createBlueskyConnector();
  const dataFolder = openDataFolder(makeFolder());

  const [accountId, postId] = [randomUUID(), randomUUID()];
  /** What a worker with this library does about the post. */
  async function publish(database: LibraryDatabase) {
    const dependencies = createWorkerParts(
      { database, dataFolder },
      {
        publishing: {
          connectorOf: () => connector,
          openContext: (account, known) => {
            const settings = { platform: 'bluesky' } as const;
            return { ...makeContext({ platform: 'bluesky', settings, credential }), ...known, account };
          },
          fitMedia: (parts) =>
            Promise.resolve({ parts: parts.map(({ text }) => ({ text, media: [] })), renderedMs: 0 }),
        },
      },
    );
    dependencies.triage.run();
    const [target] = dependencies.posts.listTargets(postId);
    await publishTarget(dependencies, target?.targetId ?? '', new AbortController().signal);
    return dependencies.posts.listTargets(postId)[0];
  }

  const { database } = await openLibrary(dataFolder);
  createWorkerParts({ database, dataFolder }).accounts.connect({
    ...{ accountId, name: 'Studio', platform: 'bluesky', handle: person.handle, remoteId: person.did },
    ...{ serviceUrl: server.url, profileUrl: null, settings: { platform: 'bluesky' }, limits: blueskyLimits },
  });
  const { due } = resolveTime(new Date().toISOString(), 'Europe/Berlin');
  const content = variantContentSchema.parse({ parts: [{ text: 'Once' }, { text: 'And for all' }] });
  const targets = [{ accountId, variant: null }];
  createPostChanges(database).insert(postId, { content, targets, due, lateness: defaultLateness }, 'waiting');
  await createBackup(dataFolder.databaseFile, dataFolder.backupsFolder);
  const sent = await publish(database);
  expect(sent?.state).toBe('published');
  database.close();
  for (const ending of ['', '-wal', '-shm']) rmSync(dataFolder.databaseFile + ending, { force: true });

  const restored = await openLibrary(dataFolder);
  onTestFinished(() => restored.database.close());
  expect(restored.outcome).toBe('restored');
  const found = await publish(restored.database);
  expect(found).toMatchObject({ state: 'published', published: sent?.published });
  expect((await person.listPosts()).map(({ value }) => value['text']).toSorted()).toEqual([
    'And for all',
    'Once',
  ]);
});
