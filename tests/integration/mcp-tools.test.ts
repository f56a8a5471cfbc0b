import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { commandDefinition, commandNames, type CommandName } from '../../src-shared/contract/registry.ts';
import { startTestApi } from '../fixtures/api-harness.ts';
import {
  connectClient,
  connectOverHttp,
  connectOverStdio,
  holdLock,
  openDoors,
  throughMcp,
} from '../fixtures/doors.ts';
import { cliProgram } from '../fixtures/run-cli.ts';

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

function stringsOnly(environment: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(
    Object.entries(environment).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}
