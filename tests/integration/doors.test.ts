import type { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { describe, expect, it } from 'vitest';
import { commandRoute, type CommandName } from '../../src-shared/contract/registry.ts';
import { valueOf, writeRecording } from '../fixtures/api-harness.ts';
import {
  ask,
  connectOverHttp,
  connectOverStdio,
  holdLock,
  openDoors,
  throughCommandLine,
  throughHttp,
  throughMcp,
  throughWindow,
  type Seen,
} from '../fixtures/doors.ts';
import { runCli } from '../fixtures/run-cli.ts';

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

/** Times of change differ from call to call. */
function settled(seen: Seen): unknown {
  return JSON.parse(JSON.stringify(seen), (key, value: unknown) =>
    key === 'updatedAt' ? null : value,
  ) as unknown;
}
