import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { Validator } from '@seriousme/openapi-schema-validator';
import { once } from 'node:events';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { request, type IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, expect, it, onTestFinished } from 'vitest';
import { acquireInstanceLock } from '../../src-node/instance-lock.ts';
import {
  commandDefinition,
  commandNames,
  commandRoute,
  type CommandName,
} from '../../src-shared/contract/registry.ts';
import { httpDoorStateSchema } from '../../src-shared/domain/http-door.ts';
import type { Scope } from '../../src-shared/domain/access.ts';
import { startTestApi, valueOf, writeRecording, type TestApi } from '../fixtures/api-harness.ts';
import { cliProgram, runCli } from '../fixtures/run-cli.ts';

type TokenScope = Exclude<Scope, 'owner'>;

/** What a caller sees of an answer, whichever door it came through. */
type Seen = { value: unknown } | { code: string; userMessage: string };

interface OpenDoors {
  api: TestApi;
  url: string;
  token: string;
}

async function openDoors(scopes: TokenScope[] = ['library:read', 'library:write']): Promise<OpenDoors> {
  const api = await startTestApi();
  const { commands } = api.client;
  valueOf(await commands.updateSettings({ isHttpDoorOpen: true }));
  const { secret } = valueOf(await commands.createToken({ name: 'A program', scopes }));
  const { url } = valueOf(await commands.readHttpDoor({}));
  if (url === null || secret === null) throw new Error('the door did not open');
  return { api, url, token: secret };
}

interface HttpAnswer {
  status: number;
  headers: IncomingMessage['headers'];
  body: string;
}

async function ask(
  url: string,
  options: { headers?: Record<string, string>; body?: string; method?: string } = {},
): Promise<HttpAnswer> {
  const { headers = {}, body, method = 'POST' } = options;
  const outgoing = request(url, { method, headers });
  // The api may answer and hang up before it has read a body that is too large.
  outgoing.on('error', () => undefined);
  outgoing.end(body);
  const [incoming] = (await once(outgoing, 'response')) as [IncomingMessage];
  return { status: incoming.statusCode ?? 0, headers: incoming.headers, body: await text(incoming) };
}

async function throughHttp({ url, token }: OpenDoors, name: CommandName, input: unknown): Promise<Seen> {
  const { status, body } = await ask(`${url}${commandRoute(name)}`, {
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(input),
  });
  const answer = JSON.parse(body) as { code: string; userMessage: string };
  return status < 300 ? { value: answer } : { code: answer.code, userMessage: answer.userMessage };
}

async function throughWindow({ api }: OpenDoors, name: CommandName, input: unknown): Promise<Seen> {
  const result = await api.client.call(name, input as never);
  return result.ok
    ? { value: result.value }
    : { code: result.error.code, userMessage: result.error.userMessage };
}

async function throughCommandLine({ api }: OpenDoors, name: CommandName, input: unknown): Promise<Seen> {
  const run = await runCli(['call', name, '--input', JSON.stringify(input)], { home: api.dataFolder.root });
  if (run.exitCode === 0) return { value: JSON.parse(run.stdout) };
  const [, said = '', code = ''] = /^longhand: (.*) \[([a-z.-]+)\]$/m.exec(run.stderr) ?? [];
  return { code, userMessage: said.slice(said.indexOf('. ') + 2) };
}

async function throughMcp(client: Client, name: CommandName, input: unknown): Promise<Seen> {
  const result = await client.callTool({ name, arguments: input as Record<string, unknown> });
  if (result.isError !== true) return { value: result.structuredContent };
  const [content] = result.content as { text: string }[];
  const { code, userMessage } = JSON.parse(content?.text ?? '{}') as { code: string; userMessage: string };
  return { code, userMessage };
}

async function connectOverHttp({ url, token }: OpenDoors): Promise<Client> {
  const transport = new StreamableHTTPClientTransport(new URL(`${url}/mcp`), {
    requestInit: { headers: { authorization: `Bearer ${token}` } },
  });
  return connectClient(transport);
}

