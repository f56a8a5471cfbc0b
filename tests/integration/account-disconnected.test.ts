import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createCreditRepository } from '../../src-data/credits.ts';
import { workflowIds } from '../../src-shared/domain/workflows.ts';
import { codeOf, connectAgent, valueOf } from '../fixtures/api-harness.ts';
import { kindsOf, openPublishing } from '../fixtures/publishing-harness.ts';
import { patientTimings, quickTimings } from '../fixtures/publishing-timings.ts';
import type { TemporalServer } from '../fixtures/temporal-server.ts';
import { shareServer, until, type Harness } from '../fixtures/worker-harness.ts';

const hourMs = 3_600_000;

let temporal: TemporalServer;
beforeAll(async () => {
  temporal = await shareServer();
});
afterAll(() => temporal.stop());

/** As connecting it again leaves the account. */
function reconnect({ dependencies: { accounts, database } }: Harness, accountId: string): void {
  accounts.confirm(accountId);
  database.sqlite.prepare('UPDATE account SET disconnected_at = NULL WHERE account_id = ?').run(accountId);
}

describe('posts that were stopped, when their account is connected again', () => {
  it('stay stopped until the person takes them up: then as planned, or by their lateness, one after the other', async () => {
    const spacingMs = 400;
    const { harness, api, platform, schedule, read } = await openPublishing({
      server: temporal,
      publishingTimings: { ...quickTimings, spacingMs: { ...quickTimings.spacingMs, manual: spacingMs } },
    });
    const { commands } = api.client;
    const account = { service: 'x', handle: 'mira' } as const;
    const first = valueOf(await commands.connectManualAccount(account));
    expect(first.stoppedPostCount).toBe(0);
    const { accountId } = first;
    const plan = async (text: string, beyond: 'publish' | 'ask' | 'skip') =>
      schedule([accountId], { inMs: hourMs, text, lateness: { limitMinutes: 0, beyond } });
    const future = await plan('To come', 'ask');
    const [late, later, asked, skipped] = [
      await plan('Late', 'publish'),
      await plan('Later', 'publish'),
      await plan('Asked', 'ask'),
      await plan('Skipped', 'skip'),
    ];
    valueOf(await commands.disconnectAccount({ accountId }));
    // Meanwhile two hours pass for all but one.
    const passed = [late, later, asked, skipped];
    const dueAt = new Date(Date.now() - 2 * hourMs).toISOString();
    const setDue = harness.dependencies.database.sqlite.prepare(
      'UPDATE post SET due_at = ? WHERE post_id = ?',
    );
    for (const postId of passed) setDue.run(dueAt, postId);

    const again = valueOf(await commands.connectManualAccount(account));
    expect(again).toMatchObject({ accountId, stoppedPostCount: 5 });
    expect(valueOf(await commands.listAccounts({})).stoppedPosts).toEqual([
      { accountId, postCount: 5, pastCount: 4 },
    ]);
    await harness.startWorkers();
    const stateOf = async (postId: string) => (await read(postId)).state;
    // Connecting it again has woken whatever goes on by itself; these do not, and their workflows have ended.
    for (const postId of [future, ...passed]) {
      expect(await harness.client.workflow.getHandle(workflowIds.schedulePost(postId)).result()).toBe('over');
    }
    expect(await Promise.all([future, ...passed].map(stateOf))).toEqual(
      Array.from({ length: 5 }, () => 'failed'),
    );

    const taken = valueOf(await commands.takeUpStoppedPosts({ accountId }));
    expect(taken.entityIds?.toSorted()).toEqual([future, ...passed].toSorted());
    expect(taken.message).toContain('5 posts are taken up again. Of 4 the time has passed');
    await until(async () => (await stateOf(late)) === 'to-mark' && (await stateOf(later)) === 'to-mark');
    await until(async () => (await stateOf(asked)) === 'needs-decision');
    expect(await Promise.all([future, skipped].map(stateOf))).toEqual(['waiting', 'missed']);
    expect(kindsOf(await read(late))).toEqual(expect.arrayContaining(['decided', 'late', 'to-mark']));
    // Each goes out in its turn, and the turns lie as far apart as they have to; how long sending takes says nothing.
    const turnsMs = [late, later].flatMap((postId) =>
      harness.dependencies.posts.listTargets(postId).map(({ turnAt }) => Date.parse(turnAt ?? '')),
    );
    const [firstMs = NaN, secondMs = NaN] = turnsMs;
    expect(Math.abs(secondMs - firstMs)).toBeGreaterThanOrEqual(spacingMs);
    const sentAtMs = new Map(platform.posts().map((sent) => [sent.text, sent.sentAtMs]));
    expect(sentAtMs.get('Late')).toBeGreaterThanOrEqual(firstMs);
    expect(sentAtMs.get('Later')).toBeGreaterThanOrEqual(secondMs);
    expect(valueOf(await commands.listAccounts({})).stoppedPosts).toEqual([]);
    expect(codeOf(await commands.takeUpStoppedPosts({ accountId }))).toBe('input.wrong-state');
  });

  it('are shown one by one to whoever approves that an agent takes them up, and count against the budgets', async () => {
    const { harness, api, addAccount, schedule } = await openPublishing({ server: temporal });
    const { commands } = api.client;
    const accountId = addAccount({ name: 'Back' });
    const postId = await schedule([accountId], { inMs: hourMs, text: 'Once more' });
    valueOf(await commands.disconnectAccount({ accountId }));
    reconnect(harness, accountId);
    const asked = valueOf(await connectAgent(api).commands.takeUpStoppedPosts({ accountId }));
    const { approval } = valueOf(await commands.readApproval({ approvalId: asked.entityId }));
    expect(approval.preview.title).toBe('Take up 1 post of Back again');
    expect(approval.preview.lines[1]?.value).toBe(
      'Once more (published up to 60 minutes after its time, then you are asked)',
    );
    const { approvalId, contentHash } = approval;
    valueOf(await commands.decideApproval({ approvalId, contentHash, decision: 'approve' }));
    const credits = createCreditRepository(harness.dependencies.database);
    const operations = credits.list({ entityId: postId, limit: 9 }).map(({ operation }) => operation);
    expect(operations.filter((operation) => operation === 'reserve')).toHaveLength(2);
    expect(operations.filter((operation) => operation === 'release')).toHaveLength(1);
  });
});

