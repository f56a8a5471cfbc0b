import { execFile } from 'node:child_process';
import { request } from 'node:http';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { isGrpcServiceError } from '@temporalio/client';
import { findFreePorts } from '../../src-main/supervisor/free-port.ts';
import { requireNativePart } from '../../src-node/native-parts.ts';
import { temporalNamespace } from '../../src-shared/domain/workflows.ts';
import {
  allReady,
  connectClient,
  createUsedLibrary,
  pidOf,
  startSupervisor,
  startWorkflow,
  until,
} from '../faults/supervisor-harness.ts';

const run = promisify(execFile);
const dayMs = 86_400_000;

/** The arguments with which a process was started. */
const readArguments = (pid: number): string[] => readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');

function valueOf(args: readonly string[], flag: string): string {
  const value = args[args.indexOf(flag) + 1];
  if (value === undefined) throw new Error(`${flag} is not set`);
  return value;
}

/** 127.0.0.1 as the kernel prints it. */
const loopbackInHex = '0100007F';

/** The addresses of the sockets on which a process listens, as the kernel prints them. */
function readListeningAddresses(pid: number): string[] {
  const inodes = new Set(
    readdirSync(`/proc/${pid}/fd`).map(
      (fd) => /^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/${pid}/fd/${fd}`))?.[1],
    ),
  );
  const listening = '0A';
  return ['tcp', 'tcp6']
    .flatMap((table) => readFileSync(`/proc/${pid}/net/${table}`, 'utf8').split('\n').slice(1))
    .map((line) => line.trim().split(/\s+/))
    .filter((fields) => fields[3] === listening && inodes.has(fields[9]))
    .map((fields) => fields[1]?.split(':')[0] ?? '');
}

async function postFromWebPage(port: number): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const path = `/api/v1/namespaces/${temporalNamespace}/workflows/planted`;
    const headers = { origin: 'https://evil.example', 'content-type': 'text/plain' };
    const post = request({ host: '127.0.0.1', port, path, method: 'POST', headers }, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    post.on('error', reject);
    post.end('{"workflowType":{"name":"waits"},"taskQueue":{"name":"nobody"}}');
  });
}

describe('the Temporal server', () => {
  it('has our namespace, with finished workflows kept for a year', async () => {
    const client = await connectClient(await until(startSupervisor(await createUsedLibrary()), allReady));
    const { config } = await client.workflowService.describeNamespace({ namespace: temporalNamespace });
    expect(Number(config?.workflowExecutionRetentionTtl?.seconds)).toBe((365 * dayMs) / 1000);
  });

  it('keeps its file in the data folder, whatever characters are in its name', async () => {
    const library = await createUsedLibrary();
    const statuses = await until(startSupervisor(library), allReady);
    expect(library.dataFolder.root).toMatch(/[#?%]/);
    const before = await (await connectClient(statuses)).workflow.getHandle('before').describe();
    expect(before.status.name).toBe('RUNNING');
  });

  it('refuses what a web page in a browser sends to its HTTP port', async () => {
    const statuses = await until(startSupervisor(await createUsedLibrary()), allReady);
    const httpPort = Number(valueOf(readArguments(pidOf(statuses.temporal)), '--http-port'));
    expect(await postFromWebPage(httpPort)).toBe(403);
    const client = await connectClient(statuses);
    await expect(client.workflow.getHandle('planted').describe()).rejects.toThrow(/not found/i);
  });

  it('listens on the loopback address only', async () => {
    const { temporal } = await until(startSupervisor(await createUsedLibrary()), allReady);
    const addresses = readListeningAddresses(pidOf(temporal));
    expect(addresses).toContain(loopbackInHex);
    expect(addresses.filter((address) => address !== loopbackInHex)).toEqual([]);
  });

  it('lets no second server at its file', async () => {
    const library = await createUsedLibrary();
    const { temporal } = await until(startSupervisor(library), allReady);
    const args = readArguments(pidOf(temporal))
      .slice(1)
      .filter((arg) => arg !== '');
    const [port, httpPort, metricsPort] = (await findFreePorts(3)).map(String);
    const otherPorts = [
      '--port',
      port ?? '',
      '--http-port',
      httpPort ?? '',
      '--metrics-port',
      metricsPort ?? '',
    ];
    const second = run(requireNativePart('temporal').path, [...args, ...otherPorts], {
      cwd: readlinkSync(`/proc/${pidOf(temporal)}/cwd`),
      timeout: 300_000,
    });
    // It ends by itself and at once: the lock is not one that only shows under load.
    await expect(second).rejects.toMatchObject({
      code: 1,
      killed: false,
      stderr: expect.stringContaining('database is locked') as string,
    });
  });

  it('has lost nothing that it had acknowledged when it is killed', async () => {
    const supervisor = startSupervisor(await createUsedLibrary());
    const statuses = await until(supervisor, allReady);
    const client = await connectClient(statuses);
    const acknowledged: string[] = [];
    let isKilled = false;
    const starts = Array.from({ length: 40 }, async (_, index) => {
      const workflowId = `begun-${index}`;
      try {
        await startWorkflow(client, workflowId);
        acknowledged.push(workflowId);
      } catch (error) {
        // Not acknowledged: it was in flight when the server was killed.
        if (!isGrpcServiceError(error) && !(error instanceof Error && error.name === 'ServiceError'))
          throw error;
      }
      if (acknowledged.length < 20 || isKilled) return;
      isKilled = true;
      process.kill(pidOf(statuses.temporal), 'SIGKILL');
    });
    await Promise.all(starts);
    expect(acknowledged.length).toBeGreaterThanOrEqual(20);
    const after = await until(
      supervisor,
      (next) => allReady(next) && next.temporal.pid !== statuses.temporal.pid,
    );
    const sameClient = await connectClient(after);
    const found = await Promise.all(
      acknowledged.map((workflowId) => sameClient.workflow.getHandle(workflowId).describe()),
    );
    expect(found.every(({ status }) => status.name === 'RUNNING')).toBe(true);
  });

  it('writes what it has to say into the log of the data folder', async () => {
    const library = await createUsedLibrary();
    const supervisor = startSupervisor(library);
    await until(supervisor, allReady);
    await supervisor.stop();
    const log = readFileSync(join(library.dataFolder.logsFolder, 'temporal.log'), 'utf8');
    expect(log).toContain('Temporal Server');
  });
});
