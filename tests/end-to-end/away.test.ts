import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import type { Page } from '@playwright/test';
import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { CommandOutput } from '../../src-shared/contract/registry.ts';
import type { LatenessPolicy } from '../../src-shared/domain/lateness.ts';
import { startBlueskyServer, type BlueskyAccount, type BlueskyServer } from '../fixtures/bluesky-server.ts';
import { allowOnMastodon, startMastodonServer } from '../fixtures/mastodon-server.ts';
import { copyLibrary, expect, launchApp, test, type RunningApp } from './app.ts';
import { findViolations } from './axe.ts';
import {
  clickNotification,
  keepNotifications,
  keepOpenedLinks,
  readNotificationTitles,
  readOpenedLinks,
} from './electron-doubles.ts';
import { keepEvidence } from './keep-evidence.ts';
import { answerSaveDialog } from './native-dialogs.ts';
import { expectPublishedOnce, scheduleThroughQuitAndKill } from './scheduled-post.ts';
import { openPlace, readAssets, waitForServices } from './window.ts';

const passphrase = 'a passphrase of a test';
/** More than a minute after its time a post is late. */
const lateMs = 62_000;
/** Between scheduling and the due time the app has to be quit; a slow computer gets as long as it takes to start it so often. */
const shortestUntilDueMs = 20_000;
const startsUntilDue = 8;

// Stories of posts that come due: one app is off meanwhile, another one waits. Between their beginnings and their ends a
// third one is used, so that hardly any time is only waited.
test.describe.configure({ mode: 'serial' });

type AppName = 'away' | 'present' | 'waiting';

let server: BlueskyServer;
let account: BlueskyAccount;
/** Of the app that waits: the other server is made to fail. */
let undisturbed: { server: BlueskyServer; account: BlueskyAccount };
let away: RunningApp;
let present: RunningApp;
let waiting: RunningApp;
/** The one that is used. */
let launched: { name: AppName; app: RunningApp } | undefined;
/** Whatever came to run; after a failure some of it never did. */
const servers: BlueskyServer[] = [];
const apps: RunningApp[] = [];
let folder: string;
let dueAtMs: number;

test.beforeAll(async ({ preparedFolder }) => {
  folder = await mkdtemp(join(tmpdir(), 'longhand-e2e-away-'));
  for (const name of ['away', 'present', 'waiting'] satisfies AppName[])
    await copyLibrary(preparedFolder, join(folder, name));
  const [first, second] = await Promise.all([startServer(), startServer()]);
  ({ server, account } = first);
  undisturbed = second;
});

async function startServer(): Promise<typeof undisturbed> {
  const started = await startBlueskyServer();
  servers.push(started);
  return { server: started, account: await started.createAccount('writer') };
}

test.afterEach(async ({}, testInfo) => {
  if (launched !== undefined) await keepEvidence(testInfo, join(folder, launched.name), launched.app.page);
});

test.afterAll(async ({ leave }) => {
  leave(apps, folder);
  await Promise.all(servers.map((each) => each.stop()));
});

async function launch(name: AppName): Promise<RunningApp> {
  const app = await launchApp(join(folder, name));
  apps.push(app);
  launched = { name, app };
  return app;
}

test('posts with every policy for lateness are scheduled, and the app is quit before they are due', async () => {
  const startedAtMs = Date.now();
  away = await launch('away');
  const { page } = away;
  await waitForServices(page);
  const startMs = Date.now() - startedAtMs;
  const accountId = await connect(page);
  dueAtMs = Date.now() + Math.max(shortestUntilDueMs, startsUntilDue * startMs);
  for (const [text, lateness] of [
    ['Goes out whenever', { limitMinutes: 0, beyond: 'publish' }],
    ['Goes out within the hour', { limitMinutes: 60, beyond: 'skip' }],
    ['Asks, and is published', { limitMinutes: 0, beyond: 'ask' }],
    ['Asks, and is skipped', { limitMinutes: 0, beyond: 'ask' }],
    ['Is skipped by itself', { limitMinutes: 0, beyond: 'skip' }],
  ] satisfies [string, LatenessPolicy][])
    await schedule(page, { accountId, text, lateness, dueAt: new Date(dueAtMs).toISOString() });
  await expect.poll(async () => (await readPosts(page)).length).toBe(5);
  await away.quit();
  expect(Date.now()).toBeLessThan(dueAtMs);
});

