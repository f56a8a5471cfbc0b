import { EventEmitter } from 'node:events';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { ProcessStatus } from '../../src-shared/domain/process-status.ts';
import type { DataFolder } from '../../src-node/data-folder.ts';
import type { Logger } from '../../src-node/logger.ts';
import { requireNativePart, resolveNativePart } from '../../src-node/native-parts.ts';
import type { OllamaAddress, ReadyDetails } from '../../src-node/supervisor-protocol.ts';
import { buildSystemEnvironment } from './child-environment.ts';
import { findFreePorts, isPortFree } from './free-port.ts';
import { ManagedProcess } from './managed-process.ts';
import type { ProcessKind, ProcessTiming } from './process-kind.ts';
import { parseOllamaHost, probeOllama } from './ollama-probe.ts';
import type { LaunchPlan } from './running-child.ts';
import { waitAtMost } from './waiting.ts';

const usualAddress = 'http://127.0.0.1:11434';
const host = '127.0.0.1';
const pollEveryMs = 50;
/** At the start something that listens and does not answer gets so many looks, soon after each other, before ours is started. */
const patientLooks = 4;
const patientLookEveryMs = 500;

interface ForeignRuntime {
  baseUrl: string;
  version: string;
}

interface OllamaEvents {
  change: [status: ProcessStatus];
  /** Another runtime is to be used from now on, or none. */
  address: [address: OllamaAddress];
}

export interface OllamaOptions {
  dataFolder: DataFolder;
  logger: Logger;
  outputLogger: Logger;
  env: NodeJS.ProcessEnv;
  /** How often it is looked for one that the person has started or stopped, and for one that has been built. */
  lookEveryMs?: number;
  timing?: Partial<ProcessTiming>;
}

/**
 * The local model runtime. One that the person runs is preferred and never stopped; else ours is started, where there
 * is one. Having none is no failure: the app does without.
 */
export class OllamaService extends EventEmitter<OllamaEvents> {
  readonly #options: OllamaOptions;
  readonly #ours: ManagedProcess;
  #foreign: ForeignRuntime | undefined;
  #setting: string | null = null;
  #address: OllamaAddress = null;
  /** How often it was looked in vain at the start; undefined once it is known whether the person runs one. */
  #firstLooks: number | undefined = 0;
  #stop = new AbortController();
  #lookNow = new AbortController();
  #loop: Promise<void> | undefined;

