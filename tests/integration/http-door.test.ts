import { Validator } from '@seriousme/openapi-schema-validator';
import { once } from 'node:events';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { request } from 'node:http';
import { describe, expect, it } from 'vitest';
import { commandNames, commandRoute, describeCommands } from '../../src-shared/contract/registry.ts';
import { httpDoorStateSchema } from '../../src-shared/domain/http-door.ts';
import { startTestApi, valueOf } from '../fixtures/api-harness.ts';
import { ask, openDoors } from '../fixtures/doors.ts';

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

  it('has an address of its own for each library, which no other program can know beforehand', async () => {
    const [one, other] = [await openDoors(), await openDoors()];
    expect(one.url).not.toBe(other.url);
    for (const { url } of [one, other]) {
      expect((await ask(`${url}/health`, { method: 'GET' })).status).toBe(200);
    }
  });

  it('opens again by itself after a restart', async () => {
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
    const document = JSON.parse(body) as OpenApi;
    const { valid, errors } = await new Validator().validate(JSON.parse(body) as Record<string, unknown>);
    expect(errors).toBeUndefined();
    expect(valid).toBe(true);
    expect(Object.keys(document.paths)).toEqual(commandNames.map((name) => commandRoute(name)));
    for (const { name, mode, route, inputSchema, outputSchema } of describeCommands()) {
      const { requestBody, responses } = document.paths[route]?.post ?? {};
      const answer = responses?.[mode === 'think' ? '200' : '202'];
      const [asked, answered] = [requestBody, answer].map((body) => body?.content['application/json'].schema);
      expect(asked, name).toEqual(bodyOf(inputSchema));
      expect(answered, name).toEqual(bodyOf(outputSchema));
    }
  });

  it('takes a post at /content/schedule-post from whoever shows a token, and says how it stands', async () => {
    const { api, url, token } = await openDoors(['posts:write']);
    const { commands } = api.client;
    const { accountId } = valueOf(await commands.connectManualAccount({ service: 'x', handle: '@ana' }));
    valueOf(await commands.createGrant({ command: 'schedule-post' }));
    const { status, body } = await ask(`${url}/content/schedule-post`, {
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({
        content: { parts: [{ text: 'Hello' }] },
        targets: [{ accountId }],
        when: { kind: 'at', dueAt: '2090-01-04T10:00', zone: 'Europe/Berlin' },
      }),
    });
    expect(status).toBe(202);
    const [post] = valueOf(await commands.listPosts({})).posts;
    expect(JSON.parse(body)).toEqual({
      status: 'accepted',
      entityId: post?.postId,
      workflowId: `schedule-post:${post?.postId ?? ''}`,
      message: expect.stringMatching(
        /^Scheduled for Wednesday 4 January 2090 10:00 \(Europe\/Berlin\)\./u,
      ) as unknown,
    });
  });
});

interface OpenApi {
  paths: Record<string, { post: { requestBody: OpenApiBody; responses: Record<string, OpenApiBody> } }>;
}

interface OpenApiBody {
  content: { 'application/json': { schema: unknown } };
}

/** As it arrives: the document names the dialect of its schemas once. */
function bodyOf(schema: unknown): unknown {
  return JSON.parse(JSON.stringify({ ...(schema as object), $schema: undefined }));
}
