import { spawn, type ChildProcess } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface, type Interface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import type { Client } from '@temporalio/client';
import { onTestFinished } from 'vitest';
import type { ProcessName, ProcessStatus } from '../../src-shared/domain/process-status.ts';
import { openDataFolder, type DataFolder } from '../../src-node/data-folder.ts';
import { createSilentLogger } from '../../src-node/logger.ts';
import {
  isStillRunning,
  readProcessIdentity,
  type ProcessIdentity,
} from '../../src-node/process-identity.ts';
import type { ProcessTiming } from '../../src-main/supervisor/process-kind.ts';
import { Supervisor } from '../../src-main/supervisor/supervisor.ts';
import { killHard } from '../fixtures/kill-hard.ts';
import { connectToServer } from '../fixtures/temporal-server.ts';

/**
 * Stands in for api and worker, whose own work is tested elsewhere: answers pings, tells what it hears in its status,
 * and ends as they do. `rearm.flag` in the data folder lets it answer a rebuild; when it wakes up the api has some work
 * ended.
 */
const childScript = `
const { existsSync } = require('node:fs');
process.on('SIGINT', () => {});
process.on('disconnect', () => process.exit(0));
process.on('message', (message) => {
  if (message.type === 'ping') process.send({ type: 'pong', sequence: message.sequence });
  else if (message.type === 'shutdown') process.exit(0);
  else if (message.type === 'temporal-rebuilt' || message.type === 'temporal-address' || message.type === 'resumed' || message.type === 'end-work') {
    process.send({ type: 'status', message: JSON.stringify(message) });
    const isApi = process.argv[1].endsWith('api.js');
    if (message.type === 'resumed' && isApi) process.send({ type: 'end-work', workflowId: 'ingest:1' });
    if (message.type === 'temporal-rebuilt' && existsSync('rearm.flag')) {
      process.send({ type: 'temporal-rearmed', rebuildId: message.rebuildId });
    }
  }
});
process.send({ type: 'ready', details: {} });`;

export interface Library {
  dataFolder: DataFolder;
  programsFolder: string;
}

/**
 * A data folder of its own for one test, whose name holds what breaks careless programs. Without `root` it is removed
 * when the test has finished.
 */
export function createLibrary(root = createTemporaryFolder()): Library {
  const dataFolder = openDataFolder(join(root, 'a #1 100% library?'));
  const programsFolder = join(root, 'programs');
  mkdirSync(programsFolder);
  for (const name of ['api', 'worker']) writeFileSync(join(programsFolder, `${name}.js`), childScript);
  return { dataFolder, programsFolder };
}

let usedTemporalFolder: string | undefined;

/** A library with a complete Temporal file in which one workflow, `before`, is open; nothing runs. */
export async function createUsedLibrary(root?: string): Promise<Library> {
  usedTemporalFolder ??= await makeUsedTemporalFolder();
  const library = createLibrary(root);
  cpSync(usedTemporalFolder, library.dataFolder.temporalFolder, { recursive: true });
  return library;
}

/** Made once: the first creation takes longer than most tests. */
async function makeUsedTemporalFolder(): Promise<string> {
  const library = createLibrary();
  letRearm(library);
  const supervisor = startSupervisor(library);
  await startWorkflow(await connectClient(await until(supervisor, allReady)), 'before');
  await until(supervisor, () => !isRearmPending(library));
  await supervisor.stop();
  const kept = mkdtempSync(join(tmpdir(), 'longhand-used-temporal-'));
  cpSync(library.dataFolder.temporalFolder, kept, { recursive: true });
  process.once('exit', () => rmSync(kept, { recursive: true, force: true }));
  return kept;
}

/** Lets the api say that it has armed everything again after a rebuild. */
export function letRearm({ dataFolder }: Library): void {
  writeFileSync(join(dataFolder.root, 'rearm.flag'), '');
}

export function isRearmPending({ dataFolder }: Library): boolean {
  return existsSync(join(dataFolder.temporalFolder, 'rearm.json'));
}

function createTemporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'longhand-faults-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 }));
  return folder;
}

const env = { ...process.env, LONGHAND_OLLAMA: 'none', OLLAMA_HOST: '127.0.0.1:1' };

/** A supervisor in this process, with the real Temporal server. Stopped when the test has finished. */
export function startSupervisor(library: Library, timing: Partial<ProcessTiming> = {}): Supervisor {
  const supervisor = new Supervisor({
    ...library,
    logger: createSilentLogger(),
    appVersion: '0.0.0',
    env,
    timing,
  });
  onTestFinished(() => stopAtOnce(supervisor));
  supervisor.start();
  return supervisor;
}

/** To end in good order takes Temporal two seconds, and its file goes with the test. */
async function stopAtOnce(supervisor: Supervisor): Promise<void> {
  const stopped = supervisor.stop();
  const { temporal } = byName(supervisor.readProcesses());
  if (temporal.pid !== null) killHard(temporal.pid);
  await stopped;
}

export type Statuses = Record<ProcessName, ProcessStatus>;

export function byName(processes: ProcessStatus[]): Statuses {
  return Object.fromEntries(processes.map((process) => [process.name, process])) as Statuses;
}

