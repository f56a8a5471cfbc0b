import { mkdtempSync, rmSync } from 'node:fs';
import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { connect } from '../../src-data/database.ts';
import { migrate } from '../../src-data/migrate.ts';
import { createPostChanges } from '../../src-data/posts/change-posts.ts';
import { openDataFolder } from '../../src-node/data-folder.ts';
import { resolveTime } from '../../src-shared/domain/due-time.ts';
import { defaultLateness } from '../../src-shared/domain/lateness.ts';
import { variantContentSchema } from '../../src-shared/domain/variant-content.ts';
import { publishTarget } from '../../src-worker/activities/publishing/publish-target.ts';
import { openScriptedPlatform, scriptedLimits } from '../fixtures/scripted-platform.ts';
import { quickTimings } from '../fixtures/publishing-timings.ts';
import { createWorkerParts } from '../fixtures/worker-parts.ts';

/** A post that is due to be posted by hand, and a worker without a work engine, whose clock is moved by hand. */
function openDesk() {
  const home = mkdtempSync(join(tmpdir(), 'longhand-told-'));
  const dataFolder = openDataFolder(home);
  const database = connect(dataFolder.databaseFile);
  migrate(database.sqlite);
  const platform = openScriptedPlatform(join(home, 'platform.db'));
  onTestFinished(() => {
    platform.close();
    database.close();
    rmSync(home, { recursive: true, force: true });
  });
  const clock = { ms: Date.now() };
  const now = () => new Date(clock.ms);
  const dependencies = createWorkerParts(
    { database, dataFolder },
    { publishing: platform.port, publishingTimings: quickTimings, now },
  );
  const [accountId, postId] = [randomUUID(), randomUUID()];
  dependencies.accounts.connect({
    ...{ accountId, name: 'Studio', platform: 'manual', handle: '@studio', remoteId: accountId },
    ...{ serviceUrl: null, profileUrl: null, limits: scriptedLimits },
    settings: { platform: 'manual', service: 'x' },
  });
  const { due } = resolveTime(now().toISOString(), 'Europe/Berlin');
  const content = variantContentSchema.parse({ parts: [{ text: 'Hello' }] });
  const targets = [{ accountId, variant: null }];
  createPostChanges(database, now).insert(
    postId,
    { content, targets, due, lateness: defaultLateness },
    'waiting',
  );
  const [target] = dependencies.posts.listTargets(postId);
  const targetId = target?.targetId ?? '';
  const signal = new AbortController().signal;
  return {
    ...{ clock, dependencies },
    stateOf: () => dependencies.posts.findTarget(targetId)?.state,
    publish: (parts = dependencies) => publishTarget(parts, targetId, signal),
  };
}

it('a post is never to be posted by hand without the notice of it', async () => {
  const { dependencies, clock, stateOf, publish } = openDesk();
  const add = () => {
    throw new Error('the disk is full at this very moment');
  };
  const cannotTell = { ...dependencies, notices: { ...dependencies.notices, add } };
  await expect(publish(cannotTell)).rejects.toThrow();
  expect(stateOf()).toBe('publishing');

  clock.ms += quickTimings.leaseMs + 1;
  await publish();
  expect(stateOf()).toBe('to-mark');
  const told = dependencies.notices.list({ onlyUnread: true, limit: 10 });
  expect(told).toMatchObject([{ kind: 'post-to-mark' }]);
});
