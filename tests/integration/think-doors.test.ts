import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { expect, it, onTestFinished } from 'vitest';
import { acquireInstanceLock } from '../../src-node/instance-lock.ts';
import { commandDefinition, type CommandName } from '../../src-shared/contract/registry.ts';
import { valueOf } from '../fixtures/api-harness.ts';
import { addRecording } from '../fixtures/chat-harness.ts';
import { runCli } from '../fixtures/run-cli.ts';
import { openStudio, type TestStudio } from '../fixtures/studio.ts';
import { fillSchema } from '../end-to-end/fill-schema.ts';

async function connect(studio: TestStudio): Promise<Client> {
  const { commands } = studio.client;
  valueOf(await commands.updateSettings({ isHttpDoorOpen: true }));
  const { secret } = valueOf(
    await commands.createToken({
      name: 'An agent',
      scopes: ['think', 'library:read', 'posts:read', 'accounts:read'],
    }),
  );
  const { url } = valueOf(await commands.readHttpDoor({}));
  const client = new Client({ name: 'think-doors', version: '1' });
  const transport = new StreamableHTTPClientTransport(new URL(`${url ?? ''}/mcp`), {
    requestInit: { headers: { authorization: `Bearer ${secret ?? ''}` } },
  });
  await client.connect(transport);
  onTestFinished(() => client.close());
  return client;
}

it('every think command gives the same through the window, the command line and the Model Context Protocol', async () => {
  const studio = await openStudio();
  studio.runtime.answerWith((reply, body) => {
    reply.say(JSON.stringify(fillSchema(body.format ?? {})));
    reply.end();
  });
  const assetId = addRecording(studio, 'Tower', ['There was a needle in the tower.']);
  const client = await connect(studio);
  // The api runs in this process: the command line must find the data folder taken, and attach.
  const taken = await acquireInstanceLock({
    dataFolder: studio.dataFolder,
    kind: 'headless',
    version: '1.2.3',
  });
  if (taken.outcome === 'held') throw new Error('someone else holds the data folder');
  onTestFinished(() => taken.lock.release());
  const { tools } = await client.listTools();
  const questions: [CommandName, Record<string, unknown>][] = [
    ['generate-ideas', { productContext: 'A bakery', count: 2 }],
    ['draft-caption', { about: 'Rye', platforms: ['bluesky'], alternatives: 2 }],
    ['preview-plan', { about: 'Winter', postCount: 2, zone: 'Europe/Berlin', startsOn: '2099-01-05' }],
    ['search-library', { text: 'needle' }],
    ['read-metadata', { assetId }],
    ['look-up', { subject: 'accounts' }],
    ['summarise-analytics', { from: '2026-01-01T00:00:00Z', to: '2026-01-02T00:00:00Z' }],
    ['explain-what-happened', { entityId: studio.draftId }],
  ];
  for (const [name, input] of questions) {
    const inWindow = await studio.client.call(name, input);
    if (!inWindow.ok) throw new Error(`${name}: ${inWindow.error.userMessage}`);
    expect(commandDefinition(name).output.safeParse(inWindow.value).success, name).toBe(true);

    const run = await runCli(['call', name, '--input', JSON.stringify(input)], {
      home: studio.dataFolder.root,
    });
    expect(JSON.parse(run.stdout), `${name} on the command line: ${run.stderr}`).toEqual(inWindow.value);

    expect(
      tools.map((tool) => tool.name),
      name,
    ).toContain(name);
    const called = await client.callTool({ name, arguments: input });
    expect(called.structuredContent, `${name} through the protocol`).toEqual(inWindow.value);
  }
});