test('a post that is scheduled on the real Bluesky server waits through a quit and a kill', async () => {
  waiting = await scheduleThroughQuitAndKill(() => launch('waiting'), undisturbed);
});

test('an account on a Mastodon server is connected by the code that its page shows', async () => {
  present = await launch('present');
  const { page, electron } = present;
  const mastodon = await startMastodonServer();
  try {
    await keepOpenedLinks(electron);
    await openPlace(page, 'Settings');
    await page.getByRole('link', { name: 'Accounts' }).click();
    await page.getByRole('button', { name: /Connect an account/ }).click();
    await page.getByRole('menuitem', { name: 'Mastodon' }).click();
    const dialog = page.getByRole('dialog', { name: 'Connect Mastodon' });
    await dialog
      .getByRole('combobox', { name: /The key is kept/ })
      .selectOption({ label: 'For this run only' });
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.getByRole('textbox', { name: 'Server' }).fill(mastodon.url);
    await dialog.getByRole('button', { name: 'Open the page' }).click();
    const code = dialog.getByRole('textbox', { name: 'Code' });
    await code.fill('not the code');
    await dialog.getByRole('button', { name: 'Connect', exact: true }).click();
    await expect(dialog.getByText(/does not accept this code\. Nothing was connected/)).toBeVisible();
    const [address = ''] = await readOpenedLinks(electron);
    await code.fill(await allowOnMastodon(address));
    await dialog.getByRole('button', { name: 'Connect', exact: true }).click();
    await expect(page.getByText('Connected', { exact: true })).toBeVisible();
  } finally {
    await mastodon.stop();
  }
});

test('the configuration for agents works as it is copied, with a token of the scopes that were chosen', async () => {
  const { page } = present;
  await expect.poll(() => readAssets(page)).toMatchObject([{ isSample: true }]);
  await page.getByRole('link', { name: 'API access' }).click();
  await page.getByRole('button', { name: /Make a token/ }).click();
  await page.getByRole('textbox', { name: 'What is it for?' }).fill('My agent');
  await page.getByRole('button', { name: 'Make the token' }).click();
  const token = (await page.getByLabel('The token', { exact: true }).textContent()) ?? '';
  await page.getByRole('button', { name: 'Done' }).click();

  const text = await page.getByLabel('MCP configuration').textContent();
  const { mcpServers } = JSON.parse(text ?? '') as {
    mcpServers: { longhand: { command: string; args: string[]; env: Record<string, string> } };
  };
  const { longhand } = mcpServers;
  const client = new Client({ name: 'an agent', version: '1.0.0' });
  await client.connect(
    new StdioClientTransport({ ...longhand, env: { ...longhand.env, LONGHAND_TOKEN: token } }),
  );
  try {
    const { tools } = await client.listTools();
    expect(tools.map(({ name }) => name)).toContain('search-library');
    const found = await client.callTool({ name: 'search-library', arguments: {} });
    expect(JSON.stringify(found)).toContain('Sample');
  } finally {
    await client.close();
  }
});

test('the audit is exported as lines that name who did what, and no secret', async () => {
  const { page, electron } = present;
  const file = join(folder, 'audit.jsonl');
  await page.getByRole('link', { name: 'Audit' }).click();
  await page.getByRole('button', { name: 'Check the chain' }).click();
  await expect(page.getByText(/Nothing was changed in \d+ lines/)).toBeVisible();
  const log = page.getByRole('region', { name: 'Audit lines' });
  const search = page.getByRole('searchbox', { name: 'Search the audit' });
  await search.fill('create-token');
  await expect(log.getByText('Make an API token')).toBeVisible();
  await expect(log.getByRole('row')).toHaveCount(2);
  await search.fill('nobody did this');
  await expect(page.getByText('Nothing found for “nobody did this”')).toBeVisible();
  await search.fill('');
  await answerSaveDialog(electron, file);
  await page.getByRole('button', { name: 'Export…' }).click();
  const read = () => readFile(file, 'utf8').catch(() => '');
  await expect.poll(read).toContain('create-token');
  const lines = (await read()).trimEnd().split('\n');
  const commands = lines.map((line) => (JSON.parse(line) as { command: string }).command);
  expect(commands).toContain('create-token');
  expect(commands).toContain('complete-mastodon-oauth');
  expect(lines.join('\n')).not.toContain('mock_token');
  await present.quit();
});

