import { expect, it } from 'vitest';
import { onTimeMs } from '../../src-shared/domain/lateness.ts';
import { valueOf } from '../fixtures/api-harness.ts';
import { kindsOf, openPublishing } from '../fixtures/publishing-harness.ts';
import { startPublishingWorker } from '../fixtures/publishing-worker-process.ts';
import { until } from '../fixtures/worker-harness.ts';

/** So long ahead that it does not come by itself, and so little that it is made ready. */
const aheadMs = 5 * 60_000;
/** Room for telling their workflows on a busy computer before everything stands still. */
const inMs = 30_000;

it('after a sleep each post that came due meanwhile goes by its own lateness, told of once, and nothing is sent twice', async () => {
  const publishing = await openPublishing();
  const { harness, api, platform, addAccount, schedule, comeDue, read, untilPost, untilState } = publishing;
  const { commands } = api.client;
  const accountId = addAccount();
  const worker = await startPublishingWorker(publishing);
  // A worker that has sent something is awake for good.
  await untilState(await schedule([accountId], { text: 'Before' }), 'published');
  const plan = (
    text: string,
    limitMinutes: number,
    beyond: 'publish' | 'ask' | 'skip',
    account = accountId,
  ) => schedule([account], { inMs: aheadMs, text, lateness: { limitMinutes, beyond } });
  const slowAccountId = addAccount();
  platform.plan(slowAccountId, 'prepare', { kind: 'endless' });
  const [within, late, asked, skipped] = [
    await plan('Within its limit', 60, 'skip'),
    await plan('However late', 0, 'publish'),
    await plan('Ask me', 0, 'ask', slowAccountId),
    await plan('Only in time', 0, 'skip'),
  ];
  const postIds = [within, late, asked, skipped];
  for (const postId of postIds) await untilPost(postId, (post) => kindsOf(post).includes('scheduled'));
  // One of them is being made ready when it happens.
  await untilState(asked, 'preparing');
  await Promise.all(postIds.map((postId) => comeDue(postId, inMs)));
  const dueAtMs = Date.now() + inMs;
  // The lid is closed: worker and work engine stand still in the middle of what they do.
  worker.signal('SIGSTOP');
  harness.server.signal('SIGSTOP');
  await until(() => Date.now() > dueAtMs + onTimeMs);
  expect(platform.posts()).toHaveLength(1);

  harness.server.signal('SIGCONT');
  worker.signal('SIGCONT');
  // What the system's resume event does in the api.
  api.api.reconnect();
  await untilState(within, 'published');
  await untilState(late, 'published');
  await untilState(asked, 'needs-decision');
  await untilState(skipped, 'missed');
  expect(kindsOf(await read(within))).toContain('late');
  const { notices } = valueOf(await commands.listNotices({}));
  expect(notices.filter(({ kind }) => kind === 'posts-late')).toEqual([
    expect.objectContaining({
      title: '4 posts came due while nobody was there',
      body: '2 go out late, one after the other; 1 waiting for your decision; 1 missed. Nothing was sent twice.',
      target: { screen: 'late-posts' },
    }),
  ]);
  const listed = valueOf(await commands.listLatePosts({})).posts.map(({ postId }) => postId);
  expect(listed.toSorted()).toEqual(postIds.toSorted());

  valueOf(await commands.decideLatePost({ postId: asked, decision: { kind: 'publish' } }));
  await untilState(asked, 'published');
  const texts = platform.posts().map(({ text }) => text);
  expect(texts.toSorted()).toEqual(['Ask me', 'Before', 'However late', 'Within its limit']);
});
