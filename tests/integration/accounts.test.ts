import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createFeedConnector } from '../../src-connectors/feed/node/feed-connector.ts';
import {
  codeOf,
  connectAgent,
  makeFolder,
  startTestApi,
  valueOf,
  type TestApi,
} from '../fixtures/api-harness.ts';
import { makeContext, makeVariant } from '../fixtures/connector-context.ts';
import { feedDetails } from '../fixtures/feed-details.ts';
import { startBlueskyServer, type BlueskyServer } from '../fixtures/bluesky-server.ts';
import { allowOnMastodon, startMastodonServer, type MastodonServer } from '../fixtures/mastodon-server.ts';

const passphrase = 'a passphrase for the test';

/** Where there is no keyring, as on a server, the person chooses first. */
async function openApi(): Promise<TestApi> {
  const api = await startTestApi();
  valueOf(await api.client.commands.protectVault({ protection: 'passphrase', passphrase }));
  return api;
}

describe('accounts on Bluesky', () => {
  let server: BlueskyServer;
  beforeAll(async () => {
    server = await startBlueskyServer();
  });
  afterAll(() => server.stop());

  it('are connected with an app password, of which nothing can be read afterwards', async () => {
    const { client, dataFolder } = await openApi();
    const person = await server.createAccount('alice');
    const appPassword = await person.createAppPassword('longhand');
    const account = valueOf(
      await client.commands.connectBlueskyAccount({
        serviceUrl: server.url,
        identifier: `@${person.handle}`,
        appPassword,
      }),
    );
    expect(account).toMatchObject({ platform: 'bluesky', handle: '@alice.test', state: 'connected' });
    const { accounts, vault } = valueOf(await client.commands.listAccounts({}));
    expect(accounts.map((each) => ({ ...each, stoppedPostCount: 0 }))).toEqual([account]);
    expect(vault).toMatchObject({ state: 'unlocked', protection: 'passphrase' });

    const files = [dataFolder.databaseFile, `${dataFolder.databaseFile}-wal`];
    const bytes = Buffer.concat(await Promise.all(files.map((file) => readFile(file))));
    for (const secret of [appPassword, passphrase, 'eyJ']) expect(bytes.includes(secret)).toBe(false);
  });

  it('say that they must be connected again only after a definite no, and can be', async () => {
    const { client } = await openApi();
    const person = await server.createAccount('bob');
    const request = { serviceUrl: server.url, identifier: person.handle };
    const first = await person.createAppPassword('first');
    const { accountId } = valueOf(
      await client.commands.connectBlueskyAccount({ ...request, appPassword: first }),
    );

    server.proxy.next(/getSession/, { kind: 'reset' });
    expect(codeOf(await client.commands.verifyAccount({ accountId }))).toBe('platform.unreachable');
    const [untouched] = valueOf(await client.commands.listAccounts({})).accounts;
    expect(untouched?.state).toBe('connected');

    await person.revokeAppPassword('first');
    server.proxy.next(/getSession/, {
      kind: 'answer',
      status: 401,
      body: JSON.stringify({ error: 'InvalidToken', message: 'revoked' }),
    });
    const refused = valueOf(await client.commands.verifyAccount({ accountId }));
    expect(refused).toMatchObject({
      state: 'needs-reconnect',
      error: { code: 'platform.credentials-refused' },
    });

    const told = () => client.commands.listNotices({}).then((result) => valueOf(result).notices);
    expect(await told()).toMatchObject([
      { kind: 'account-problem', target: { screen: 'settings', section: 'accounts' } },
    ]);
    server.proxy.next(/getSession/, {
      kind: 'answer',
      status: 401,
      body: JSON.stringify({ error: 'InvalidToken', message: 'revoked' }),
    });
    valueOf(await client.commands.verifyAccount({ accountId }));
    expect(await told()).toHaveLength(1);

    const second = await person.createAppPassword('second');
    const again = valueOf(await client.commands.reconnectAccount({ accountId, secret: second }));
    expect(again).toMatchObject({ accountId, state: 'connected', error: null });
  });

  it('say what to check where the first sign-in is refused, for nothing waits yet', async () => {
    const { client } = await openApi();
    const person = await server.createAccount('ivy');
    const refused = await client.commands.connectBlueskyAccount({
      serviceUrl: server.url,
      identifier: person.handle,
      appPassword: 'not-the-password',
    });
    expect(refused).toMatchObject({
      ok: false,
      error: {
        code: 'platform.credentials-refused',
        userMessage: expect.stringContaining('Nothing was connected') as unknown,
      },
    });
    expect(valueOf(await client.commands.listAccounts({})).accounts).toEqual([]);
  });

  it('are not taken for one another when one is connected again', async () => {
    const { client } = await openApi();
    const [carol, dave] = [await server.createAccount('carol'), await server.createAccount('dave')];
    const { accountId } = valueOf(
      await client.commands.connectBlueskyAccount({
        serviceUrl: server.url,
        identifier: carol.handle,
        appPassword: await carol.createAppPassword('longhand'),
      }),
    );
    const secret = await dave.createAppPassword('longhand');
    const refused = await client.commands.reconnectAccount({ accountId, secret });
    expect(codeOf(refused)).toBe('platform.credentials-refused');
  });

  it('connected twice with one key and two passwords are no repeat, and a refused password is not remembered', async () => {
    const { client } = await openApi();
    const person = await server.createAccount('ivan');
    const connect = (appPassword: string, idempotencyKey: string) =>
      client.commands.connectBlueskyAccount(
        { serviceUrl: server.url, identifier: person.handle, appPassword },
        { idempotencyKey },
      );
    const [first, second] = [await person.createAppPassword('a'), await person.createAppPassword('b')];
    expect(codeOf(await connect('not the password', 'one'))).toBe('platform.credentials-refused');
    const connected = valueOf(await connect(first, 'one'));
    expect(codeOf(await connect(second, 'one'))).toBe('input.conflict');
    await person.revokeAppPassword('a');
    // Answered from memory: the password would not be accepted any more.
    expect(valueOf(await connect(first, 'one'))).toEqual(connected);
    expect(valueOf(await connect(second, 'two')).accountId).toBe(connected.accountId);
  });

  it('keep their id when they are disconnected and connected again, and lose their credentials', async () => {
    const { client, database } = await openApi();
    const person = await server.createAccount('erin');
    const request = {
      serviceUrl: server.url,
      identifier: person.handle,
      appPassword: await person.createAppPassword('longhand'),
    };
    const { accountId } = valueOf(await client.commands.connectBlueskyAccount(request));
    valueOf(await client.commands.disconnectAccount({ accountId }));
    expect(valueOf(await client.commands.listAccounts({})).accounts).toEqual([]);
    expect(database.sqlite.prepare('SELECT count(*) FROM credential').pluck().get()).toBe(0);
    expect(valueOf(await client.commands.connectBlueskyAccount(request)).accountId).toBe(accountId);
  });

  it('wait for the passphrase after a start, and are all forgotten where it is lost', async () => {
    const first = await openApi();
    const person = await server.createAccount('frank');
    const { accountId } = valueOf(
      await first.client.commands.connectBlueskyAccount({
        serviceUrl: server.url,
        identifier: person.handle,
        appPassword: await person.createAppPassword('longhand'),
      }),
    );
    await first.api.stop();
    // Another run has another secret, so the file of this run cannot be opened any more.
    await rm(join(first.dataFolder.runFolder, 'vault-key.json'));
    const { client } = await startTestApi({ dataFolder: first.dataFolder });
    expect(valueOf(await client.commands.readVaultState({})).state).toBe('locked');
    expect(codeOf(await client.commands.verifyAccount({ accountId }))).toBe('credentials.locked');
    const wrong = await client.commands.unlockVault({ passphrase: 'something else' });
    expect(codeOf(wrong)).toBe('credentials.wrong-passphrase');
    const told: string[] = [];
    client.onEvent((event) => {
      if (event.type === 'changed') told.push(...event.topics);
    });
    expect(valueOf(await client.commands.unlockVault({ passphrase })).state).toBe('unlocked');
    // The screens that said that it was locked read again.
    await expect.poll(() => told).toContain('accounts');
    expect(valueOf(await client.commands.verifyAccount({ accountId })).state).toBe('connected');

    expect(valueOf(await client.commands.resetVault({})).state).toBe('not-set-up');
    const [forgotten] = valueOf(await client.commands.listAccounts({})).accounts;
    expect(forgotten).toMatchObject({ state: 'needs-reconnect', error: { code: 'credentials.lost' } });
  });
});

