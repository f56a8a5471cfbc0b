import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { createCreditRepository } from '../../src-data/credits.ts';
import { codeOf, connectAgent, startTestApi, valueOf, type TestApi } from '../fixtures/api-harness.ts';
import { startBlueskyServer, type BlueskyAccount, type BlueskyServer } from '../fixtures/bluesky-server.ts';
import { contentOf, kindsOf, openPublishing } from '../fixtures/publishing-harness.ts';
import { quickTimings } from '../fixtures/publishing-timings.ts';
import type { TemporalServer } from '../fixtures/temporal-server.ts';
import { openHarness, shareServer, until, type Harness } from '../fixtures/worker-harness.ts';

const hourMs = 3_600_000;

/** Nothing goes on by itself within a test: what goes on was told to. */
const patientTimings = { ...quickTimings, retry: { firstMs: hourMs, longestMs: hourMs } };

const passphrase = 'a passphrase for the test';

let temporal: TemporalServer;
let bluesky: BlueskyServer;
beforeAll(async () => {
  temporal = await shareServer();
  bluesky = await startBlueskyServer();
});
afterAll(async () => {
  await bluesky.stop();
  await temporal.stop();
});

interface Studio {
  harness: Harness;
  api: TestApi;
  person: BlueskyAccount;
  accountId: string;
}

/** Api, worker and a person on the real Bluesky server, whose app password is called `first`. */
async function openStudio(name: string): Promise<Studio> {
  const harness = await openHarness({ server: temporal, publishingTimings: patientTimings });
  onTestFinished(() => harness.close());
  const api = await startTestApi({ dataFolder: harness.dataFolder, temporalAddress: temporal.address });
  const { commands } = api.client;
  valueOf(await commands.protectVault({ protection: 'passphrase', passphrase }));
  const person = await bluesky.createAccount(name);
  const { accountId } = valueOf(
    await commands.connectBlueskyAccount({
      serviceUrl: bluesky.url,
      identifier: person.handle,
      appPassword: await person.createAppPassword('first'),
    }),
  );
  return { harness, api, person, accountId };
}

async function publishNow({ api, accountId }: Studio, text: string): Promise<string> {
  const targets = [{ accountId }];
  return valueOf(await api.client.commands.publishNow({ content: contentOf(text), targets })).entityId;
}

async function read({ api }: Pick<Studio, 'api'>, postId: string) {
  return valueOf(await api.client.commands.readPost({ postId }));
}

async function untilWaiting(studio: Studio, postId: string): Promise<void> {
  await until(async () => kindsOf(await read(studio, postId)).includes('waits-for-account'));
}

async function textsOf(person: BlueskyAccount): Promise<unknown[]> {
  return (await person.listPosts()).map(({ value }) => value['text']);
}

describe('a post that waits for its account, on the real Bluesky server', () => {
  it('goes on at once when the credentials are unlocked', async () => {
    const studio = await openStudio('grace');
    await rm(join(studio.harness.dataFolder.runFolder, 'vault-key.json'));
    await studio.harness.startWorkers();
    const postId = await publishNow(studio, 'behind a lock');
    await untilWaiting(studio, postId);
    expect((await read(studio, postId)).targets[0]).toMatchObject({
      state: 'waiting',
      error: { code: 'credentials.locked' },
    });
    valueOf(await studio.api.client.commands.unlockVault({ passphrase }));
    await until(async () => (await read(studio, postId)).state === 'published');
    expect(await textsOf(studio.person)).toEqual(['behind a lock']);
  });

  it('whose app password is revoked is told of, and goes on at once when it is connected again', async () => {
    const studio = await openStudio('heidi');
    const { api, person, accountId } = studio;
    await studio.harness.startWorkers();
    await person.revokeAppPassword('first');
    // The session runs out; what the server says to renewing it and to the old password is its own.
    bluesky.proxy.next(/applyWrites/, {
      kind: 'answer',
      status: 400,
      body: JSON.stringify({ error: 'ExpiredToken', message: 'Token has expired' }),
    });
    const postId = await publishNow(studio, 'after a new password');
    await untilWaiting(studio, postId);
    const [account] = valueOf(await api.client.commands.listAccounts({})).accounts;
    expect(account).toMatchObject({
      state: 'needs-reconnect',
      error: { code: 'platform.credentials-refused' },
    });
    const { notices } = valueOf(await api.client.commands.listNotices({}));
    expect(notices[0]).toMatchObject({ kind: 'post-problem', target: { screen: 'post', postId } });
    expect(await textsOf(person)).toEqual([]);

    const secret = await person.createAppPassword('second');
    valueOf(await api.client.commands.reconnectAccount({ accountId, secret }));
    await until(async () => (await read(studio, postId)).state === 'published');
    expect(await textsOf(person)).toEqual(['after a new password']);
  });
});

describe('a post whose account is disconnected on purpose', () => {
  it('is not sent, says why and what to do, and is sent once the account is back and it is tried again', async () => {
    const {
      harness,
      api,
      platform,
      addAccount,
      schedule,
      read: readPost,
      untilState,
    } = await openPublishing({ server: temporal });
    await harness.startWorkers();
    const [gone, other] = [addAccount({ name: 'Gone' }), addAccount({ name: 'Other' })];
    const postId = await schedule([gone, other], { inMs: hourMs });
    await until(async () => kindsOf(await readPost(postId)).includes('scheduled'));
    const { commands } = api.client;
    const answer = valueOf(await commands.disconnectAccount({ accountId: gone }));
    expect(answer).toMatchObject({ removed: true, stoppedPostCount: 1 });
    expect(answer.message).toContain('One post that waited for it was not sent');

    const stopped = await readPost(postId);
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
    await until(async () => (await readPost(postId)).targets[1]?.state === 'published');
    const targetId = stopped.targets[0]?.targetId ?? '';
    valueOf(await commands.retryTarget({ postId, targetId }));
    await until(
      async () => kindsOf(await readPost(postId), targetId).filter((kind) => kind === 'failed').length === 2,
    );
    expect(platform.posts()).toHaveLength(1);

    harness.dependencies.accounts.confirm(gone);
    harness.dependencies.database.sqlite
      .prepare('UPDATE account SET disconnected_at = NULL WHERE account_id = ?')
      .run(gone);
    valueOf(await commands.retryTarget({ postId, targetId }));
    await untilState(postId, 'published');
    expect(platform.posts()).toHaveLength(2);
  });

  it('that may have arrived already is left to the creator', async () => {
    const {
      harness,
      api,
      platform,
      addAccount,
      schedule,
      read: readPost,
      untilState,
    } = await openPublishing({
      server: temporal,
      publishingTimings: { ...patientTimings, look: { firstMs: hourMs, longestMs: hourMs } },
    });
    await harness.startWorkers();
    const accountId = addAccount();
    platform.plan(accountId, 'publish', { kind: 'lost-reply' });
    const postId = await schedule([accountId]);
    await until(async () => kindsOf(await readPost(postId)).includes('retrying'));
    valueOf(await api.client.commands.disconnectAccount({ accountId }));
    const { targets } = await untilState(postId, 'unconfirmed');
    expect(targets[0]?.error?.code).toBe('platform.account-disconnected');
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