async function connectOverStdio({ api }: OpenDoors, token?: string): Promise<Client> {
  return connectClient(
    new StdioClientTransport({
      command: process.execPath,
      args: [cliProgram, 'mcp'],
      env: { LONGHAND_HOME: api.dataFolder.root, ...(token === undefined ? {} : { LONGHAND_TOKEN: token }) },
    }),
  );
}

async function connectClient(
  transport: StdioClientTransport | StreamableHTTPClientTransport,
): Promise<Client> {
  const client = new Client({ name: 'test', version: '1' });
  await client.connect(transport);
  onTestFinished(() => client.close());
  return client;
}

/** The api runs in this process: the command line must find the data folder taken, and attach. */
async function holdLock({ api }: OpenDoors): Promise<void> {
  const taken = await acquireInstanceLock({ dataFolder: api.dataFolder, kind: 'headless', version: '1.2.3' });
  if (taken.outcome === 'held') throw new Error('someone else holds the data folder');
  onTestFinished(() => taken.lock.release());
}

describe('the same case through every door', () => {
  it('gives the same answer, or the same refusal', async () => {
    const doors = await openDoors();
    await holdLock(doors);
    const recording = writeRecording(doors.api.dataFolder.root, 'talk.wav');
    const { entityId: assetId } = valueOf(await doors.api.client.commands.ingestMedia({ path: recording }));
    const overHttp = await connectOverHttp(doors);
    const overStdio = await connectOverStdio(doors, doors.token);
    const cases: [CommandName, unknown][] = [
      ['search-library', { text: 'talk', limit: 5 }],
      ['summarise-library', {}],
      ['read-metadata', { assetId }],
      ['read-metadata', { assetId: '00000000-0000-4000-8000-000000000000' }],
      ['read-metadata', { assetId: 'not an id' }],
      ['search-library', { limit: 0 }],
      ['search-library', { nonsense: true }],
      ['update-asset', { assetId, title: 'A better title' }],
      ['review-asset', { assetId, decision: 'approve' }],
      ['export-transcript', { assetId, format: 'srt' }],
    ];
    for (const [name, input] of cases) {
      const expected = settled(await throughWindow(doors, name, input));
      const label = `${name} ${JSON.stringify(input)}`;
      expect(settled(await throughHttp(doors, name, input)), `HTTP: ${label}`).toEqual(expected);
      expect(settled(await throughMcp(overHttp, name, input)), `MCP over HTTP: ${label}`).toEqual(expected);
      expect(settled(await throughMcp(overStdio, name, input)), `MCP over stdio: ${label}`).toEqual(expected);
      expect(settled(await throughCommandLine(doors, name, input)), `command line: ${label}`).toEqual(
        expected,
      );
    }
  });

  it('does once what is asked for twice with one key, also through another door', async () => {
    const doors = await openDoors();
    const path = writeRecording(doors.api.dataFolder.root, 'once.wav');
    valueOf(await doors.api.client.commands.createGrant({ command: 'ingest-media' }));
    const overHttp = await connectOverHttp(doors);
    const first = await ask(`${doors.url}/library/ingest-media`, {
      headers: { authorization: `Bearer ${doors.token}`, 'idempotency-key': 'k1' },
      body: JSON.stringify({ path }),
    });
    expect(first.status).toBe(202);
    const second = await throughMcp(overHttp, 'ingest-media', { path, idempotencyKey: 'k1' });
    expect(second).toEqual({ value: JSON.parse(first.body) as unknown });
    const other = await ask(`${doors.url}/library/ingest-media`, {
      headers: { authorization: `Bearer ${doors.token}`, 'idempotency-key': 'k1' },
      body: JSON.stringify({ path: `${path}.other` }),
    });
    expect([other.status, JSON.parse(other.body)]).toMatchObject([409, { code: 'input.conflict' }]);
  });

  it('makes one post of fifty identical calls at once, whichever door they take', async () => {
    const doors = await openDoors(['posts:read', 'posts:write', 'accounts:read']);
    await holdLock(doors);
    const { commands } = doors.api.client;
    const { accountId } = valueOf(await commands.connectManualAccount({ service: 'linkedin', handle: '@a' }));
    valueOf(await commands.createGrant({ command: 'schedule-post' }));
    const wish = (text: string) => ({
      content: { parts: [{ text }] },
      targets: [{ accountId }],
      when: { kind: 'at', dueAt: '2090-01-02T10:00', zone: 'Europe/Berlin' },
    });
    const overHttp = await connectOverHttp(doors);
    const overStdio = await connectOverStdio(doors, doors.token);
    const url = `${doors.url}${commandRoute('schedule-post')}`;
    const headers = { authorization: `Bearer ${doors.token}`, 'content-type': 'application/json' };
    const overMcp = async (client: Client, text: string) =>
      throughMcp(client, 'schedule-post', { ...wish(text), idempotencyKey: text });
    const ways: Record<string, (text: string) => Promise<unknown>> = {
      window: (text) => commands.schedulePost(wish(text) as never, { idempotencyKey: text }),
      http: (text) =>
        ask(url, { headers: { ...headers, 'idempotency-key': text }, body: JSON.stringify(wish(text)) }).then(
          ({ body }) => JSON.parse(body) as unknown,
        ),
      'mcp over http': (text) => overMcp(overHttp, text),
      'mcp over stdio': (text) => overMcp(overStdio, text),
    };
    for (const [way, call] of Object.entries(ways)) {
      const answers = await Promise.all(Array.from({ length: 50 }, () => call(way)));
      expect(new Set(answers.map((answer) => JSON.stringify(answer))).size, way).toBe(1);
    }
    // Each is a program of its own: as many at once as a small computer bears.
    const wished = [
      'call',
      'schedule-post',
      '--input',
      JSON.stringify(wish('cli')),
      '--idempotency-key',
      'cli',
    ];
    const runs = await Promise.all(
      Array.from({ length: 5 }, () => runCli(wished, { home: doors.api.dataFolder.root })),
    );
    expect(new Set(runs.map(({ stdout, exitCode }) => `${exitCode} ${stdout}`)).size).toBe(1);

    const { posts } = valueOf(await commands.listPosts({}));
    expect(posts.map(({ heading }) => heading).sort()).toEqual([...Object.keys(ways), 'cli'].sort());
    const { totals } = valueOf(await commands.readLedger({}));
    expect(totals.find(({ unit }) => unit === 'posts')).toMatchObject({ reserved: 5, spent: 0 });
  });

  it('keeps a commitment of an agent waiting for the creator, whichever door it takes', async () => {
    const doors = await openDoors();
    await holdLock(doors);
    const path = writeRecording(doors.api.dataFolder.root, 'wish.wav');
    const answers = [
      await throughHttp(doors, 'ingest-media', { path }),
      await throughMcp(await connectOverHttp(doors), 'ingest-media', { path }),
      await throughMcp(await connectOverStdio(doors), 'ingest-media', { path }),
    ];
    for (const answer of answers) {
      expect(answer).toMatchObject({
        value: { status: 'accepted', workflowId: expect.stringMatching(/^approval:/) as string },
      });
    }
    const { totalCount } = valueOf(await doors.api.client.commands.searchLibrary({}));
    expect(totalCount).toBe(0);
    const { approvals } = valueOf(await doors.api.client.commands.listApprovals({}));
    // The same wish of the same caller waits once.
    expect(approvals.map(({ command, principal }) => [command, principal.split(':')[0]])).toEqual([
      ['ingest-media', 'mcp'],
      ['ingest-media', 'token'],
    ]);
  });

  it('records in the audit which door it came through', async () => {
    const doors = await openDoors();
    const path = writeRecording(doors.api.dataFolder.root, 'a.wav');
    valueOf(await doors.api.client.commands.createGrant({ command: 'ingest-media' }));
    await throughHttp(doors, 'ingest-media', { path });
    await throughMcp(await connectOverHttp(doors), 'ingest-media', { path });
    await throughWindow(doors, 'ingest-media', { path });
    const { rows } = valueOf(await doors.api.client.commands.searchAudit({ command: 'ingest-media' }));
    expect(new Set(rows.map(({ door }) => door))).toEqual(new Set(['http', 'mcp', 'local']));
  });
});