describe('accounts on a Mastodon server (a stand-in)', () => {
  let server: MastodonServer;
  beforeAll(async () => {
    server = await startMastodonServer();
  });
  afterAll(() => server.stop());

  it('are connected by a token, with the limits that the server says', async () => {
    const { client } = await openApi();
    const account = valueOf(
      await client.commands.connectMastodonAccount({
        serviceUrl: server.url,
        accessToken: server.accessToken,
      }),
    );
    expect(account).toMatchObject({ platform: 'mastodon', state: 'connected' });
    expect(account.limits.text).toMatchObject({ counting: 'mastodon', linkLength: 23 });
    const refused = await client.commands.connectMastodonAccount({
      serviceUrl: server.url,
      accessToken: 'not a token',
    });
    expect(codeOf(refused)).toBe('platform.credentials-refused');
  });

  it('are connected by a code that the server shows', async () => {
    const { client } = await openApi();
    const begun = valueOf(await client.commands.beginMastodonOauth({ serviceUrl: server.url }));
    const code = await allowOnMastodon(begun.authoriseUrl);
    const account = valueOf(
      await client.commands.completeMastodonOauth({ connectionId: begun.connectionId, code }),
    );
    expect(account).toMatchObject({ platform: 'mastodon', state: 'connected' });
    const again = await client.commands.completeMastodonOauth({ connectionId: begun.connectionId, code });
    expect(codeOf(again)).toBe('input.not-found');
  });
});

