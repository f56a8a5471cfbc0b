import { rmSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createBackup } from '../../src-data/backup.ts';
import { createOutboxRepository } from '../../src-data/outbox.ts';
import { workflowIds } from '../../src-shared/domain/workflows.ts';
import { kindsOf, openPublishing, type PublishingHarness } from '../fixtures/publishing-harness.ts';
import { startPublishingWorker } from '../fixtures/publishing-worker-process.ts';
import { until } from '../fixtures/worker-harness.ts';
import { quickTimings } from '../fixtures/publishing-timings.ts';
import { startTestApi, valueOf } from '../fixtures/api-harness.ts';
import { createDependencies } from '../../src-worker/activities/dependencies.ts';
import { connect } from '../../src-data/database.ts';
import { publishTarget } from '../../src-worker/activities/publishing/publish-target.ts';

describe('a library that was restored from a backup', () => {
  it('sends nothing again that was sent after the backup was made', async () => {
    const { harness, api, platform, addAccount, schedule, untilState } = await openPublishing();
    const postId = await schedule([addAccount()]);
    const { databaseFile, backupsFolder } = harness.dataFolder;
    // Newer by its name than those that the api makes by itself.
    await createBackup(databaseFile, backupsFolder, new Date(Date.now() + 3_600_000));
    const workers = await harness.startWorkers();
    await untilState(postId, 'published');
    await workers.stop();
    await api.api.stop();
    damage(databaseFile);

    const restored = await startTestApi({
      dataFolder: harness.dataFolder,
      temporalAddress: harness.server.address,
    });
    const read = async () => valueOf(await restored.client.commands.readPost({ postId }));
    expect((await read()).state).toBe('waiting');
    const database = connect(databaseFile);
    const dependencies = createDependencies({
      ...harness.dependencies,
      database,
      publishingTimings: quickTimings,
    });
    dependencies.triage.run();
    const [target] = (await read()).targets;
    await publishTarget(dependencies, target?.targetId ?? '', new AbortController().signal);
    database.close();
    const post = await read();
    expect(post.state).toBe('published');
    expect(kindsOf(post)).toContain('looked');
    expect(platform.posts()).toHaveLength(1);
    expect(post.targets[0]?.url).toBe('https://platform.test/1');
  });

  it('tells the workflows that go on: a post moved to another day since is sent at the time it had', async () => {
    const publishing = await openPublishing();
    const { harness, api, platform, addAccount, schedule, read } = publishing;
    const first = await startPublishingWorker(publishing);
    const postId = await schedule([addAccount()], { inMs: 40_000 });
    await until(async () => kindsOf(await read(postId)).includes('scheduled'));
    const { databaseFile, backupsFolder } = harness.dataFolder;
    await createBackup(databaseFile, backupsFolder, new Date(Date.now() + 3_600_000));
    const dueAt = new Date(Date.now() + 24 * 3_600_000).toISOString();
    valueOf(await api.client.commands.reschedulePost({ postId, when: { kind: 'at', dueAt } }));
    // The workflow has heard of it, and sleeps until tomorrow.
    await until(() => isAcknowledged(publishing, postId));
    await first.kill();
    await api.api.stop();
    damage(databaseFile);

    const restored = await startTestApi({
      dataFolder: harness.dataFolder,
      temporalAddress: harness.server.address,
    });
    await startPublishingWorker(publishing);
    const readRestored = async () => valueOf(await restored.client.commands.readPost({ postId }));
    expect((await readRestored()).due?.dueAt).not.toBe(dueAt);
    await until(async () => (await readRestored()).state === 'published');
    expect(platform.posts()).toHaveLength(1);
  });
});

function isAcknowledged({ harness }: PublishingHarness, postId: string): boolean {
  const outbox = createOutboxRepository(harness.dependencies.database);
  return !outbox.hasPending(workflowIds.schedulePost(postId));
}

/** What is left is no database. */
function damage(databaseFile: string): void {
  for (const ending of ['-wal', '-shm']) rmSync(databaseFile + ending, { force: true });
  writeFileSync(databaseFile, 'this is no database any more');
}
