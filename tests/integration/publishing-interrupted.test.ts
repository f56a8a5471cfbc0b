import { afterAll, beforeAll, expect, it } from 'vitest';
import { workflowIds } from '../../src-shared/domain/workflows.ts';
import { publishTarget } from '../../src-worker/activities/publishing/publish-target.ts';
import { valueOf } from '../fixtures/api-harness.ts';
import { contentOf, kindsOf, openPublishing } from '../fixtures/publishing-harness.ts';
import { mortalTimings } from '../fixtures/publishing-timings.ts';
import type { TemporalServer } from '../fixtures/temporal-server.ts';
import { shareServer } from '../fixtures/worker-harness.ts';

let server: TemporalServer;
beforeAll(async () => {
  server = await shareServer();
});
afterAll(() => server.stop());

it('a post that is edited while it is made ready is made ready anew at once, which is no failure', async () => {
  const { harness, api, platform, addAccount, schedule, comeDue, untilPost, untilState } =
    await openPublishing({ server });
  await harness.startWorkers();
  const accountId = addAccount();
  platform.plan(accountId, 'prepare', { kind: 'endless' });
  const postId = await schedule([accountId], { inMs: 5 * 60_000, text: 'Before' });
  await untilState(postId, 'preparing');
  valueOf(await api.client.commands.editPost({ postId, content: contentOf('After') }));
  await untilPost(postId, (post) => kindsOf(post).includes('prepared'));
  await comeDue(postId);
  await untilState(postId, 'published');
  expect(platform.posts().map(({ text }) => text)).toEqual(['After']);
  // A workflow pauses after a failure, and the post might come due meanwhile.
  const { events } = await harness.client.workflow.getHandle(workflowIds.schedulePost(postId)).fetchHistory();
  expect(events?.filter(({ activityTaskFailedEventAttributes: failed }) => failed != null)).toEqual([]);
});

it('workers that are stopped while a try goes on have ended with that, and the try is made again', async () => {
  let goOn = (): void => undefined;
  const held = new Promise<void>((resolve) => (goOn = resolve));
  const { harness, platform, addAccount, schedule, untilState } = await openPublishing({
    server,
    publishingTimings: mortalTimings,
    reachStep: (step) => (step === 'claimed' ? held : undefined),
  });
  const workers = await harness.startWorkers();
  const postId = await schedule([addAccount()]);
  await untilState(postId, 'publishing');
  await workers.stop();
  await workers.ended;
  goOn();
  await harness.startWorkers();
  await untilState(postId, 'published');
  expect(platform.posts()).toHaveLength(1);
});

it.each([
  ['refused', 'failed'],
  ['credentials-refused', 'waiting'],
] as const)(
  'whoever has to hear of a post that is %s is told by the same stroke, or a crash in between would keep it quiet',
  async (kind, state) => {
    const { harness, api, platform, addAccount, schedule, read } = await openPublishing({ server });
    const { dependencies } = harness;
    const accountId = addAccount();
    platform.plan(accountId, 'publish', { kind }, { kind });
    const postId = await schedule([accountId], { inMs: 0 });
    dependencies.triage.run();
    const [target] = (await read(postId)).targets;
    const send = (notices = dependencies.notices) =>
      publishTarget({ ...dependencies, notices }, target?.targetId ?? '', new AbortController().signal);
    const add = () => {
      throw new Error('as far as it came');
    };
    await expect(send({ ...dependencies.notices, add })).rejects.toThrow('as far as it came');
    expect((await read(postId)).state).toBe('publishing');
    expect(dependencies.accounts.get(accountId).state).toBe('connected');

    dependencies.database.sqlite.prepare('UPDATE post_target SET lease_until = NULL').run();
    await send();
    expect((await read(postId)).state).toBe(state);
    const { notices } = valueOf(await api.client.commands.listNotices({}));
    expect(notices).toMatchObject([{ kind: 'post-problem', target: { screen: 'post', postId } }]);
  },
);