describe('accounts without credentials', () => {
  it('need no keyring and no passphrase', async () => {
    const { client } = await startTestApi();
    const account = valueOf(
      await client.commands.connectManualAccount({ service: 'instagram', handle: '@studio' }),
    );
    expect(account).toMatchObject({ platform: 'manual', name: 'Instagram', state: 'connected' });
    expect(account.limits.text.maxLength).toBe(2_200);
  });
});

describe('a feed', () => {
  async function addEpisode(folder: string): Promise<void> {
    const connector = createFeedConnector();
    const settings = { platform: 'feed' as const, folder, details: feedDetails };
    const context = makeContext({ platform: 'feed', settings });
    await connector.publish(await connector.prepare(makeVariant('The first loaf'), context), context);
  }

  it('can be given another title, author and address, and says so at once without losing an episode', async () => {
    const { client } = await startTestApi();
    const folder = join(makeFolder(), 'bread');
    const { accountId } = valueOf(await client.commands.connectFeedAccount({ folder, details: feedDetails }));
    await addEpisode(folder);
    const settings = {
      platform: 'feed' as const,
      folder,
      details: {
        ...feedDetails,
        title: 'Evening bread',
        author: 'Bob Baker',
        baseUrl: 'https://example.org/',
      },
    };
    const changed = valueOf(await client.commands.updateAccount({ accountId, settings }));
    expect(changed).toMatchObject({ handle: 'Evening bread', profileUrl: 'https://example.org/feed.xml' });
    const feed = await readFile(join(folder, 'feed.xml'), 'utf8');
    for (const said of ['Evening bread', 'Bob Baker', 'The first loaf', 'https://example.org/']) {
      expect(feed).toContain(said);
    }
    expect(feed).not.toContain('Morning bread');
  });

  it('can move to another folder, but not into that of another feed', async () => {
    const { client } = await startTestApi();
    const home = makeFolder();
    const connect = (name: string) =>
      client.commands.connectFeedAccount({ folder: join(home, name), details: feedDetails });
    const { accountId } = valueOf(await connect('one'));
    valueOf(await connect('two'));
    const moveTo = (name: string) =>
      client.commands.updateAccount({
        accountId,
        settings: { platform: 'feed', folder: join(home, name), details: feedDetails },
      });
    expect(codeOf(await moveTo('two'))).toBe('input.conflict');
    expect(valueOf(await moveTo('three')).settings).toMatchObject({ folder: join(home, 'three') });
    expect(valueOf(await connect('three')).accountId).toBe(accountId);
  });

  it('is changed by an agent only as its owner has read it, from what to what', async () => {
    const api = await startTestApi();
    const { client } = api;
    const folder = join(makeFolder(), 'bread');
    const { accountId } = valueOf(await client.commands.connectFeedAccount({ folder, details: feedDetails }));
    const settings = { platform: 'feed' as const, folder, details: { ...feedDetails, title: 'Cake' } };
    valueOf(await connectAgent(api).commands.updateAccount({ accountId, settings }));
    const [approval] = valueOf(await client.commands.listApprovals({})).approvals;
    expect(approval?.preview.lines).toEqual([
      { label: 'Account', value: 'Morning bread (Morning bread, Feed)' },
      { label: 'Title', value: '“Morning bread” → “Cake”' },
    ]);
  });
});
