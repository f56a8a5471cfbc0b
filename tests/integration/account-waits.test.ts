import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { signInToBluesky } from '../../src-connectors/bluesky/node/connect-bluesky.ts';
import { createCredentialRepository } from '../../src-data/credentials.ts';
import { createCreditRepository } from '../../src-data/credits.ts';
import { createRunKeys } from '../../src-node/secrets/run-keys.ts';
import { makeKeyring } from '../../src-node/secrets/testing/fake-keyring.ts';
import { createVault } from '../../src-node/secrets/vault.ts';
import type { ReceiptKind } from '../../src-shared/domain/post.ts';
import { workflowIds } from '../../src-shared/domain/workflows.ts';
import {
  codeOf,
  connectAgent,
  startTestApi,
  testToken,
  valueOf,
  type TestApi,
} from '../fixtures/api-harness.ts';
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
  const api = await startTestApi({
    dataFolder: harness.dataFolder,
    temporalAddress: temporal.address,
    lookForReturnEveryMs: 50,
  });
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

async function untilWaiting(
  studio: Studio,
  postId: string,
  kind: ReceiptKind = 'waits-for-account',
): Promise<void> {
  await until(async () => kindsOf(await read(studio, postId)).includes(kind));
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

/** As connecting it again leaves the account. */
function reconnect({ dependencies: { accounts, database } }: Harness, accountId: string): void {
  accounts.confirm(accountId);
  database.sqlite.prepare('UPDATE account SET disconnected_at = NULL WHERE account_id = ?').run(accountId);
}

describe('a line that was down', () => {
  it('lets what is due go out as soon as it is there again', async () => {
    const studio = await openStudio('niaj');
    await studio.harness.startWorkers();
    await bluesky.proxy.cut();
    const postId = await publishNow(studio, 'from the train');
    await untilWaiting(studio, postId, 'retrying');
    expect((await read(studio, postId)).targets[0]?.error?.code).toBe('platform.unreachable');
    expect(await textsOf(studio.person)).toEqual([]);
    await bluesky.proxy.mend();
    await until(async () => (await read(studio, postId)).state === 'published');
    expect(await textsOf(studio.person)).toEqual(['from the train']);
  });

  it('is told from a server that is there and only answers with errors: that one is not asked all the time', async () => {
    const studio = await openStudio('olivia');
    await studio.harness.startWorkers();
    const { proxy } = bluesky;
    const before = proxy.done.length;
    proxy.decide(() => ({ kind: 'answer', status: 503 }));
    onTestFinished(() => proxy.decide(null));
    const postId = await publishNow(studio, 'over and over');
    const untilLookedFor = async (times: number) => {
      const connections = proxy.connectionCount();
      await until(() => proxy.connectionCount() >= connections + times);
    };
    await untilWaiting(studio, postId, 'retrying');
    // It is tried once more when it is first found to be there.
    await untilLookedFor(10);
    const asked = proxy.done.length;
    await untilLookedFor(10);
    expect(proxy.done.length).toBe(asked);
    expect(asked - before).toBeGreaterThan(1);
    expect((await read(studio, postId)).state).toBe('waiting');
  });
});

describe('a keyring that was locked', () => {
  it('lets waiting posts go on by itself once the system gives its key again', async () => {
    const keyring = makeKeyring();
    const harness = await openHarness({ server: temporal, publishingTimings: patientTimings, keyring });
    onTestFinished(() => harness.close());
    const { dataFolder } = harness;
    const { accounts, database } = harness.dependencies;
    const person = await bluesky.createAccount('ivan');
    // What an earlier run has left: an account whose key is in the keyring, and no process that remembers it.
    const store = createCredentialRepository(database);
    const vault = createVault({ store, keyring, runKeys: createRunKeys(dataFolder.runFolder, testToken) });
    await vault.prepare();
    const { description, credential } = await signInToBluesky(
      {
        serviceUrl: bluesky.url,
        identifier: person.handle,
        appPassword: await person.createAppPassword('first'),
      },
      { signal: AbortSignal.timeout(60_000), now: () => new Date() },
    );
    const accountId = randomUUID();
    const settings = { platform: 'bluesky' } as const;
    accounts.connect({ ...description, ...settings, accountId, name: 'Ivan', settings });
    vault.save(accountId, credential);

    keyring.state = 'locked';
    const api = await startTestApi({
      ...{ dataFolder, keyring },
      temporalAddress: temporal.address,
      lookForReturnEveryMs: 50,
    });
    await harness.startWorkers();
    const studio = { harness, api, person, accountId };
    const postId = await publishNow(studio, 'the keyring was locked');
    await untilWaiting(studio, postId);
    expect((await read(studio, postId)).targets[0]?.error?.code).toBe('credentials.locked');
    keyring.state = 'open';
    await until(async () => (await read(studio, postId)).state === 'published');
    expect(await textsOf(person)).toEqual(['the keyring was locked']);
  });
});

describe('a post that is deleted, on the real Bluesky server', () => {
  it('goes with its whole thread, and waits for an account that is refused meanwhile', async () => {
    const studio = await openStudio('judy');
    const { api, person, accountId } = studio;
    const { commands } = api.client;
    await studio.harness.startWorkers();
    const parts = ['One', 'Two', 'Three'].map((text) => ({ text }));
    const { entityId: postId } = valueOf(
      await commands.publishNow({ content: { parts }, targets: [{ accountId }] }),
    );
    await until(async () => (await read(studio, postId)).state === 'published');
    expect(await textsOf(person)).toHaveLength(3);
    await person.revokeAppPassword('first');
    bluesky.proxy.next(/getRecord|applyWrites/, {
      kind: 'answer',
      status: 400,
      body: JSON.stringify({ error: 'ExpiredToken', message: 'Token has expired' }),
    });
    valueOf(await commands.deletePublishedPost({ postId }));
    await untilWaiting(studio, postId);
    expect((await read(studio, postId)).state).toBe('deleting');
    expect(await textsOf(person)).toHaveLength(3);
    const secret = await person.createAppPassword('second');
    valueOf(await commands.reconnectAccount({ accountId, secret }));
    await until(async () => (await read(studio, postId)).state === 'deleted');
    expect(await textsOf(person)).toEqual([]);
    expect((await read(studio, postId)).receipts.at(-1)?.detail).toContain('all 3 posts of the thread');
  });
});

describe('posts that were stopped, when their account is connected again', () => {
  it('stay stopped until the person takes them up: then as planned, or by their lateness, one after the other', async () => {
    const spacingMs = 400;
    const {
      harness,
      api,
      platform,
      schedule,
      read: readPost,
    } = await openPublishing({
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
    const stateOf = async (postId: string) => (await readPost(postId)).state;
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
    expect(kindsOf(await readPost(late))).toEqual(expect.arrayContaining(['decided', 'late', 'to-mark']));
    const [one, two] = platform.posts();
    expect((two?.sentAtMs ?? 0) - (one?.sentAtMs ?? 0)).toBeGreaterThan(spacingMs * 0.8);
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

    reconnect(harness, gone);
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
      async () => kindsOf(await readPost(postId)).filter((kind) => kind === 'unconfirmed').length === 2,
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
