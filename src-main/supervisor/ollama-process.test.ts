import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ProcessStatus } from '../../src-shared/domain/process-status.ts';
import { openDataFolder, type DataFolder } from '../../src-node/data-folder.ts';
import { createSilentLogger } from '../../src-node/logger.ts';
import { OllamaService } from './ollama-process.ts';

let dataFolder: DataFolder;
let service: OllamaService | undefined;
let ofThePerson: Server | undefined;

beforeEach(() => {
  dataFolder = openDataFolder(mkdtempSync(join(tmpdir(), 'longhand-ollama-')));
});

afterEach(async () => {
  await service?.stop();
  ofThePerson?.close();
  service = undefined;
  ofThePerson = undefined;
  rmSync(dataFolder.root, { recursive: true, force: true });
});

const partFile = (): string => join(dataFolder.root, 'ollama');

/** A program that answers as much as the supervisor asks of a runtime. */
function installOurs(): void {
  writeFileSync(
    `${partFile()}.tmp`,
    `#!${process.execPath}
const [host, port] = process.env.OLLAMA_HOST.split(':');
require('node:fs').writeFileSync('seen-environment.json', JSON.stringify(process.env));
require('node:http').createServer((_, response) => response.end('{"version":"1.0.0-ours"}')).listen(Number(port), host);`,
  );
  chmodSync(`${partFile()}.tmp`, 0o700);
  writeFileSync(partFile(), `#!/bin/sh\nexec ${partFile()}.tmp "$@"\n`, { mode: 0o700 });
}

/** @param busyTimes to so many questions it gives no answer of use at first */
async function runOneOfThePerson({ port = 0, busyTimes = 0 } = {}): Promise<number> {
  let askedCount = 0;
  const server = createServer((_request, response) => {
    askedCount += 1;
    response.setHeader('connection', 'close');
    response.end(askedCount > busyTimes ? '{"version":"2.0.0-theirs"}' : 'busy');
  });
  ofThePerson = server;
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

function startService(usualPort: number): OllamaService {
  const logger = createSilentLogger();
  const env = { ...process.env, LONGHAND_OLLAMA: partFile(), OLLAMA_HOST: `127.0.0.1:${usualPort}` };
  service = new OllamaService({ dataFolder, logger, outputLogger: logger, env, lookEveryMs: 20 });
  service.start();
  return service;
}

async function until(
  subject: OllamaService,
  fits: (status: ProcessStatus) => boolean,
): Promise<ProcessStatus> {
  if (fits(subject.status)) return subject.status;
  return new Promise((resolve) => {
    const listen = (status: ProcessStatus): void => {
      if (!fits(status)) return;
      subject.off('change', listen);
      resolve(status);
    };
    subject.on('change', listen);
  });
}

/** A port on which nobody listens. */
async function findSilentPort(): Promise<number> {
  const port = await runOneOfThePerson();
  ofThePerson?.close();
  return port;
}

describe('the local model runtime', () => {
  it('is the one that the person runs, and that one is not stopped', async () => {
    installOurs();
    const port = await runOneOfThePerson();
    const subject = startService(port);
    const status = await until(subject, ({ state }) => state === 'ready');
    expect(status).toMatchObject({ isOurs: false, version: '2.0.0-theirs', pid: null, port });
    expect(subject.address).toEqual({ baseUrl: `http://127.0.0.1:${port}`, isOurs: false });
    await subject.stop();
    expect(ofThePerson?.listening).toBe(true);
  });

  it('is waited for where the person runs one that is too busy to answer at first', async () => {
    installOurs();
    const port = await runOneOfThePerson({ busyTimes: 2 });
    const subject = startService(port);
    const states = [subject.status.state];
    subject.on('change', ({ state }) => states.push(state));
    expect(await until(subject, ({ state }) => state === 'ready')).toMatchObject({ isOurs: false });
    expect(states).toEqual(['starting', 'ready']);
    expect(existsSync(join(dataFolder.runFolder, 'processes', 'ollama.json'))).toBe(false);
  });

  it('is ours after a while where something else never answers', async () => {
    installOurs();
    const port = await runOneOfThePerson({ busyTimes: Infinity });
    const subject = startService(port);
    expect(await until(subject, ({ state }) => state === 'ready')).toMatchObject({ isOurs: true });
  });

  it('is ours where the person runs none, with everything of it in the data folder', async () => {
    installOurs();
    const subject = startService(await findSilentPort());
    const status = await until(subject, ({ state }) => state === 'ready');
    expect(status).toMatchObject({ isOurs: true, version: '1.0.0-ours' });
    expect(subject.address).toEqual({ baseUrl: `http://127.0.0.1:${status.port ?? 0}`, isOurs: true });
    const home = join(dataFolder.modelsFolder, 'ollama');
    const { default: seen } = (await import(join(home, 'seen-environment.json'), {
      with: { type: 'json' },
    })) as {
      default: Record<string, string>;
    };
    expect(seen).toMatchObject({ HOME: home, OLLAMA_MODELS: join(home, 'models'), OLLAMA_NO_CLOUD: '1' });
    expect(seen).not.toHaveProperty('LONGHAND_OLLAMA');
  });

  it('may be missing, and is started once it has been built', async () => {
    const subject = startService(await findSilentPort());
    const missing = await until(subject, ({ message }) => message !== null);
    expect(missing).toMatchObject({ state: 'stopped', canRetry: false });
    expect(subject.address).toBeNull();
    installOurs();
    expect(await until(subject, ({ state }) => state === 'ready')).toMatchObject({ isOurs: true });
  });

  it('changes over to the one that the person starts, and back when it is gone', async () => {
    installOurs();
    const port = await findSilentPort();
    const subject = startService(port);
    const ours = await until(subject, ({ state, isOurs }) => state === 'ready' && isOurs);
    await runOneOfThePerson({ port });
    await until(subject, ({ isOurs }) => !isOurs);
    ofThePerson?.close();
    const again = await until(subject, ({ state, isOurs }) => state === 'ready' && isOurs);
    expect(again.pid).not.toBe(ours.pid);
    expect(existsSync(join(dataFolder.runFolder, 'processes', 'ollama.json'))).toBe(true);
  });

  it('is looked for first where the setting says', async () => {
    installOurs();
    const subject = startService(await findSilentPort());
    await until(subject, ({ state }) => state === 'ready');
    const port = await runOneOfThePerson();
    subject.useSetting(`http://127.0.0.1:${port}`);
    expect(await until(subject, ({ isOurs }) => !isOurs)).toMatchObject({ port });
  });
});
