import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { valueOf } from '../fixtures/api-harness.ts';
import { contentOf, kindsOf, openPublishing } from '../fixtures/publishing-harness.ts';
import type { TemporalServer } from '../fixtures/temporal-server.ts';
import { shareServer, until } from '../fixtures/worker-harness.ts';

describe('a post of which nobody can tell whether it arrived', () => {
  let server: TemporalServer;
  beforeAll(async () => {
    server = await shareServer();
  });
  afterAll(() => server.stop());

  it('is resolved by looking again (complaint 3)', async () => {
    const { harness, api, platform, addAccount, schedule, untilState } = await openPublishing({ server });
    await harness.startWorkers();
    const accountId = addAccount();
    const cannotTell = { kind: 'cannot-tell' } as const;
    platform.plan(accountId, 'publish', { kind: 'lost-reply' });
    platform.plan(accountId, 'reconcile', cannotTell, cannotTell, cannotTell);
    const postId = await schedule([accountId]);
    const unconfirmed = await untilState(postId, 'unconfirmed');
    expect(platform.countCalls(accountId, 'publish')).toBe(1);
    const { notices } = valueOf(await api.client.commands.listNotices({}));
    expect(notices).toMatchObject([
      {
        kind: 'post-problem',
        title: expect.stringMatching(/could not be confirmed/iu) as unknown,
        target: { screen: 'post', postId },
      },
    ]);
    const targetId = unconfirmed.targets[0]?.targetId ?? '';
    valueOf(
      await api.client.commands.resolveTarget({ postId, targetId, resolution: { kind: 'look-again' } }),
    );
    const post = await untilState(postId, 'published');
    expect(platform.posts()).toHaveLength(1);
    expect(kindsOf(post)).toEqual(expect.arrayContaining(['unconfirmed', 'resolved', 'looked', 'published']));
  });

  it('is marked as published, or sent again only by an explicit choice', async () => {
    const { harness, api, platform, addAccount, schedule, untilState } = await openPublishing({ server });
    await harness.startWorkers();
    const accountIds = [addAccount({ name: 'One' }), addAccount({ name: 'Two' })];
    const cannotTell = { kind: 'cannot-tell' } as const;
    for (const accountId of accountIds) {
      platform.plan(accountId, 'publish', { kind: 'lost-request' });
      platform.plan(accountId, 'reconcile', cannotTell, cannotTell, cannotTell);
    }
    const postId = await schedule(accountIds);
    const { targets } = await untilState(postId, 'unconfirmed');
    const [first = '', second = ''] = targets.map(({ targetId }) => targetId);
    const { resolveTarget } = api.client.commands;
    const url = 'https://platform.test/seen';
    valueOf(await resolveTarget({ postId, targetId: first, resolution: { kind: 'mark-published', url } }));
    valueOf(
      await resolveTarget({
        postId,
        targetId: second,
        resolution: { kind: 'send-again', mayBeDoubled: true },
      }),
    );
    const post = await untilState(postId, 'published');
    expect(post.targets.map((target) => target.url)).toEqual([url, 'https://platform.test/1']);
    expect(platform.posts().map(({ handle }) => handle)).toEqual([`key:${second}:2`]);
  });

  it('keeps saying what was sent, whatever is edited for the other accounts', async () => {
    const { harness, api, platform, addAccount, schedule, read } = await openPublishing({ server });
    await harness.startWorkers();
    const [lost, refused] = [addAccount({ name: 'Lost' }), addAccount({ name: 'Refused' })];
    const cannotTell = { kind: 'cannot-tell' } as const;
    platform.plan(lost, 'publish', { kind: 'lost-reply' });
    platform.plan(lost, 'reconcile', cannotTell, cannotTell, cannotTell);
    platform.plan(refused, 'publish', { kind: 'refused' });
    const postId = await schedule([lost, refused], { text: 'With a tpyo' });
    const isIn = (...states: string[]) =>
      until(async () => (await read(postId)).targets.every(({ state }, index) => state === states[index]));
    await isIn('unconfirmed', 'failed');
    const { commands } = api.client;
    const edited = valueOf(await commands.editPost({ postId, content: contentOf('Without a typo') }));
    expect(edited.message).toMatch(/^The post is changed\. Nothing is sent by that\./);
    for (const { targetId, state } of (await read(postId)).targets) {
      const resolution = { kind: 'look-again' } as const;
      valueOf(
        state === 'unconfirmed'
          ? await commands.resolveTarget({ postId, targetId, resolution })
          : await commands.retryTarget({ postId, targetId }),
      );
    }
    await isIn('published', 'published');
    const { content, targets } = await read(postId);
    const texts = targets.map(({ accountId, variant }) => [accountId, (variant ?? content).parts[0]?.text]);
    expect(texts).toEqual([
      [lost, 'With a tpyo'],
      [refused, 'Without a typo'],
    ]);
    expect(platform.posts().map(({ accountId, text }) => [accountId, text])).toEqual(texts);
  });
});