describe('the HTTP door', () => {
  it('is closed until it is opened, and closed again at a word', async () => {
    const api = await startTestApi();
    expect(valueOf(await api.client.commands.readHttpDoor({}))).toMatchObject({ isOpen: false, url: null });
    valueOf(await api.client.commands.updateSettings({ isHttpDoorOpen: true }));
    const { url, addressFile } = valueOf(await api.client.commands.readHttpDoor({}));
    expect(statSync(addressFile).mode & 0o777).toBe(0o600);
    expect(JSON.parse(readFileSync(addressFile, 'utf8'))).toMatchObject({ url });
    expect((await ask(`${url ?? ''}/health`, { method: 'GET' })).status).toBe(200);

    valueOf(await api.client.commands.updateSettings({ isHttpDoorOpen: false }));
    expect(existsSync(addressFile)).toBe(false);
    await expect(once(request(`${url ?? ''}/health`).end(), 'response')).rejects.toThrow('ECONNREFUSED');
  });

  it('opens again by itself after a restart, at another address', async () => {
    const first = await startTestApi();
    valueOf(await first.client.commands.updateSettings({ isHttpDoorOpen: true }));
    await first.api.stop();
    const second = await startTestApi({ dataFolder: first.dataFolder });
    const state = httpDoorStateSchema.parse(valueOf(await second.client.commands.readHttpDoor({})));
    expect(state.isOpen).toBe(true);
    expect((await ask(`${state.url ?? ''}/health`, { method: 'GET' })).status).toBe(200);
  });

  it('answers no web page and under no other name than its own', async () => {
    const { url, token } = await openDoors();
    const authorization = `Bearer ${token}`;
    const route = `${url}/library/summarise-library`;
    const { port } = new URL(url);
    const tryWith = async (headers: Record<string, string>) =>
      (await ask(route, { headers: { authorization, ...headers } })).status;
    expect(await tryWith({})).toBe(200);
    expect(await tryWith({ origin: `http://127.0.0.1:${port}` })).toBe(200);
    expect(await tryWith({ origin: 'https://example.org' })).toBe(403);
    expect(await tryWith({ origin: 'null' })).toBe(403);
    expect(await tryWith({ origin: `http://localhost.example.org:${port}` })).toBe(403);
    expect(await tryWith({ host: `rebound.example.org:${port}` })).toBe(403);
    expect(await tryWith({ host: '127.0.0.1' })).toBe(403);
    expect(
      (await ask(`${url}/openapi.json`, { method: 'GET', headers: { origin: 'https://example.org' } }))
        .status,
    ).toBe(403);
    expect(
      (await ask(`${url}/mcp`, { headers: { authorization, origin: 'https://example.org' } })).status,
    ).toBe(403);
  });

  it('lets nobody in without a token that counts, nor beyond its scopes', async () => {
    const { api, url, token } = await openDoors(['library:read']);
    const route = `${url}/library/summarise-library`;
    const tryWith = async (headers: Record<string, string>, path = route) =>
      (await ask(path, { headers })).status;
    expect(await tryWith({})).toBe(403);
    expect(await tryWith({ 'x-longhand-client': 'window' })).toBe(403);
    expect(await tryWith({ authorization: 'Bearer ' })).toBe(403);
    expect(await tryWith({ authorization: `Bearer ${token}x` })).toBe(403);
    expect(await tryWith({ authorization: `Basic ${token}` })).toBe(403);
    const authorization = `Bearer ${token}`;
    expect(await tryWith({ authorization })).toBe(200);
    expect(await tryWith({ authorization }, `${url}/library/ingest-media`)).toBe(403);
    expect(await tryWith({ authorization }, `${url}/access/list-tokens`)).toBe(403);
    expect(await tryWith({ authorization }, `${url}/events`)).toBe(404);

    const { tokens } = valueOf(await api.client.commands.listTokens({}));
    valueOf(await api.client.commands.revokeToken({ tokenId: tokens[0]?.tokenId ?? '' }));
    expect(await tryWith({ authorization })).toBe(403);
  });

  it('refuses a body that is too large or no JSON, and changes nothing', async () => {
    const { url, token } = await openDoors();
    const authorization = `Bearer ${token}`;
    const route = `${url}/library/search-library`;
    const large = await ask(route, {
      headers: { authorization },
      body: `{"text":"${'x'.repeat(1_100_000)}"}`,
    });
    expect([large.status, large.body]).toEqual([400, expect.stringContaining('too large') as string]);
    expect((await ask(route, { headers: { authorization }, body: '{' })).status).toBe(400);
  });

  it('has a valid OpenAPI document with a route for every command', async () => {
    const { url } = await openDoors();
    const { body } = await ask(`${url}/openapi.json`, { method: 'GET' });
    const document = JSON.parse(body) as { paths: Record<string, unknown> };
    const { valid, errors } = await new Validator().validate(document);
    expect(errors).toBeUndefined();
    expect(valid).toBe(true);
    expect(Object.keys(document.paths)).toEqual(commandNames.map((name) => commandRoute(name)));
  });
});

