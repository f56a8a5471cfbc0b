import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SupervisorMessage } from './supervisor-protocol.ts';

let folder: string;
let child: ChildProcess | undefined;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'longhand-lifecycle-'));
});

afterEach(() => {
  child?.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

const moduleUrl = (name: string): string => pathToFileURL(join(import.meta.dirname, name)).href;

/** Starts a real child that runs `body` once it is connected; resolves when it has reported ready. */
async function startChild(body: string, onShutdown: string): Promise<ChildProcess> {
  const script = join(folder, 'child.mjs');
  writeFileSync(
    script,
    `import { writeFileSync } from 'node:fs';
import { connectToSupervisor } from '${moduleUrl('child-lifecycle.ts')}';
import { createLogger } from '${moduleUrl('logger.ts')}';
const logger = createLogger({ processName: 'child', logsFolder: ${JSON.stringify(folder)} });
const supervisor = connectToSupervisor({ logger, onShutdown: async (reason) => { ${onShutdown} } });
const keepRunning = setInterval(() => {}, 1000);
${body}
supervisor.reportReady({ version: '1.2.3' });`,
  );
  const started = fork(script, { stdio: 'pipe' });
  child = started;
  const [message] = (await once(started, 'message')) as [unknown];
  expect(message).toEqual({ type: 'ready', details: { version: '1.2.3' } });
  return started;
}

const send = (to: ChildProcess, message: SupervisorMessage): boolean => to.send(message);

describe('connectToSupervisor', () => {
  it('settles its work and ends when it is asked', async () => {
    const started = await startChild('', `writeFileSync('${folder}/settled', reason)`);
    send(started, { type: 'shutdown', graceMs: 5000 });
    expect(await once(started, 'exit')).toEqual([0, null]);
    expect(readFileSync(join(folder, 'settled'), 'utf8')).toBe('asked');
  });

  it('ends in good order when its supervisor is gone', async () => {
    const started = await startChild('', `writeFileSync('${folder}/settled', reason)`);
    started.disconnect();
    expect(await once(started, 'exit')).toEqual([0, null]);
    expect(readFileSync(join(folder, 'settled'), 'utf8')).toBe('parent-gone');
  });

  it('ends in good order on SIGTERM and leaves SIGINT to the supervisor', async () => {
    const started = await startChild('', `writeFileSync('${folder}/settled', reason)`);
    started.kill('SIGINT');
    send(started, { type: 'ping', sequence: 7 });
    expect(await once(started, 'message')).toEqual([{ type: 'pong', sequence: 7 }, undefined]);
    started.kill('SIGTERM');
    expect(await once(started, 'exit')).toEqual([0, null]);
    expect(readFileSync(join(folder, 'settled'), 'utf8')).toBe('signal');
  });

  it('ends by force where settling takes longer than the grace', async () => {
    const started = await startChild('', 'await new Promise(() => {})');
    send(started, { type: 'shutdown', graceMs: 50 });
    expect(await once(started, 'exit')).toEqual([1, null]);
  });

  it('lets its supervisor know why it cannot go on', async () => {
    const started = await startChild(
      `supervisor.onMessage(() => supervisor.reportFailure(new Error('of all things')));`,
      '',
    );
    const exited = once(started, 'exit');
    send(started, { type: 'resumed' });
    const [message] = (await once(started, 'message')) as [unknown];
    expect(message).toMatchObject({ type: 'failed', error: { code: 'bug', retry: 'user' } });
    expect(await exited).toEqual([1, null]);
  });

  it('keeps messages for a listener that comes later, and drops what does not fit', async () => {
    const started = await startChild(
      `process.on('message', (raw) => {
        if (raw.type === 'resumed') supervisor.onMessage((message) => supervisor.reportStatus(message.type));
      });`,
      '',
    );
    started.send({ type: 'nonsense' });
    send(started, { type: 'temporal-address', address: '127.0.0.1:1' });
    send(started, { type: 'resumed' });
    expect(await once(started, 'message')).toEqual([
      { type: 'status', message: 'temporal-address' },
      undefined,
    ]);
    expect(await once(started, 'message')).toEqual([{ type: 'status', message: 'resumed' }, undefined]);
  });
});
