import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { signInToBluesky } from '../../src-connectors/bluesky/node/connect-bluesky.ts';
import { createCredentialRepository } from '../../src-data/credentials.ts';
import { createRunKeys } from '../../src-node/secrets/run-keys.ts';
import { makeKeyring } from '../../src-node/secrets/testing/fake-keyring.ts';
import { createVault } from '../../src-node/secrets/vault.ts';
import type { ReceiptKind } from '../../src-shared/domain/post.ts';
import { startTestApi, testToken, valueOf, type TestApi } from '../fixtures/api-harness.ts';
import { startBlueskyServer, type BlueskyAccount, type BlueskyServer } from '../fixtures/bluesky-server.ts';
import { contentOf, kindsOf } from '../fixtures/publishing-harness.ts';
import { patientTimings } from '../fixtures/publishing-timings.ts';
import type { TemporalServer } from '../fixtures/temporal-server.ts';
import { openHarness, shareServer, until, type Harness } from '../fixtures/worker-harness.ts';

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
