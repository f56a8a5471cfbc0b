import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createAuditRepository } from '../../src-data/audit.ts';
import { createOutboxRepository } from '../../src-data/outbox.ts';
import { closeLogger, createLogger } from '../../src-node/logger.ts';
import { openDataFolder } from '../../src-node/data-folder.ts';
import { commandDefinition, commandNames, type CommandName } from '../../src-shared/contract/registry.ts';
import type { AppErrorDto, Result } from '../../src-shared/domain/errors.ts';
import {
  codeOf,
  connectAgent,
  finish,
  ingest,
  makeFolder,
  startTestApi,
  valueOf,
  writeRecording,
  type TestApi,
} from '../fixtures/api-harness.ts';

function errorOf(result: Result<unknown>): AppErrorDto {
  if (result.ok) throw new Error('it was not refused');
  return result.error;
}

async function connectAccount({ client }: TestApi, handle: string): Promise<string> {
  const input = { service: 'linkedin', handle } as const;
  return valueOf(await client.commands.connectManualAccount(input)).accountId;
}

function schedule({ client }: TestApi, accountIds: string[], dueAt: string, text = randomUUID()) {
  return client.commands.schedulePost({
    content: { parts: [{ text }] },
    targets: accountIds.map((accountId) => ({ accountId })),
    when: { kind: 'at', dueAt, zone: 'Europe/Berlin' },
  });
}

async function totalPosts({ client }: TestApi): Promise<{ reserved: number; spent: number }> {
  const { totals } = valueOf(await client.commands.readLedger({}));
  const { reserved = 0, spent = 0 } = totals.find(({ unit }) => unit === 'posts') ?? {};
  return { reserved, spent };
}

/** Far enough away that it never comes due in a test. */
const monday = '2090-01-02T10:00';
const tuesday = '2090-01-03T10:00';

describe('an API token', () => {
  it('is shown once, kept as a hash, and lets in for its scopes until it is revoked', async () => {
    const api = await startTestApi();
    const { commands } = api.client;
    const wish = { name: 'Backup script', scopes: ['library:read' as const] };
    const made = valueOf(await commands.createToken(wish, { idempotencyKey: 'k' }));
    expect(made.secret).toMatch(/^longhand_[\w-]{43}$/);
    const again = valueOf(await commands.createToken(wish, { idempotencyKey: 'k' }));
    expect(again).toEqual({ token: made.token, secret: null });
    const secret = made.secret ?? '';
    const { boundary } = api.api;
    const run = (command: CommandName, token = secret) =>
      boundary.execute({ kind: 'token', token }, 'http', command, {});
    expect(codeOf(await run('search-library'))).toBe('ok');
    expect(codeOf(await run('read-settings'))).toBe('input.not-allowed');
    expect(codeOf(await run('list-tokens'))).toBe('input.not-allowed');
    expect(codeOf(await run('search-library', `${secret}x`))).toBe('input.not-allowed');
    const [listed] = valueOf(await commands.listTokens({})).tokens;
    expect(listed).toMatchObject({ name: 'Backup script', ending: secret.slice(-4), revokedAt: null });
    expect(listed?.lastUsedAt).not.toBeNull();
    valueOf(await commands.revokeToken({ tokenId: made.token.tokenId }));
    expect(codeOf(await run('search-library'))).toBe('input.not-allowed');
    const known = boundary.authenticate({ kind: 'token', token: secret }, 'http');
    expect(codeOf(known)).toBe('input.not-allowed');
  });

  it('is never given the owner’s own scope', async () => {
    const { client } = await startTestApi();
    const scopes = ['owner'] as unknown as ['think'];
    expect(codeOf(await client.commands.createToken({ name: 'x', scopes }))).toBe('input.invalid');
  });
});

/** What each command that takes a secret is given, with the secret in its place. */
const withSecret: Partial<Record<CommandName, (secret: string, serviceUrl: string) => object>> = {
  'connect-bluesky-account': (appPassword, serviceUrl) => ({
    ...{ serviceUrl, identifier: 'mira.example', appPassword },
  }),
  'connect-mastodon-account': (accessToken, serviceUrl) => ({ serviceUrl, accessToken }),
  'complete-mastodon-oauth': (code) => ({ connectionId: randomUUID(), code }),
  'reconnect-account': (secret) => ({ accountId: randomUUID(), secret }),
  'protect-vault': (passphrase) => ({ kind: 'passphrase', passphrase }),
  'unlock-vault': (passphrase) => ({ passphrase }),
};