  constructor(options: OllamaOptions) {
    super();
    this.#options = options;
    this.#ours = new ManagedProcess({
      kind: new OllamaKind(options),
      dataFolder: options.dataFolder,
      logger: options.logger,
      outputLogger: options.outputLogger,
      timing: { messageGraceMs: 0, terminateGraceMs: 5000, aliveIntervalMs: 10_000, ...options.timing },
    });
    this.#ours.on('change', () => this.#announce());
  }

  get status(): ProcessStatus {
    if (this.#foreign === undefined) {
      const status = this.#ours.status;
      if (this.#firstLooks !== undefined) return { ...status, state: 'starting' };
      const isMissing =
        status.state === 'stopped' && resolveNativePart('ollama', this.#options.env) === undefined;
      return isMissing && this.#loop !== undefined
        ? { ...status, message: 'No local model runtime is installed. Titles and summaries wait for one.' }
        : status;
    }
    return {
      name: 'ollama',
      state: 'ready',
      pid: null,
      version: this.#foreign.version,
      port: Number(new URL(this.#foreign.baseUrl).port) || null,
      startedAt: null,
      restartCount: this.#ours.status.restartCount,
      message: null,
      canRetry: false,
      isOurs: false,
    };
  }

  get address(): OllamaAddress {
    return this.#address;
  }

  start(): void {
    if (this.#loop !== undefined) return;
    this.#stop = new AbortController();
    this.#loop = this.#lookUntilStopped(this.#stop.signal).finally(() => {
      this.#loop = undefined;
    });
  }

  /** Stops ours; one that the person runs goes on. */
  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#loop;
    await this.#ours.stop();
    this.#foreign = undefined;
    this.#firstLooks = undefined;
    this.#announce();
  }

  retry(): void {
    if (this.#ours.status.state === 'failed') this.#ours.retry();
    this.#lookNow.abort();
  }

  /** The address that the person has chosen; null for the usual one. */
  useSetting(baseUrl: string | null): void {
    if (baseUrl === this.#setting) return;
    this.#setting = baseUrl;
    this.#lookNow.abort();
  }

  checkNow(): void {
    this.#ours.checkNow();
    this.#lookNow.abort();
  }

  async #lookUntilStopped(stop: AbortSignal): Promise<void> {
    while (!stop.aborted) {
      this.#lookNow = new AbortController();
      await this.#look(stop);
      const pauseMs =
        this.#firstLooks === undefined ? (this.#options.lookEveryMs ?? 10_000) : patientLookEveryMs;
      await waitAtMost(pauseMs, [stop, this.#lookNow.signal]);
    }
  }

  async #look(stop: AbortSignal): Promise<void> {
    const { foreign, isSilent } = await this.#findForeign();
    if (stop.aborted) return;
    // On a computer that has just been started it may take its time to answer: ours would only be in its way.
    if (this.#firstLooks !== undefined && isSilent && (this.#firstLooks += 1) < patientLooks) return;
    const hasChanged =
      this.#firstLooks !== undefined ||
      foreign?.baseUrl !== this.#foreign?.baseUrl ||
      foreign?.version !== this.#foreign?.version;
    this.#firstLooks = undefined;
    this.#foreign = foreign;
    if (hasChanged) {
      this.#options.logger.info({ foreign: foreign ?? null }, 'the local model runtime of the person');
      this.#announce();
    }
    if (foreign !== undefined) await this.#ours.stop();
    else if (resolveNativePart('ollama', this.#options.env) !== undefined) this.#ours.start();
  }

  /** `isSilent`: there is none, but something listens where one would be. */
  async #findForeign(): Promise<{ foreign: ForeignRuntime | undefined; isSilent: boolean }> {
    const fromEnvironment = parseOllamaHost(this.#options.env['OLLAMA_HOST'] ?? '');
    const places = [this.#setting, fromEnvironment ?? usualAddress].filter((place) => place !== null);
    let isSilent = false;
    for (const baseUrl of new Set(places)) {
      const found = await probeOllama(baseUrl);
      if (found.answer === 'running')
        return { foreign: { baseUrl, version: found.version }, isSilent: false };
      if (found.answer === 'absent') continue;
      // A busy runtime that was there a moment ago still is.
      if (this.#foreign?.baseUrl === baseUrl) return { foreign: this.#foreign, isSilent: false };
      isSilent = true;
    }
    return { foreign: undefined, isSilent };
  }

  #announce(): void {
    const { state, port } = this.#ours.status;
    const oursAddress =
      state === 'ready' && port !== null ? { baseUrl: `http://${host}:${port}`, isOurs: true } : null;
    const address =
      this.#foreign === undefined ? oursAddress : { baseUrl: this.#foreign.baseUrl, isOurs: false };
    if (address?.baseUrl !== this.#address?.baseUrl) {
      this.#address = address;
      this.emit('address', address);
    }
    this.emit('change', this.status);
  }
}

/** Our own Ollama: on a free port, with its models in the data folder, and without anything in the cloud. */
class OllamaKind implements ProcessKind {
  readonly name = 'ollama';
  readonly #options: OllamaOptions;
  #port: number | undefined;

  constructor(options: OllamaOptions) {
    this.#options = options;
  }

  async prepare(): Promise<LaunchPlan> {
    const part = requireNativePart('ollama', this.#options.env);
    const home = join(this.#options.dataFolder.modelsFolder, 'ollama');
    await mkdir(home, { recursive: true, mode: 0o700 });
    const port = await this.#settlePort();
    return {
      file: part.path,
      args: ['serve'],
      cwd: home,
      env: buildSystemEnvironment(this.#options.env, {
        HOME: home,
        OLLAMA_HOST: `${host}:${port}`,
        OLLAMA_MODELS: join(home, 'models'),
        OLLAMA_NO_CLOUD: '1',
        // At its start it would delete the parts of an unfinished download, which then began anew.
        OLLAMA_NOPRUNE: '1',
      }),
      usesIpc: false,
      version: part.version,
      port,
    };
  }

  async waitUntilReady({ port }: LaunchPlan, signal: AbortSignal): Promise<ReadyDetails> {
    for (;;) {
      const found = await probeOllama(`http://${host}:${port ?? 0}`);
      if (found.answer === 'running') return { version: found.version };
      await delay(pollEveryMs, undefined, { signal });
    }
  }

  async checkAlive({ port }: LaunchPlan): Promise<void> {
    const found = await probeOllama(`http://${host}:${port ?? 0}`);
    if (found.answer !== 'running') throw new Error(`the local model runtime is ${found.answer}`);
  }

  async #settlePort(): Promise<number> {
    if (this.#port !== undefined && (await isPortFree(this.#port))) return this.#port;
    const [port] = await findFreePorts(1);
    if (port === undefined) throw new Error('no free port');
    this.#port = port;
    return port;
  }
}