test('what came due while the app was off is listed, and decided by keyboard; nothing else goes out', async () => {
  await delay(Math.max(0, dueAtMs + lateMs - Date.now()));
  away = await launch('away');
  const { page } = away;
  await page.getByRole('button', { name: 'Unlock…' }).click();
  await page.getByRole('textbox', { name: 'Passphrase' }).fill(passphrase);
  await page.keyboard.press('Enter');
  await expect.poll(() => readTexts()).toEqual(['Goes out whenever', 'Goes out within the hour']);

  await openPlace(page, 'Calendar');
  await page.getByRole('link', { name: /2 posts came due while nobody was there/ }).press('Enter');
  const open = page.getByRole('region', { name: 'To decide' }).getByRole('listitem');
  await expect(open).toHaveCount(2);
  const settled = page.getByRole('region', { name: 'Settled' });
  await expect(settled.getByText('Published', { exact: true })).toHaveCount(2);
  expect(await findViolations(page)).toEqual([]);

  await open
    .filter({ hasText: 'Asks, and is published' })
    .getByRole('button', { name: 'Publish late' })
    .press('Enter');
  await expect(open).toHaveCount(1);
  await open
    .filter({ hasText: 'Asks, and is skipped' })
    .getByRole('button', { name: 'Skip it' })
    .press('Enter');
  await expect(page.getByRole('status').filter({ hasText: 'Nothing waits for a decision.' })).toBeVisible();
  await settled
    .getByRole('listitem')
    .filter({ hasText: 'Is skipped by itself' })
    .getByRole('button', { name: /Another time/ })
    .press('Enter');
  await page.getByRole('textbox', { name: 'When, in words' }).fill('in 20 days at 9:07');
  await page.keyboard.press('Enter');

  await expect
    .poll(() => readTexts())
    .toEqual(['Asks, and is published', 'Goes out whenever', 'Goes out within the hour']);
  await expect
    .poll(async () => (await readPosts(page)).map(({ state }) => state).toSorted())
    .toEqual(['missed', 'published', 'published', 'published', 'waiting']);
});

test('a notification leads to the post that it speaks of, and to what is to be done', async () => {
  const { page, electron } = away;
  await keepNotifications(electron);
  await electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.hide());
  const accountId = await page.evaluate(async () => {
    const result = await globalThis.longhand.commands.connectManualAccount({ service: 'x', handle: '@ana' });
    if (!result.ok) throw new Error(result.error.userMessage);
    return result.value.accountId;
  });
  const postId = await schedule(page, { accountId, text: 'To be posted by hand', dueAt: null });
  const findNotification = async () =>
    (await readNotificationTitles(electron)).findIndex((title) => title.includes('To be posted by hand'));
  await expect.poll(findNotification).toBeGreaterThanOrEqual(0);
  await clickNotification(electron, await findNotification());
  await expect(page).toHaveURL(new RegExp(`#/post/${postId}$`));
  const isShown = () =>
    electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isVisible());
  await expect.poll(isShown).toBe(true);
  await expect(page.getByRole('button', { name: 'I have posted it' })).toBeVisible();
});