/** A platform that repeats in its refusal whatever it was told. */
async function startTellTale(): Promise<string> {
  const server = createServer((request, response) => {
    let body = JSON.stringify(request.headers);
    request.on('data', (data: Buffer) => (body += data.toString()));
    request.on('end', () => {
      response.writeHead(401, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ error: 'AuthenticationRequired', message: `No: ${body}` }));
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function readEverything(folder: string): string {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1'))
    .join('\n');
}

describe('a secret', () => {
  it('that any command was given stands nowhere in the data folder: not in audit, answers, outbox or log', async () => {
    const taking = commandNames.filter((name) => (commandDefinition(name).secretInputs ?? []).length > 0);
    expect(Object.keys(withSecret).sort()).toEqual([...taking].sort());
    const dataFolder = openDataFolder(join(makeFolder(), 'data'));
    const logger = createLogger({ processName: 'api', logsFolder: dataFolder.logsFolder, level: 'debug' });
    const api = await startTestApi({ dataFolder, logger });
    const serviceUrl = await startTellTale();
    const secrets: string[] = [];
    for (const name of taking) {
      const secret = `Sesame-${name}-${randomUUID()}`;
      secrets.push(secret);
      const input = withSecret[name]?.(secret, serviceUrl) as never;
      // Once as it is meant, once in a way that does not fit.
      await api.client.call(name, input, { idempotencyKey: name });
      await api.client.call(name, { ...(input as object), unknown: secret } as never);
      const asAgent = await connectAgent(api).call(name, input);
      expect([name, codeOf(asAgent)]).toEqual([name, 'input.not-allowed']);
    }
    const made = valueOf(
      await api.client.commands.createToken({ name: 'x', scopes: ['think'] }, { idempotencyKey: 't' }),
    );
    secrets.push(made.secret ?? '');
    const rows = createAuditRepository(api.database).listAfter(0, 1000);
    expect(rows.length).toBeGreaterThan(taking.length * 2);
    await closeLogger(logger);
    const everything = readEverything(dataFolder.root);
    // The search finds what is there.
    expect(everything).toContain('connect-bluesky-account');
    for (const secret of secrets) expect(everything.includes(secret), secret.slice(0, 30)).toBe(false);
  });
});

describe('a budget', () => {
  it('refuses what is over it, and says how much is left and when it renews', async () => {
    const api = await startTestApi();
    const { commands } = api.client;
    valueOf(await commands.updateSettings({ timeZone: 'Europe/Berlin' }));
    const [one, two] = [await connectAccount(api, '@one'), await connectAccount(api, '@two')];
    valueOf(await commands.setBudget({ unit: 'posts', period: 'day', limit: 2, accountId: one }));
    const first = valueOf(await schedule(api, [one, two], monday));
    valueOf(await schedule(api, [one], monday));
    const refused = errorOf(await schedule(api, [one, two], monday));
    expect(refused).toMatchObject({
      code: 'input.over-budget',
      retry: 'user',
      details: { left: 0, limit: 2, asked: 1, renewsAt: '2090-01-02T23:00:00.000Z' },
    });
    expect(refused.userMessage).toMatch(
      /needs 1 post, and of the budget of 2 posts per day nothing is left\. Nothing was changed\. It renews on Tuesday 3 January/,
    );
    valueOf(await schedule(api, [one], tuesday));
    expect(await totalPosts(api)).toEqual({ reserved: 4, spent: 0 });
    // An edit and another time count once; a cancellation gives back.
    valueOf(await commands.editPost({ postId: first.entityId, content: { parts: [{ text: 'Anew' }] } }));
    valueOf(
      await commands.reschedulePost({
        postId: first.entityId,
        when: { kind: 'at', dueAt: '2090-01-02T11:00', zone: 'Europe/Berlin' },
      }),
    );
    expect(await totalPosts(api)).toEqual({ reserved: 4, spent: 0 });
    valueOf(await commands.cancelPost({ postId: first.entityId }));
    expect(await totalPosts(api)).toEqual({ reserved: 2, spent: 0 });
    valueOf(await schedule(api, [one], monday));
    const [budget] = valueOf(await commands.listBudgets({})).budgets;
    expect(budget).toMatchObject({ limit: 2, spent: 0, reserved: 0 });
  });

  it('of five lets five of fifty through that come at once, and nothing of the others stays behind', async () => {
    const api = await startTestApi();
    const account = await connectAccount(api, '@one');
    valueOf(await api.client.commands.setBudget({ unit: 'posts', period: 'month', limit: 5 }));
    const answers = await Promise.all(Array.from({ length: 50 }, () => schedule(api, [account], monday)));
    const codes = answers.map(codeOf);
    expect(codes.filter((code) => code === 'ok')).toHaveLength(5);
    expect(codes.filter((code) => code === 'input.over-budget')).toHaveLength(45);
    expect(await totalPosts(api)).toEqual({ reserved: 5, spent: 0 });
    expect(valueOf(await api.client.commands.listPosts({})).posts).toHaveLength(5);
    expect(createOutboxRepository(api.database).count()).toBe(5);
  });

  it('holds for an agent with a standing approval as well', async () => {
    const api = await startTestApi();
    const { commands } = api.client;
    const account = await connectAccount(api, '@one');
    valueOf(await commands.setBudget({ unit: 'posts', period: 'day', limit: 1, principal: 'agents' }));
    valueOf(await commands.createGrant({ command: 'schedule-post', accountIds: [account] }));
    const asAgent = { ...api, client: connectAgent(api) };
    expect(valueOf(await schedule(asAgent, [account], monday)).workflowId).toMatch(/^schedule-post:/);
    expect(codeOf(await schedule(asAgent, [account], monday))).toBe('input.over-budget');
    expect(codeOf(await schedule(api, [account], monday))).toBe('ok');
    const other = await connectAccount(api, '@two');
    const asked = valueOf(await schedule(asAgent, [other], tuesday));
    expect(asked.workflowId).toMatch(/^approval:/);
  });

  it('is settled by the receipt', async () => {
    const api = await startTestApi();
    const { commands } = api.client;
    const account = await connectAccount(api, '@one');
    const { entityId: postId } = valueOf(await schedule(api, [account], monday));
    const { targets } = valueOf(await commands.readPost({ postId }));
    valueOf(await commands.markPosted({ postId, targetId: targets[0]?.targetId ?? '' }));
    expect(await totalPosts(api)).toEqual({ reserved: 0, spent: 1 });
    const { entries } = valueOf(await commands.readLedger({ entityId: postId }));
    expect(entries.map(({ operation }) => operation)).toEqual(['settle', 'reserve']);
  });
});

describe('an agent gone wild', () => {
  it('is told when to try again, once in the audit, and gets no new burst from a restart', async () => {
    // All within one instant: what it may do grows again with time.
    const at = new Date();
    const now = () => at;
    const first = await startTestApi({ now });
    const agent = connectAgent(first);
    const path = writeRecording(makeFolder(), 'talk.mp4');
    const answers = await Promise.all(
      Array.from({ length: 300 }, () => agent.commands.ingestMedia({ path })),
    );
    const refused = answers.filter((answer) => codeOf(answer) === 'input.rate-limited');
    expect(refused.length).toBeGreaterThan(20);
    const [example] = refused.map(errorOf);
    expect(example?.userMessage).toMatch(/Try again in (a second|\d+ seconds)/);
    expect(example?.details?.['retryAfterMs']).toBeLessThanOrEqual(1000);
    const inAudit = createAuditRepository(first.database)
      .listAfter(0, 1000)
      .filter(({ outcome }) => outcome === 'input.rate-limited');
    expect(inAudit.length).toBeLessThan(refused.length / 2);
    await first.api.stop();
    const second = await startTestApi({ dataFolder: first.dataFolder, now });
    const more = await Promise.all(
      Array.from({ length: 240 }, () => connectAgent(second).commands.ingestMedia({ path })),
    );
    expect(more.some((answer) => codeOf(answer) === 'input.rate-limited')).toBe(true);
    expect(codeOf(await second.client.commands.ingestMedia({ path }))).toBe('ok');
  });
});

describe('a key', () => {
  it('gives the first answer again after a restart, with the work engine down, and never another', async () => {
    const first = await startTestApi();
    const account = await connectAccount(first, '@one');
    const wish = (text: string) => ({
      content: { parts: [{ text }] },
      targets: [{ accountId: account }],
      when: { kind: 'at' as const, dueAt: monday, zone: 'Europe/Berlin' },
    });
    const options = { idempotencyKey: 'k' };
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => first.client.commands.schedulePost(wish('hello'), options)),
    );
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    const [answer] = answers.map(valueOf);
    expect(answer?.status).toBe('accepted');
    await first.api.stop();
    const second = await startTestApi({ dataFolder: first.dataFolder });
    const { commands } = second.client;
    expect(valueOf(await commands.schedulePost(wish('hello'), options))).toEqual(answer);
    expect(codeOf(await commands.schedulePost(wish('other'), options))).toBe('input.conflict');
    expect(valueOf(await commands.listPosts({})).posts).toHaveLength(1);
    expect(createOutboxRepository(second.database).count()).toBe(1);
    expect(await totalPosts(second)).toEqual({ reserved: 1, spent: 0 });
  });
});

describe('the minutes of the local model', () => {
  it('are set aside for a description, and refused where the budget is used up', async () => {
    const api = await startTestApi();
    const { commands } = api.client;
    const assetId = await ingest(api, writeRecording(makeFolder(), 'talk.mp4'));
    finish(api, assetId);
    valueOf(await commands.describeAsset({ assetId }));
    const [entry] = valueOf(await commands.readLedger({ entityId: assetId })).entries;
    expect(entry).toMatchObject({ unit: 'model-minutes', operation: 'reserve', reserved: 1 });
    valueOf(await commands.setBudget({ unit: 'model-minutes', period: 'day', limit: 0 }));
    expect(codeOf(await commands.describeAsset({ assetId }))).toBe('input.over-budget');
  });
});
