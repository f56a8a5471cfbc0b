import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { codeOf, connectAgent, valueOf } from '../fixtures/api-harness.ts';
import {
  contentOf,
  kindsOf,
  openPublishing,
  type PublishingHarness,
} from '../fixtures/publishing-harness.ts';
import type { TemporalServer } from '../fixtures/temporal-server.ts';
import { shareServer, until } from '../fixtures/worker-harness.ts';

let server: TemporalServer;
beforeAll(async () => {
  server = await shareServer();
});
afterAll(() => server.stop());

interface Published extends PublishingHarness {
  postId: string;
  accountIds: string[];
}

/** A post that stands on the platform, for each of these accounts. */
async function publish(...names: string[]): Promise<Published> {
  const publishing = await openPublishing({ server });
  await publishing.harness.startWorkers();
  const accountIds = names.map((name) => publishing.addAccount({ name }));
  const postId = await publishing.schedule(accountIds);
  await publishing.untilState(postId, 'published');
  return { ...publishing, postId, accountIds };
}

async function errorFor({ read, postId }: Published, accountId: string | undefined) {
  return (await read(postId)).targets.find((target) => target.accountId === accountId)?.error;
}

describe('deleting a published post', () => {
  it('takes it off every account that has it, and says so step by step', async () => {
    const published = await publish('One', 'Two');
    const { api, platform, read, untilState, postId } = published;
    const answer = valueOf(await api.client.commands.deletePublishedPost({ postId }));
    expect(answer).toMatchObject({ entityId: postId, workflowId: `schedule-post:${postId}` });
    expect(['accepted', 'scheduled']).toContain(answer.status);
    expect(answer.message).toContain('“Hello from the studio” is being deleted from One, Two.');
    const post = await untilState(postId, 'deleted');
    expect(platform.posts()).toEqual([]);
    for (const { targetId } of post.targets) {
      expect(kindsOf(post, targetId).slice(-3)).toEqual(['published', 'deleting', 'deleted']);
    }
    expect(post.targets.map(({ error }) => error)).toEqual([null, null]);
    expect(post.content.parts[0]?.text).toBe('Hello from the studio');
    const again = await api.client.commands.deletePublishedPost({ postId });
    expect(codeOf(again)).toBe('input.wrong-state');
    const explained = valueOf(await api.client.commands.explainWhatHappened({ entityId: postId }));
    expect(explained.cause).toContain('Deleted from');
    expect((await read(postId)).state).toBe('deleted');
  });

  it('takes it off one account alone where only that is meant', async () => {
    const { api, platform, read, stateFor, postId, accountIds } = await publish('One', 'Two');
    const [one = '', two = ''] = accountIds;
    const target = (await read(postId)).targets.find(({ accountId }) => accountId === two);
    valueOf(await api.client.commands.deletePublishedPost({ postId, targetId: target?.targetId ?? '' }));
    await until(async () => (await stateFor(postId, two)) === 'deleted');
    expect(await stateFor(postId, one)).toBe('published');
    expect((await read(postId)).state).toBe('published');
    expect(platform.posts().map(({ accountId }) => accountId)).toEqual([one]);
    expect(platform.countCalls(one, 'remove')).toBe(0);
  });

  it('that one platform refuses leaves the other account alone, is told of, and can be tried again', async () => {
    const published = await publish('One', 'Two');
    const { api, platform, read, stateFor, untilState, postId, accountIds } = published;
    const { commands } = api.client;
    const [one = '', two = ''] = accountIds;
    platform.plan(two, 'remove', { kind: 'refused' });
    valueOf(await commands.deletePublishedPost({ postId }));
    await until(async () => (await errorFor(published, two)) != null);
    await until(async () => (await stateFor(postId, one)) === 'deleted');
    const refused = await read(postId);
    expect(refused.state).toBe('published');
    const target = refused.targets.find(({ accountId }) => accountId === two);
    expect(target).toMatchObject({ state: 'published', error: { code: 'platform.refused' } });
    expect(kindsOf(refused, target?.targetId).at(-1)).toBe('not-deleted');
    expect(platform.posts().map(({ accountId }) => accountId)).toEqual([two]);
    const { notices } = valueOf(await commands.listNotices({}));
    expect(notices[0]).toMatchObject({
      kind: 'post-problem',
      title: 'Could not be deleted: Hello from the studio',
      target: { screen: 'post', postId },
    });
    const activity = () => commands.listActivity({}).then((result) => valueOf(result).items);
    expect((await activity()).find(({ entityId }) => entityId === postId)).toMatchObject({
      state: 'failed',
      detail: 'Could not be deleted from its platform',
    });

    valueOf(await commands.deletePublishedPost({ postId, targetId: target?.targetId ?? '' }));
    await untilState(postId, 'deleted');
    expect(platform.posts()).toEqual([]);
    expect(platform.countCalls(one, 'remove')).toBe(1);
    expect((await activity()).some(({ entityId }) => entityId === postId)).toBe(false);
  });

  it('can be left where it is after a refusal, or marked as deleted by hand', async () => {
    const published = await publish('One', 'Two');
    const { api, platform, read, untilState, postId, accountIds } = published;
    const { commands } = api.client;
    for (const accountId of accountIds) platform.plan(accountId, 'remove', { kind: 'refused' });
    const targetOf = async (index: number) => (await read(postId)).targets[index]?.targetId ?? '';
    const early = { postId, targetId: await targetOf(0), resolution: 'keep' } as const;
    expect(codeOf(await commands.resolveDeletion(early))).toBe('input.wrong-state');
    valueOf(await commands.deletePublishedPost({ postId }));
    for (const accountId of accountIds)
      await until(async () => (await errorFor(published, accountId)) != null);
    valueOf(await commands.resolveDeletion(early));
    const kept = await read(postId);
    expect(kept.targets[0]).toMatchObject({ state: 'published', error: null });
    valueOf(
      await commands.resolveDeletion({
        postId,
        targetId: await targetOf(1),
        resolution: 'deleted-by-hand',
      }),
    );
    const { targets } = await untilState(postId, 'published');
    expect(targets.map(({ state }) => state)).toEqual(['published', 'deleted']);
  });

  it('goes on by itself through a platform that is away, asks to wait, or loses its answer', async () => {
    const { api, platform, untilState, postId, accountIds } = await publish('One');
    const [accountId = ''] = accountIds;
    platform.plan(
      accountId,
      'remove',
      { kind: 'unreachable' },
      { kind: 'rate-limited', retryAfterMs: 50 },
      { kind: 'lost-request' },
      { kind: 'lost-reply' },
    );
    valueOf(await api.client.commands.deletePublishedPost({ postId }));
    const post = await untilState(postId, 'deleted');
    const kinds = kindsOf(post).filter((kind) => ['retrying', 'rate-limited', 'deleted'].includes(kind));
    expect(kinds).toEqual(['retrying', 'rate-limited', 'retrying', 'retrying', 'deleted']);
    expect(platform.posts()).toEqual([]);
  });

  it('is refused for an account that is disconnected, and stopped visibly by disconnecting', async () => {
    const { harness, api, platform, read, postId, accountIds } = await publish('One');
    const { commands } = api.client;
    const [accountId = ''] = accountIds;
    platform.plan(accountId, 'remove', { kind: 'rate-limited', retryAfterMs: 3_600_000 });
    valueOf(await commands.deletePublishedPost({ postId }));
    await until(async () => kindsOf(await read(postId)).includes('rate-limited'));
    valueOf(await commands.disconnectAccount({ accountId }));
    const stopped = await read(postId);
    expect(stopped.targets[0]).toMatchObject({
      state: 'published',
      error: { code: 'platform.account-disconnected' },
    });
    const { notices } = valueOf(await commands.listNotices({}));
    expect(notices[0]?.title).toBe('Could not be deleted: Hello from the studio');
    expect(codeOf(await commands.deletePublishedPost({ postId }))).toBe('platform.account-disconnected');
    expect(platform.posts()).toHaveLength(1);
    expect(harness.dependencies.accounts.find(accountId)).toBeUndefined();
  });

  it('is done once however often it is asked for with the same key, also before the worker is there', async () => {
    const publishing = await openPublishing({ server });
    const running = await publishing.harness.startWorkers();
    const accountId = publishing.addAccount();
    const { entityId: postId } = valueOf(
      await publishing.api.client.commands.publishNow({
        content: contentOf('Once'),
        targets: [{ accountId }],
      }),
    );
    await publishing.untilState(postId, 'published');
    await running.stop();
    const { commands } = publishing.api.client;
    const answers = await Promise.all(
      Array.from({ length: 20 }, () =>
        commands.deletePublishedPost({ postId }, { idempotencyKey: 'delete it' }),
      ),
    );
    expect(new Set(answers.map((answer) => JSON.stringify(valueOf(answer)))).size).toBe(1);
    expect(codeOf(await commands.deletePublishedPost({ postId }))).toBe('input.wrong-state');
    await publishing.harness.startWorkers();
    const post = await publishing.untilState(postId, 'deleted');
    expect(kindsOf(post).filter((kind) => kind === 'deleting')).toHaveLength(1);
    expect(publishing.platform.countCalls(accountId, 'remove')).toBe(1);
  });

  it('waits for approval where an agent asks, which names what is deleted and where', async () => {
    const { api, platform, untilState, postId, read } = await publish('One', 'Two');
    const asked = valueOf(await connectAgent(api).commands.deletePublishedPost({ postId }));
    expect(asked.workflowId).toMatch(/^approval:/u);
    const { commands } = api.client;
    const { approval } = valueOf(await commands.readApproval({ approvalId: asked.entityId }));
    const urls = (await read(postId)).targets.map(({ url }) => url);
    expect(approval.preview.title).toBe('Delete “Hello from the studio” from One, Two');
    expect(approval.preview.lines).toEqual([
      { label: 'Deleted from', value: 'One (@one, Bluesky)' },
      { label: 'Address', value: urls[0] },
      { label: 'Text', value: 'Hello from the studio' },
      { label: 'Deleted from', value: 'Two (@two, Bluesky)' },
      { label: 'Address', value: urls[1] },
      { label: 'Text', value: 'Hello from the studio' },
    ]);
    expect(approval.preview.warnings[0]).toContain('cannot be brought back');
    expect(platform.posts()).toHaveLength(2);
    const { approvalId, contentHash } = approval;
    valueOf(await commands.decideApproval({ approvalId, contentHash, decision: 'approve' }));
    await untilState(postId, 'deleted');
    expect(platform.posts()).toEqual([]);
    const { rows } = valueOf(await commands.searchAudit({}));
    expect(rows.find(({ command }) => command === 'delete-published-post')).toMatchObject({
      principal: 'mcp',
      entityId: postId,
    });
  });

  it('is not pretended where a post was made by hand: it says what to do, and is marked', async () => {
    const { harness, api, addAccount, schedule, untilState, read } = await openPublishing({ server });
    await harness.startWorkers();
    const { commands } = api.client;
    const [byHand, other] = [
      addAccount({ name: 'By hand', platform: 'manual' }),
      addAccount({ name: 'Other' }),
    ];
    const postId = await schedule([byHand, other]);
    await until(async () => {
      const states = (await read(postId)).targets.map(({ state }) => state);
      return states[0] === 'to-mark' && states[1] === 'published';
    });
    const targetId = (await read(postId)).targets[0]?.targetId ?? '';
    valueOf(await commands.markPosted({ postId, targetId }));
    const refused = await commands.deletePublishedPost({ postId, targetId });
    expect(refused.ok ? '' : refused.error.userMessage).toBe(
      'Longhand cannot delete what was posted by hand on By hand. Nothing was changed. Delete it there, then say that it is deleted.',
    );
    const answer = valueOf(await commands.deletePublishedPost({ postId }));
    expect(answer.message).toContain('It stays on By hand: delete it there yourself');
    await until(async () => (await read(postId)).targets[1]?.state === 'deleted');
    expect((await read(postId)).targets[0]?.state).toBe('published');
    valueOf(await commands.resolveDeletion({ postId, targetId, resolution: 'deleted-by-hand' }));
    const gone = await untilState(postId, 'deleted');
    expect(kindsOf(gone, targetId).at(-1)).toBe('deleted');
  });

  it('of a post that the creator found by looking is found by the key it was sent under', async () => {
    const { harness, api, platform, addAccount, schedule, untilState, read } = await openPublishing({
      server,
    });
    await harness.startWorkers();
    const { commands } = api.client;
    const accountId = addAccount();
    platform.plan(accountId, 'publish', { kind: 'lost-reply' });
    platform.plan(
      accountId,
      'reconcile',
      ...Array.from({ length: 9 }, () => ({ kind: 'cannot-tell' }) as const),
    );
    const postId = await schedule([accountId]);
    const { targets } = await untilState(postId, 'unconfirmed');
    const targetId = targets[0]?.targetId ?? '';
    valueOf(await commands.resolveTarget({ postId, targetId, resolution: { kind: 'mark-published' } }));
    valueOf(await commands.deletePublishedPost({ postId }));
    await until(async () => (await read(postId)).targets[0]?.error?.code === 'platform.refused');
    expect(platform.posts()).toHaveLength(1);
    // The platform tells again.
    while ((await read(postId)).state !== 'deleted') {
      valueOf(await commands.deletePublishedPost({ postId }));
      await until(async () => (await read(postId)).state !== 'deleting');
    }
    expect(platform.posts()).toEqual([]);
  });
});