describe('a post whose account is disconnected on purpose', () => {
  it('is not sent, says why and what to do, and is sent once the account is back and it is tried again', async () => {
    const { harness, api, platform, addAccount, schedule, read, untilState } = await openPublishing({
      server: temporal,
    });
    await harness.startWorkers();
    const [gone, other] = [addAccount({ name: 'Gone' }), addAccount({ name: 'Other' })];
    const postId = await schedule([gone, other], { inMs: hourMs });
    await until(async () => kindsOf(await read(postId)).includes('scheduled'));
    const { commands } = api.client;
    const answer = valueOf(await commands.disconnectAccount({ accountId: gone }));
    expect(answer).toMatchObject({ removed: true, stoppedPostCount: 1 });
    expect(answer.message).toContain('One post that waited for it was not sent');

    const stopped = await read(postId);
    expect(stopped.state).toBe('partial');
    expect(stopped.targets.map(({ state }) => state)).toEqual(['failed', 'waiting']);
    expect(stopped.targets[0]?.error).toMatchObject({ code: 'platform.account-disconnected', retry: 'user' });
    expect(kindsOf(stopped, stopped.targets[0]?.targetId)).toEqual(['failed']);
    const activity = valueOf(await commands.listActivity({})).items;
    expect(activity.find(({ entityId }) => entityId === postId)).toMatchObject({
      state: 'failed',
      error: { code: 'platform.account-disconnected' },
    });
    const entries = createCreditRepository(harness.dependencies.database).list({
      entityId: postId,
      limit: 9,
    });
    expect(entries.filter(({ operation }) => operation === 'release')).toHaveLength(1);

    valueOf(await commands.publishNow({ postId }));
    await until(async () => (await read(postId)).targets[1]?.state === 'published');
    const targetId = stopped.targets[0]?.targetId ?? '';
    valueOf(await commands.retryTarget({ postId, targetId }));
    await until(
      async () => kindsOf(await read(postId), targetId).filter((kind) => kind === 'failed').length === 2,
    );
    expect(platform.posts()).toHaveLength(1);

    reconnect(harness, gone);
    valueOf(await commands.retryTarget({ postId, targetId }));
    await untilState(postId, 'published');
    expect(platform.posts()).toHaveLength(2);
  });

  it('that may have arrived already is left to the creator', async () => {
    const { harness, api, platform, addAccount, schedule, read, untilState } = await openPublishing({
      server: temporal,
      publishingTimings: { ...patientTimings, look: { firstMs: hourMs, longestMs: hourMs } },
    });
    await harness.startWorkers();
    const accountId = addAccount();
    platform.plan(accountId, 'publish', { kind: 'lost-reply' });
    const postId = await schedule([accountId]);
    await until(async () => kindsOf(await read(postId)).includes('retrying'));
    valueOf(await api.client.commands.disconnectAccount({ accountId }));
    const { targets } = await untilState(postId, 'unconfirmed');
    expect(targets[0]?.error?.code).toBe('platform.account-disconnected');
    const { notices } = valueOf(await api.client.commands.listNotices({}));
    expect(notices[0]).toMatchObject({
      kind: 'post-problem',
      title: 'Could not be confirmed: Hello from the studio',
      target: { screen: 'post', postId },
    });

    // A look without the account changes nothing about that, and is told of too.
    const targetId = targets[0]?.targetId ?? '';
    const again = { postId, targetId, resolution: { kind: 'look-again' } } as const;
    valueOf(await api.client.commands.resolveTarget(again));
    await until(
      async () => kindsOf(await read(postId)).filter((kind) => kind === 'unconfirmed').length === 2,
    );
    expect(valueOf(await api.client.commands.listNotices({})).notices).toHaveLength(2);

    reconnect(harness, accountId);
    valueOf(await api.client.commands.takeUpStoppedPosts({ accountId }));
    await untilState(postId, 'published');
    expect(platform.posts()).toHaveLength(1);
  });

  it('is shown to whoever approves that an agent disconnects it', async () => {
    const { api, addAccount, schedule } = await openPublishing({ server: temporal });
    const accountId = addAccount({ name: 'Gone' });
    await schedule([accountId], { inMs: hourMs, text: 'Never to be read' });
    const agent = connectAgent(api);
    expect(codeOf(await agent.commands.disconnectAccount({ accountId }))).toBe('ok');
    const [approval] = valueOf(await api.client.commands.listApprovals({})).approvals;
    expect(approval?.preview.lines).toContainEqual({ label: 'Will not be sent', value: 'Never to be read' });
  });
});