/** Resolves with the first statuses that fit, the present ones included. */
export async function until(
  supervisor: Supervisor,
  fits: (statuses: Statuses) => boolean,
): Promise<Statuses> {
  const present = byName(supervisor.readProcesses());
  if (fits(present)) return present;
  return new Promise((resolve) => {
    const listen = (processes: ProcessStatus[]): void => {
      const statuses = byName(processes);
      if (!fits(statuses)) return;
      supervisor.off('processes', listen);
      resolve(statuses);
    };
    supervisor.on('processes', listen);
  });
}

export const watched = ['api', 'worker', 'temporal'] as const;

export const allReady = (statuses: Statuses): boolean =>
  watched.every((name) => statuses[name].state === 'ready');

export function pidOf(status: ProcessStatus): number {
  if (status.pid === null) throw new Error(`${status.name} has no process`);
  return status.pid;
}

/** A supervisor in a process of its own, which can be killed like the app. */
export class Host {
  readonly process: ChildProcess;
  readonly #lines: Interface;
  #statuses: Statuses | undefined;

  constructor(library: Library, extraEnvironment: NodeJS.ProcessEnv = {}) {
    const module = (path: string): string => pathToFileURL(join(import.meta.dirname, '../..', path)).href;
    const script = `
import { Supervisor } from '${module('src-main/supervisor/supervisor.ts')}';
import { acquireInstanceLock } from '${module('src-node/instance-lock.ts')}';
import { createLogger } from '${module('src-node/logger.ts')}';
const library = JSON.parse(process.argv[1]);
const outcome = await acquireInstanceLock({ dataFolder: library.dataFolder, kind: 'window', version: '1' });
if (outcome.outcome === 'held') throw new Error('held');
const logger = createLogger({ processName: 'main', logsFolder: library.dataFolder.logsFolder });
const supervisor = new Supervisor({ ...library, logger, appVersion: '0.0.0' });
supervisor.on('processes', (processes) => process.stdout.write(JSON.stringify(processes) + '\\n'));
supervisor.start();`;
    this.process = spawn(
      process.execPath,
      [
        '--disable-warning=ExperimentalWarning',
        '--input-type=module',
        '--eval',
        script,
        '--',
        JSON.stringify(library),
      ],
      { env: { ...env, ...extraEnvironment }, stdio: ['ignore', 'pipe', 'inherit'] },
    );
    if (this.process.stdout === null) throw new Error('the host has no output');
    this.#lines = createInterface({ input: this.process.stdout });
    this.#lines.on('line', (line) => {
      this.#statuses = byName(JSON.parse(line) as ProcessStatus[]);
    });
    onTestFinished(() => this.killEverything());
  }

  get statuses(): Statuses | undefined {
    return this.#statuses;
  }

  async until(fits: (statuses: Statuses) => boolean): Promise<Statuses> {
    if (this.#statuses !== undefined && fits(this.#statuses)) return this.#statuses;
    return new Promise((resolve, reject) => {
      const listen = (): void => {
        if (this.#statuses === undefined || !fits(this.#statuses)) return;
        this.#lines.off('line', listen);
        resolve(this.#statuses);
      };
      this.#lines.on('line', listen);
      this.process.once('exit', (code) => reject(new Error(`the host ended with code ${code ?? 'none'}`)));
    });
  }

  /** Kills the host alone, as if the app had crashed, and resolves when it is gone. */
  async kill(): Promise<void> {
    if (this.process.exitCode !== null || this.process.signalCode !== null) return;
    await new Promise((resolve) => {
      this.process.once('exit', resolve);
      this.process.kill('SIGKILL');
    });
  }

  /** Kills the host and everything that it runs. */
  async killEverything(): Promise<void> {
    const pids = Object.values(this.#statuses ?? {}).flatMap(({ pid }) => (pid === null ? [] : [pid]));
    await this.kill();
    for (const pid of pids) killHard(pid);
  }
}

/** Every process that this one has started, and what they have started in turn. Told by Linux only. */
export async function listDescendants(pid: number): Promise<ProcessIdentity[]> {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean);
  const found = await Promise.all(
    children.map(async (child) => {
      const identity = await readProcessIdentity(Number(child));
      return identity === undefined ? [] : [identity, ...(await listDescendants(identity.pid))];
    }),
  );
  return found.flat();
}

/** Resolves once it has ended, by whatever. The test's own time limit ends the wait. */
export async function waitUntilGone(identity: ProcessIdentity): Promise<void> {
  while (await isStillRunning(identity)) await delay(50);
}

/** A client of the Temporal server that these statuses tell of. Closed when the test has finished. */
export async function connectClient({ temporal }: Statuses): Promise<Client> {
  const client = await connectToServer(`127.0.0.1:${temporal.port ?? 0}`);
  onTestFinished(() => client.connection.close());
  return client;
}

/** Starts a workflow that nobody works on, so that it stays open. */
export async function startWorkflow(client: Client, workflowId: string): Promise<void> {
  await client.workflow.start('waits', { workflowId, taskQueue: 'nobody' });
}
