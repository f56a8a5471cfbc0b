import { once } from 'node:events';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer as createHttpServer, request, type IncomingMessage } from 'node:http';
import { createServer } from 'node:net';
import { text } from 'node:stream/consumers';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createLocalApiClient } from '../../src-node/local-api-client.ts';
import { createNoticeRepository } from '../../src-data/notices.ts';
import type { AppEvent } from '../../src-shared/contract/events.ts';
import { commandDefinition, commandNames } from '../../src-shared/contract/registry.ts';
import { makeFolder, startTestApi, testToken, type TestApi } from '../fixtures/api-harness.ts';

interface RawAnswer {
  status: number;
  body: string;
}

async function post(
  { dataFolder }: TestApi,
  path: string,
  body: string,
  headers: Record<string, string> = {},
): Promise<RawAnswer> {
  const outgoing = request({ socketPath: dataFolder.apiSocket, method: 'POST', path, headers });
  // The api may answer and hang up before it has read a body that is too large.
  outgoing.on('error', () => undefined);
  outgoing.end(body);
  const [incoming] = (await once(outgoing, 'response')) as [IncomingMessage];
  return { status: incoming.statusCode ?? 0, body: await text(incoming) };
}

const notice = {
  kind: 'model-ready',
  title: 'x',
  body: 'y',
  target: { screen: 'activity' },
} as const;

describe('the local door', () => {
  it('is open to its owner only', async () => {
    const { dataFolder } = await startTestApi();
    expect(statSync(dataFolder.apiSocket).mode & 0o777).toBe(0o600);
  });

  it('replaces a socket that a crash has left, and leaves one alone that answers', async () => {
    const { dataFolder } = await startTestApi();
    await expect(startTestApi({ dataFolder })).rejects.toMatchObject({ code: 'storage.in-use' });

    const folder = makeFolder();
    const left = createServer().listen(`${folder}/api.sock`);
    await once(left, 'listening');
    left.close();
    writeFileSync(`${folder}/api.sock`, '');
    const { openLocalDoor } = await import('../../src-node/local-door.ts');
    const server = createServer();
    onTestFinished(() => void server.close());
    await openLocalDoor(server, `${folder}/api.sock`);
    expect(server.listening).toBe(true);
  });

  it('answers every command of the contract, and none that is not in it', async () => {
    const api = await startTestApi();
    for (const name of commandNames) {
      const { area } = commandDefinition(name);
      const { status, body } = await post(api, `/${area}/${name}`, '{"surely":"wrong"}');
      expect([status, name]).toEqual([400, name]);
      expect(JSON.parse(body)).toMatchObject({ code: 'input.invalid' });
    }
    expect((await post(api, '/library/no-such-command', '{}')).status).toBe(404);
  });

  it('answers in the fitting HTTP status, always in JSON', async () => {
    const api = await startTestApi();
    const missing = await post(
      api,
      '/library/read-metadata',
      '{"assetId":"00000000-0000-4000-8000-000000000000"}',
    );
    expect(missing.status).toBe(404);
    expect(JSON.parse(missing.body)).toMatchObject({ code: 'input.not-found' });
    expect((await post(api, '/system/read-status', 'not json')).status).toBe(400);
    expect((await post(api, '/system/read-status', '{"unknown":1}')).status).toBe(400);
    expect((await post(api, '/system/read-status', '')).status).toBe(200);
    const large = await post(api, '/system/read-status', `{"input":"${'x'.repeat(17 * 1024 * 1024)}"}`);
    expect(large.status).toBe(400);
    expect(large.body).toContain('too large');
  });

  it('lets the worker in with its token, to the library only', async () => {
    const api = await startTestApi();
    const asWorker = (token: string) => ({ authorization: `Bearer ${token}` });
    const summary = await post(api, '/library/summarise-library', '{}', asWorker(testToken));
    expect(summary.status).toBe(200);
    const settings = await post(api, '/system/update-settings', '{}', asWorker(testToken));
    expect(settings.status).toBe(403);
    const stranger = await post(api, '/library/summarise-library', '{}', asWorker('guessed'));
    expect(stranger.status).toBe(403);
  });
});

describe('the local client', () => {
  it('says that the api is not there instead of throwing, and works again once it is', async () => {
    const first = await startTestApi();
    expect((await first.client.commands.summariseLibrary({})).ok).toBe(true);
    await first.api.stop();
    expect(await first.client.commands.summariseLibrary({})).toMatchObject({
      ok: false,
      error: { code: 'dependency.api-unavailable', retry: 'auto' },
    });
    expect(await first.client.isAnswering()).toBe(false);

    await startTestApi({ dataFolder: first.dataFolder });
    expect((await first.client.commands.summariseLibrary({})).ok).toBe(true);
    expect(await first.client.isAnswering()).toBe(true);
  });

  it('asks once more where a connection that was kept open has just ended, if that does no harm', async () => {
    const socketPath = `${makeFolder()}/api.sock`;
    const asked: string[] = [];
    const seen = new WeakSet<object>();
    const server = createHttpServer((incoming, outgoing) => {
      asked.push(incoming.url ?? '');
      if (seen.has(incoming.socket)) incoming.socket.destroy();
      else outgoing.end('{"ok":true,"value":"answer"}');
      seen.add(incoming.socket);
    }).listen(socketPath);
    await once(server, 'listening');
    onTestFinished(() => void server.close());
    const client = createLocalApiClient({ socketPath, door: 'window' });
    onTestFinished(() => client.close());

    const look = async () => (await client.commands.readSettings({})).ok;
    expect([await look(), await look()]).toEqual([true, true]);
    expect(asked).toHaveLength(3);
    const change = await client.commands.updateSettings({});
    expect([change.ok, asked.length]).toEqual([false, 4]);
    expect([await look()]).toEqual([true]);
    const keyed = await client.commands.updateSettings({}, { idempotencyKey: 'key' });
    expect([keyed.ok, asked.length]).toEqual([true, 7]);
  });

  it('hears what another process has changed, and hears again after the api was gone', async () => {
    const first = await startTestApi();
    const client = createLocalApiClient({ socketPath: first.dataFolder.apiSocket, door: 'window' });
    onTestFinished(() => client.close());
    const heard: AppEvent[] = [];
    let wake = (): void => undefined;
    client.onEvent((event) => {
      heard.push(event);
      wake();
    });
    const until = async (isWanted: (event: AppEvent) => boolean) => {
      while (!heard.some(isWanted)) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    };
    // Perhaps together with something else that changed at the time; not in the list of everything, after a gap.
    const isChanged = (topic: 'notices') => (event: AppEvent) =>
      event.type === 'changed' && event.topics.includes(topic) && event.topics.length <= 5;

    await until((event) => event.type === 'processes');
    createNoticeRepository(first.database).add(notice);
    await until(isChanged('notices'));

    heard.length = 0;
    await first.api.stop();
    const second = await startTestApi({ dataFolder: first.dataFolder });
    // Everything counts as changed, since events were missed.
    await until((event) => event.type === 'changed' && event.topics.length > 5);
    heard.length = 0;
    createNoticeRepository(second.database).add(notice);
    await until(isChanged('notices'));
  });
});

describe('the version', () => {
  it('is the one of package.json in the status', async () => {
    const { client } = await startTestApi();
    const status = await client.commands.readStatus({});
    expect(status).toMatchObject({ ok: true, value: { version: '1.2.3' } });
    const { appVersion } = await import('../../src-node/app-version.ts');
    const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
    expect(appVersion).toBe(version);
  });
});