test('a post that nobody can confirm is looked for again by a key, and stands there once', async () => {
  const { page } = away;
  // The server does what it is asked, nobody hears of it, and then it cannot be asked.
  server.proxy.decide(({ url }) =>
    url.includes('applyWrites') ? { kind: 'drop-reply' } : { kind: 'answer', status: 503 },
  );
  const accountId = await connectedAccountId(page);
  const { length: doneBefore } = server.proxy.done;
  const postId = await schedule(page, { accountId, text: 'Looked for again', dueAt: null });
  // It was sent, and looked for in vain after that; what else the app asks the server for does not count.
  const faults = () =>
    server.proxy.done
      .slice(doneBefore)
      .map(({ fault }) => fault)
      .join(', ');
  await expect.poll(faults).toMatch(/drop-reply.*answer/);
  // While a try is in hand an account is not disconnected: the person is told to do it in a moment.
  await expect
    .poll(() =>
      page.evaluate((id) => globalThis.longhand.commands.disconnectAccount({ accountId: id }), accountId),
    )
    .toMatchObject({ ok: true });
  await page.goto(new URL(`#/post/${postId}`, page.url()).href);
  await expect(page.getByText('Not confirmed', { exact: true }).first()).toBeVisible();
  server.proxy.decide(null);
  await connect(page);

  await page.getByRole('button', { name: 'Send it again…' }).press('Enter');
  const warning = page.getByRole('alertdialog');
  await expect(warning.getByText(/it will appear twice/)).toBeVisible();
  await page.keyboard.press('Escape');
  // Until it is gone it keeps the keys to itself.
  await expect(warning).toHaveCount(0);
  await page.getByRole('button', { name: 'It is there' }).press('Enter');
  const form = page.getByRole('dialog', { name: 'It is there' });
  await expect(form).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(form).toHaveCount(0);
  await page.getByRole('button', { name: 'Look again' }).press('Enter');
  await expect(page.getByRole('button', { name: 'Open the post' })).toBeVisible();
  expect((await readTexts()).filter((text) => text === 'Looked for again')).toHaveLength(1);
});

test('the post that waited is published once, with a complete receipt, and deleted again', async () => {
  launched = { name: 'waiting', app: waiting };
  await expectPublishedOnce(waiting.page, undisturbed.account);
});

/** By the commands that the form calls; the form has a test of its own. Gives the account's id. */
async function connect(page: Page): Promise<string> {
  const appPassword = await account.createAppPassword(`longhand ${Date.now()}`);
  return page.evaluate(
    async ({ serviceUrl, identifier, password, secret }) => {
      const { commands } = globalThis.longhand;
      const state = await commands.readVaultState({});
      if (!state.ok) throw new Error(state.error.userMessage);
      if (state.value.state === 'not-set-up') {
        const kept = await commands.protectVault({ protection: 'passphrase', passphrase: secret });
        if (!kept.ok) throw new Error(kept.error.userMessage);
      }
      const result = await commands.connectBlueskyAccount({
        serviceUrl,
        identifier,
        appPassword: password,
      });
      if (!result.ok) throw new Error(result.error.userMessage);
      return result.value.accountId;
    },
    { serviceUrl: server.url, identifier: account.handle, password: appPassword, secret: passphrase },
  );
}

interface Wanted {
  accountId: string;
  text: string;
  /** Null: now. */
  dueAt: string | null;
  lateness?: LatenessPolicy;
}

async function schedule(page: Page, wanted: Wanted): Promise<string> {
  return page.evaluate(async ({ accountId, text, dueAt, lateness }) => {
    const result = await globalThis.longhand.commands.schedulePost({
      content: { parts: [{ text }] },
      targets: [{ accountId }],
      when: dueAt === null ? { kind: 'now' } : { kind: 'at', dueAt },
      ...(lateness === undefined ? {} : { lateness }),
    });
    if (!result.ok) throw new Error(result.error.userMessage);
    return result.value.entityId;
  }, wanted);
}

async function readPosts(page: Page): Promise<CommandOutput<'list-posts'>['posts']> {
  const result = await page.evaluate(() => globalThis.longhand.commands.listPosts({}));
  if (!result.ok) throw new Error(result.error.userMessage);
  return result.value.posts;
}

async function connectedAccountId(page: Page): Promise<string> {
  const result = await page.evaluate(() => globalThis.longhand.commands.listAccounts({}));
  const found = result.ok ? result.value.accounts.find(({ platform }) => platform === 'bluesky') : undefined;
  if (found === undefined) throw new Error('there is no account on Bluesky');
  return found.accountId;
}

/** What stands on the server, by its text. */
async function readTexts(): Promise<string[]> {
  return (await account.listPosts()).map(({ value }) => String(value['text'])).toSorted();
}