describe('the tools of the Model Context Protocol', () => {
  it('are the commands that the token allows, each with its mode, and none of the owner', async () => {
    const doors = await openDoors(['library:read']);
    const { tools } = await (await connectOverHttp(doors)).listTools();
    const allowed = commandNames.filter((name) => commandDefinition(name).scope === 'library:read');
    expect(tools.map(({ name }) => name)).toEqual(allowed);
    expect(tools.every(({ annotations }) => annotations?.readOnlyHint === true)).toBe(true);
    expect(tools[0]?._meta).toEqual({ 'longhand/mode': 'think' });
  });

  it('say what is wrong with a call, and go on', async () => {
    const doors = await openDoors();
    const client = await connectOverHttp(doors);
    expect(await throughMcp(client, 'no-such-tool' as CommandName, {})).toMatchObject({
      code: 'input.not-found',
    });
    expect(await throughMcp(client, 'create-token', { name: 'x', scopes: ['think'] })).toMatchObject({
      code: 'input.not-allowed',
    });
    expect(await throughMcp(client, 'summarise-library', {})).toMatchObject({ value: { totalCount: 0 } });
  });

  it('work on over standard input after the api was started again', async () => {
    const doors = await openDoors();
    await holdLock(doors);
    const client = await connectOverStdio(doors);
    expect(await throughMcp(client, 'summarise-library', {})).toMatchObject({ value: { totalCount: 0 } });
    await doors.api.api.stop();
    await expect(throughMcp(client, 'summarise-library', {})).rejects.toThrow(/starting/);
    await startTestApi({ dataFolder: doors.api.dataFolder });
    expect(await throughMcp(client, 'summarise-library', {})).toMatchObject({ value: { totalCount: 0 } });
  });

  it('start the services by themselves where none run', async () => {
    const folder = (await startTestApi()).dataFolder.root;
    const home = join(folder, 'another-home');
    const client = await connectClient(
      new StdioClientTransport({
        command: process.execPath,
        args: [cliProgram, 'mcp'],
        env: { ...stringsOnly(process.env), LONGHAND_HOME: home, LONGHAND_OLLAMA: 'none' },
      }),
    );
    expect(await throughMcp(client, 'summarise-library', {})).toMatchObject({ value: { totalCount: 0 } });
  });
});

/** Times of change differ from call to call. */
function settled(seen: Seen): unknown {
  return JSON.parse(JSON.stringify(seen), (key, value: unknown) =>
    key === 'updatedAt' ? null : value,
  ) as unknown;
}

function stringsOnly(environment: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(
    Object.entries(environment).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}
