import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createAccountRepository } from '../../src-data/accounts.ts';
import { workflowIds } from '../../src-shared/domain/workflows.ts';
import { codeOf, valueOf } from '../fixtures/api-harness.ts';
import { contentOf, kindsOf, openPublishing } from '../fixtures/publishing-harness.ts';
import { quickTimings } from '../fixtures/publishing-timings.ts';
import type { TemporalServer } from '../fixtures/temporal-server.ts';
import { shareServer, until } from '../fixtures/worker-harness.ts';

const hourMs = 3_600_000;
/** So long ahead that it does not come by itself, and so little that it is made ready. */
const soonMs = 5 * 60_000;

describe('a scheduled post', () => {
  let server: TemporalServer;
  beforeAll(async () => {
    server = await shareServer();
  });
  afterAll(() => server.stop());

  it('is made ready ahead of its time and published once, with a receipt for each step', async () => {
    const { harness, platform, addAccount, schedule, comeDue, untilPost, untilState } = await openPublishing({
      server,
    });
    await harness.startWorkers();
    const postId = await schedule([addAccount()], { inMs: soonMs });
    await untilPost(postId, (waiting) => kindsOf(waiting).includes('prepared'));
    await comeDue(postId, 1_000);
    const post = await untilState(postId, 'published');
    expect(platform.posts().map(({ text }) => text)).toEqual(['Hello from the studio']);
    expect(post.targets[0]?.url).toBe('https://platform.test/1');
    expect(kindsOf(post)).toEqual([
      'accepted',
      'scheduled',
      'preparing',
      'prepared',
      'publishing',
      'published',
    ]);
    expect(post.receipts.map(({ at }) => at)).toEqual(post.receipts.map(({ at }) => at).toSorted());
    expect(platform.posts()[0]?.sentAtMs).toBeGreaterThanOrEqual(Date.parse(post.due?.dueAt ?? ''));
    const { taskQueue } = await harness.client.workflow.getHandle(`schedule-post:${postId}`).describe();
    expect(taskQueue).toBe('publishing');
  });

  it('says to each account what was written for it', async () => {
    const { harness, api, platform, addAccount, untilState } = await openPublishing({ server });
    await harness.startWorkers();
    const [one, two] = [addAccount({ name: 'One' }), addAccount({ name: 'Two' })];
    const { entityId: postId } = valueOf(
      await api.client.commands.publishNow({
        content: contentOf('For all'),
        targets: [{ accountId: one }, { accountId: two, variant: contentOf('For two alone') }],
      }),
    );
    await untilState(postId, 'published');
    const said = new Map(platform.posts().map(({ accountId, text }) => [accountId, text]));
    expect([said.get(one), said.get(two)]).toEqual(['For all', 'For two alone']);
  });

  it('is one post although the reply was lost (complaint 1)', async () => {
    const { harness, platform, addAccount, schedule, untilState } = await openPublishing({ server });
    await harness.startWorkers();
    const accountId = addAccount();
    platform.plan(accountId, 'publish', { kind: 'lost-reply' });
    const post = await untilState(await schedule([accountId]), 'published');
    expect(platform.posts()).toHaveLength(1);
    expect(platform.countCalls(accountId, 'publish')).toBe(1);
    expect(kindsOf(post).slice(-4)).toEqual(['retrying', 'publishing', 'looked', 'published']);
  });

  it('is sent again where the request was lost, and only after a look', async () => {
    const { harness, platform, addAccount, schedule, untilState } = await openPublishing({ server });
    await harness.startWorkers();
    const accountId = addAccount();
    platform.plan(accountId, 'publish', { kind: 'lost-request' }, { kind: 'lost-request' });
    await untilState(await schedule([accountId]), 'published');
    expect(platform.posts()).toHaveLength(1);
    expect(platform.countCalls(accountId, 'reconcile')).toBe(2);
  });

  it('is looked for where the reply was lost after many tries in vain, before anybody is asked', async () => {
    const { harness, platform, addAccount, schedule, untilState } = await openPublishing({ server });
    await harness.startWorkers();
    const accountId = addAccount();
    const inVain = Array.from({ length: quickTimings.lookLimit }, () => ({ kind: 'unreachable' }) as const);
    platform.plan(accountId, 'publish', ...inVain, { kind: 'lost-reply' });
    const post = await untilState(await schedule([accountId]), 'published');
    expect(kindsOf(post)).not.toContain('unconfirmed');
    expect(platform.posts()).toHaveLength(1);
  });

  it('is not sent again when a step after the publish fails (complaint 2)', async () => {
    const { harness, platform, addAccount, schedule, untilState } = await openPublishing({ server });
    await harness.startWorkers();
    const accountId = addAccount();
    platform.plan(accountId, 'publish', { kind: 'error-after-publishing' });
    const post = await untilState(await schedule([accountId]), 'published');
    expect(platform.posts()).toHaveLength(1);
    expect(post.targets[0]?.attempt).toBe(2);
  });

  it('keeps what failed to one account away from the others, and retries only that (complaint 9)', async () => {
    const { harness, api, platform, addAccount, schedule, read, untilState } = await openPublishing({
      server,
    });
    await harness.startWorkers();
    const accountIds = ['One', 'Two', 'Three'].map((name) => addAccount({ name }));
    const [, second = ''] = accountIds;
    platform.plan(second, 'publish', { kind: 'refused' });
    const postId = await schedule(accountIds);
    const ended = ['published', 'failed', 'published'];
    await until(async () => (await read(postId)).targets.every(({ state }, index) => state === ended[index]));
    const partial = await read(postId);
    expect(partial.state).toBe('partial');
    const targetId = partial.targets[1]?.targetId ?? '';
    valueOf(await api.client.commands.retryTarget({ postId, targetId }));
    await untilState(postId, 'published');
    expect(accountIds.map((accountId) => platform.countCalls(accountId, 'publish'))).toEqual([1, 2, 1]);
    expect(platform.posts()).toHaveLength(3);
  });

  it('that has failed is told of by a notice that leads to it, where its remedy works, and never called done (complaints 11 and 28)', async () => {
    const { harness, api, platform, addAccount, schedule, read, untilState } = await openPublishing({
      server,
    });
    await harness.startWorkers();
    const accountId = addAccount();
    platform.plan(accountId, 'publish', { kind: 'refused' });
    const postId = await schedule([accountId]);
    await untilState(postId, 'failed');
    const { notices } = valueOf(await api.client.commands.listNotices({ onlyUnread: true }));
    expect(notices).toMatchObject([{ kind: 'post-problem', target: { screen: 'post', postId } }]);
    const { items } = valueOf(await api.client.commands.listActivity({}));
    expect(items.find(({ entityId }) => entityId === postId)).toMatchObject({
      kind: 'post',
      state: 'failed',
    });
    const [target] = (await read(postId)).targets;
    expect(target?.error).toMatchObject({ code: 'platform.refused', retry: 'user' });
    valueOf(await api.client.commands.retryTarget({ postId, targetId: target?.targetId ?? '' }));
    await untilState(postId, 'published');
    expect(platform.posts()).toHaveLength(1);
  });

  it('that has failed is left alone by restarts (complaint 5)', async () => {
    const { harness, api, platform, addAccount, schedule, untilState } = await openPublishing({ server });
    let workers = await harness.startWorkers();
    const accountId = addAccount();
    platform.plan(accountId, 'publish', { kind: 'refused' });
    const postId = await schedule([accountId]);
    await untilState(postId, 'failed');
    for (let round = 0; round < 2; round += 1) {
      await workers.stop();
      workers = await harness.startWorkers();
      await api.api.rearm();
    }
    const other = await schedule([addAccount({ name: 'Other' })]);
    await untilState(other, 'published');
    expect(platform.countCalls(accountId, 'publish')).toBe(1);
  });

  it('survives a network blip without disconnecting its account (complaint 6)', async () => {
    const { harness, platform, addAccount, schedule, untilState } = await openPublishing({ server });
    await harness.startWorkers();
    const accountId = addAccount();
    platform.plan(accountId, 'prepare', { kind: 'unreachable' });
    platform.plan(accountId, 'publish', { kind: 'unreachable' });
    await untilState(await schedule([accountId]), 'published');
    expect(harness.dependencies.accounts.get(accountId).state).toBe('connected');
    expect(platform.posts()).toHaveLength(1);
  });

  it('waits where the credentials are refused, says so, and goes on once connected again', async () => {
    const { harness, api, platform, addAccount, schedule, read, untilState } = await openPublishing({
      server,
    });
    await harness.startWorkers();
    const accountId = addAccount();
    platform.plan(accountId, 'publish', { kind: 'credentials-refused' });
    const postId = await schedule([accountId]);
    await until(async () => kindsOf(await read(postId)).includes('waits-for-account'));
    const { state } = await read(postId);
    expect(state).toBe('waiting');
    expect(harness.dependencies.accounts.get(accountId).state).toBe('needs-reconnect');
    const { notices } = valueOf(await api.client.commands.listNotices({}));
    expect(notices[0]?.target).toEqual({ screen: 'post', postId });

    createAccountRepository(harness.dependencies.database).confirm(accountId);
    valueOf(await api.client.commands.editPost({ postId, content: contentOf('Still worth saying') }));
    await untilState(postId, 'published');
    expect(platform.posts().map(({ text }) => text)).toEqual(['Still worth saying']);
  });

  it.each([
    ['that asks for fewer calls', 'rate-limited', 'rate-limited'],
    ['that is down for a while', 'unreachable', 'retrying'],
  ] as const)(
    'obeys Retry-After of a platform %s, for everything of the account',
    async (_title, kind, receipt) => {
      // It is asked for while the others wait for their turn.
      const spacingMs = { ...quickTimings.spacingMs, bluesky: 900 };
      const retryAfterMs = 2_000;
      const { harness, platform, addAccount, schedule, untilState } = await openPublishing({
        server,
        publishingTimings: { ...quickTimings, spacingMs },
      });
      await harness.startWorkers();
      const accountId = addAccount();
      platform.plan(accountId, 'publish', { kind, retryAfterMs });
      const texts = ['First', 'Second', 'Third'];
      const postIds: string[] = [];
      for (const text of texts) postIds.push(await schedule([accountId], { text }));
      const chains = await Promise.all(postIds.map((postId) => untilState(postId, 'published')));
      expect(chains.flatMap((chain) => kindsOf(chain))).toContain(receipt);
      const posts = platform.posts();
      expect(posts.map(({ text }) => text).sort()).toEqual([...texts].sort());
      // The first of all calls was the one that the platform turned down.
      const [askedAtMs = 0] = platform.callTimes(accountId, 'publish');
      for (const { sentAtMs } of posts) expect(sentAtMs).toBeGreaterThanOrEqual(askedAtMs + retryAfterMs);
    },
  );

  it('follows a new date: the old one does not fire (complaint 8)', async () => {
    const { harness, api, platform, addAccount, schedule, read, untilPost, untilState } =
      await openPublishing({ server });
    await harness.startWorkers();
    const accountId = addAccount();
    const { reschedulePost } = api.client.commands;
    const sooner = await schedule([accountId], { inMs: hourMs, text: 'Sooner' });
    const handle = harness.client.workflow.getHandle(workflowIds.schedulePost(sooner));
    await untilPost(sooner, (post) => kindsOf(post).includes('scheduled'));
    const { runId } = await handle.describe();

    const later = new Date(Date.now() + hourMs).toISOString();
    const when = { kind: 'at', dueAt: later, zone: 'Europe/Berlin' } as const;
    /** Changes its mind in time: on a busy computer the first ones have gone out before. */
    async function move(dueInMs: number): Promise<{ postId: string; text: string; oldDueMs: number }> {
      const text = `Due in ${dueInMs} ms`;
      const postId = await schedule([accountId], { inMs: dueInMs, text });
      const { due } = await untilPost(postId, (post) => kindsOf(post).includes('scheduled'));
      const answer = await reschedulePost({ postId, when });
      if (codeOf(answer) === 'input.wrong-state') return move(2 * dueInMs);
      expect(valueOf(answer).message).toMatch(/^Scheduled for \w+ \d\d:\d\d \(Europe\/Berlin\)\./);
      return { postId, text, oldDueMs: Date.parse(due?.dueAt ?? '') };
    }
    const moved = await move(4_000);
    await until(() => Date.now() > moved.oldDueMs + 1_000);
    const soon = new Date(Date.now() + 500).toISOString();
    valueOf(await reschedulePost({ postId: sooner, when: { kind: 'at', dueAt: soon } }));
    await untilState(sooner, 'published');
    // The same workflow has heard of it.
    expect((await handle.describe()).runId).toBe(runId);
    expect((await read(moved.postId)).state).toBe('waiting');
    const sent = platform.posts().map(({ text }) => text);
    expect(sent).toContain('Sooner');
    expect(sent).not.toContain(moved.text);
  });

  it('says what it was last edited to say, and nothing once cancelled', async () => {
    const { harness, api, platform, addAccount, schedule, comeDue, untilPost, untilState, read } =
      await openPublishing({ server });
    await harness.startWorkers();
    const accountId = addAccount();
    const edited = await schedule([accountId], { inMs: soonMs, text: 'Before' });
    const cancelled = await schedule([accountId], { inMs: soonMs, text: 'Never' });
    for (const postId of [edited, cancelled])
      await untilPost(postId, (post) => kindsOf(post).includes('prepared'));
    const waiting = harness.client.workflow.getHandle(workflowIds.schedulePost(edited));
    const { runId } = await waiting.describe();
    valueOf(await api.client.commands.editPost({ postId: edited, content: contentOf('After') }));
    valueOf(await api.client.commands.cancelPost({ postId: cancelled }));
    await comeDue(edited);
    await untilState(edited, 'published');
    expect(platform.posts().map(({ text }) => text)).toEqual(['After']);
    // The workflow that waited has heard of it: none was made anew.
    expect((await waiting.describe()).runId).toBe(runId);
    expect((await read(cancelled)).state).toBe('cancelled');
    const handle = harness.client.workflow.getHandle(workflowIds.schedulePost(cancelled));
    expect(await handle.result()).toBe('over');
  });

  it('cannot be edited, moved or cancelled while it is being sent, and says why', async () => {
    let goOn = (): void => undefined;
    const waiting = new Promise<void>((resolve) => (goOn = resolve));
    const { harness, api, platform, addAccount, schedule, untilState } = await openPublishing({
      server,
      reachStep: (step) => (step === 'sending' ? waiting : undefined),
    });
    await harness.startWorkers();
    const postId = await schedule([addAccount()]);
    await untilState(postId, 'publishing');
    const { editPost, reschedulePost, cancelPost } = api.client.commands;
    const answers = [
      await editPost({ postId, content: contentOf('Too late') }),
      await reschedulePost({ postId, when: { kind: 'now' } }),
      await cancelPost({ postId }),
    ];
    expect(answers.map(codeOf)).toEqual(['input.wrong-state', 'input.wrong-state', 'input.wrong-state']);
    expect(answers.map((answer) => (answer.ok ? '' : answer.error.userMessage)).join()).toMatch(/being sent/);
    goOn();
    await untilState(postId, 'published');
    expect(platform.posts().map(({ text }) => text)).toEqual(['Hello from the studio']);
  });

  it('for a platform without an interface waits to be posted and marked by hand', async () => {
    const { harness, api, platform, addAccount, schedule, untilState } = await openPublishing({ server });
    await harness.startWorkers();
    const postId = await schedule([addAccount({ platform: 'manual' })]);
    const due = await untilState(postId, 'to-mark');
    const { notices } = valueOf(await api.client.commands.listNotices({}));
    expect(notices[0]).toMatchObject({ kind: 'post-to-mark', target: { screen: 'post', postId } });
    const targetId = due.targets[0]?.targetId ?? '';
    valueOf(await api.client.commands.markPosted({ postId, targetId, url: 'https://x.com/1' }));
    const post = await untilState(postId, 'published');
    expect(post.targets[0]?.url).toBe('https://x.com/1');
    expect(platform.countCalls(due.targets[0]?.accountId ?? '', 'reconcile')).toBe(0);
  });

  it('leaves neither its text nor anything large in the history of its workflow (complaint 30)', async () => {
    const { harness, addAccount, schedule, untilState } = await openPublishing({ server });
    await harness.startWorkers();
    const secret = 'a sentence that is nowhere else';
    const postId = await schedule([addAccount()], { text: secret });
    await untilState(postId, 'published');
    const history = await harness.client.workflow.getHandle(workflowIds.schedulePost(postId)).fetchHistory();
    const text = JSON.stringify(history, (_key, value: unknown) =>
      value instanceof Uint8Array ? Buffer.from(value).toString('utf8') : value,
    );
    expect(text).not.toContain(secret);
    expect(text).toContain(postId);
    expect(text.length).toBeLessThan(60_000);
  });
});
