import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { workflowIds, workflowUpdates } from '../../src-shared/domain/workflows.ts';
import { kindsOf, openPublishing, type PublishingHarness } from '../fixtures/publishing-harness.ts';
import type { TemporalServer } from '../fixtures/temporal-server.ts';
import { shareServer, until } from '../fixtures/worker-harness.ts';

const hourMs = 3_600_000;

let server: TemporalServer;
beforeAll(async () => {
  server = await shareServer();
});
afterAll(() => server.stop());

/** A desk with a post that has been published. */
async function openPublished() {
  const desk = await openPublishing({ server });
  await desk.harness.startWorkers();
  const accountId = desk.addAccount();
  const postId = await desk.schedule([accountId]);
  const published = await desk.untilState(postId, 'published');
  return { desk, platform: desk.platform, accountId, postId, published };
}

/** The hour after which a published post is measured is over, and its workflow hears of it. */
async function letTheHourPass({ harness }: PublishingHarness, postId: string): Promise<void> {
  harness.dependencies.database.sqlite
    .prepare('UPDATE post_target SET metrics_due_at = ? WHERE post_id = ?')
    .run(new Date().toISOString(), postId);
  const handle = harness.client.workflow.getHandle(workflowIds.schedulePost(postId));
  await handle.executeUpdate(workflowUpdates.postChanged, { args: [null] });
}

function nextMeasuring({ harness }: PublishingHarness, postId: string): number {
  const [target] = harness.dependencies.posts.listTargets(postId);
  return Date.parse(target?.metricsDueAt ?? '');
}

/** Until when the platform has asked to be left alone; null where it has not. */
function heldUntil({ harness }: PublishingHarness): number | null {
  const held = harness.dependencies.database.sqlite
    .prepare('SELECT held_until FROM account_pace')
    .pluck()
    .get();
  return typeof held === 'string' ? Date.parse(held) : null;
}

describe('the numbers of a published post', () => {
  it('are read when the time for that has come, which its receipts and its page say', async () => {
    const { desk, postId, published } = await openPublished();
    expect(published.targets[0]?.metrics).toBeNull();
    await letTheHourPass(desk, postId);
    await until(async () => (await desk.read(postId)).targets[0]?.metrics !== null);
    const measured = await desk.read(postId);
    expect(measured.targets[0]?.metrics).toMatchObject({ likes: 3, reposts: 1 });
    expect(measured.receipts.at(-1)).toMatchObject({
      kind: 'measured',
      detail: '3 likes, 1 reposts, 0 replies.',
    });
  });

  it('are not asked for while the platform wants nothing of the account, and are after that', async () => {
    const { desk, platform, accountId, postId } = await openPublished();
    platform.plan(accountId, 'publish', { kind: 'rate-limited', retryAfterMs: hourMs });
    const refused = await desk.schedule([accountId], { text: 'One too many' });
    await until(async () => kindsOf(await desk.read(refused)).includes('rate-limited'));
    await letTheHourPass(desk, postId);
    await until(() => nextMeasuring(desk, postId) > Date.now());
    expect(nextMeasuring(desk, postId)).toBe(heldUntil(desk));
    expect(platform.countCalls(accountId, 'measure')).toBe(0);

    const { sqlite } = desk.harness.dependencies.database;
    sqlite.prepare('UPDATE account_pace SET held_until = ?').run(new Date().toISOString());
    await letTheHourPass(desk, postId);
    await until(async () => (await desk.read(postId)).targets[0]?.metrics !== null);
    expect(platform.countCalls(accountId, 'measure')).toBe(1);
  });

  it('may be what the platform asks to wait for: then nothing else of the account goes out either', async () => {
    const { desk, platform, accountId, postId } = await openPublished();
    platform.plan(accountId, 'measure', { kind: 'rate-limited', retryAfterMs: hourMs });
    await letTheHourPass(desk, postId);
    await until(
      () => platform.countCalls(accountId, 'measure') === 1 && nextMeasuring(desk, postId) > Date.now(),
    );
    expect(heldUntil(desk)).toBeGreaterThan(Date.now());
    const next = await desk.schedule([accountId], { text: 'A little later' });
    const nextTry = async () => Date.parse((await desk.read(next)).targets[0]?.nextTryAt ?? '');
    await until(async () => (await nextTry()) >= (heldUntil(desk) ?? 0));
    expect(platform.posts()).toHaveLength(1);
  });
});
