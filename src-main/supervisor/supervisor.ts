import { EventEmitter, once } from 'node:events';
import { randomBytes } from 'node:crypto';
import type { ProcessName, ProcessStatus } from '../../src-shared/domain/process-status.ts';
import type { DataFolder } from '../../src-node/data-folder.ts';
import { closeLogger, createLogger, type Logger } from '../../src-node/logger.ts';
import type { ChildMessage } from '../../src-node/supervisor-protocol.ts';
import { ManagedProcess } from './managed-process.ts';
import type { ProcessTiming } from './process-kind.ts';
import { OllamaService } from './ollama-process.ts';
import { createApiKind, createWorkerKind, type OwnProcessOptions } from './own-process.ts';
import { TemporalKind } from './temporal-process.ts';
import type { TemporalRebuild } from './temporal-store.ts';
import { watchForWake } from './wake-detector.ts';

export interface SupervisorOptions {
  /** Held by an instance lock of the caller: two supervisors of one data folder would end each other's processes. */
  dataFolder: DataFolder;
  logger: Logger;
  /** The folder with `api.js` and `worker.js` (`dist-app/main`), outside of any ASAR. */
  programsFolder: string;
  appVersion: string;
  env?: NodeJS.ProcessEnv;
  timing?: Partial<ProcessTiming>;
}

interface SupervisorEvents {
  /** Something about any process has changed; the statuses of all of them. */
  processes: [processes: ProcessStatus[]];
  /** Temporal's file was made anew. The api arms everything again; here it may be shown. */
  temporalRebuilt: [rebuild: TemporalRebuild];
}

const remindEveryMs = 60_000;

/**
 * Runs the four processes of one data folder. Imports nothing of Electron and never blocks, so that the program with
 * the window and the headless one can both host it.
 */
export class Supervisor extends EventEmitter<SupervisorEvents> {
  readonly #logger: Logger;
  readonly #outputLoggers: readonly Logger[];
  readonly #temporalKind: TemporalKind;
  readonly #temporal: ManagedProcess;
  readonly #api: ManagedProcess;
  readonly #worker: ManagedProcess;
  readonly #ollama: OllamaService;
  #isQuitting = false;
  #isRestStarted = false;
  #nextReminder: NodeJS.Timeout | undefined;
  #stopWatching: (() => void) | undefined;
  #stopping: Promise<void> | undefined;
  #announcement: NodeJS.Immediate | undefined;

  constructor(options: SupervisorOptions) {
    super();
    const { dataFolder, logger, timing } = options;
    const env = options.env ?? process.env;
    this.#logger = logger;
    const ownOutput = logger.child({ stream: 'output' });
    const manage = (
      rest: Pick<ConstructorParameters<typeof ManagedProcess>[0], 'kind' | 'outputLogger' | 'timing'>,
    ) => new ManagedProcess({ dataFolder, logger, ...rest });

    const { logsFolder } = dataFolder;
    const temporalOutput = createLogger({ processName: 'temporal', logsFolder });
    const ollamaOutput = createLogger({ processName: 'ollama', logsFolder });
    this.#outputLoggers = [temporalOutput, ollamaOutput];

    this.#temporalKind = new TemporalKind({ dataFolder, logger, env });
    this.#temporal = manage({
      kind: this.#temporalKind,
      outputLogger: temporalOutput,
      timing: {
        messageGraceMs: 0,
        terminateGraceMs: 6000,
        readyDeadlineMs: 30_000,
        // A connection of its own each time, unlike the other processes: seldom, so that waiting stays cheap.
        aliveIntervalMs: 10_000,
        maxMissedAnswers: 2,
        ...timing,
      },
    });
    const own: OwnProcessOptions = {
      dataFolder,
      programsFolder: options.programsFolder,
      appVersion: options.appVersion,
      env,
      internalToken: randomBytes(32).toString('base64url'),
      readTemporalAddress: () => this.#temporalKind.reserveAddress(),
    };
    this.#api = manage({ kind: createApiKind(own), outputLogger: ownOutput, timing: { ...timing } });
    this.#worker = manage({
      kind: createWorkerKind(own, (signal) => this.#waitForTemporal(signal)),
      outputLogger: ownOutput,
      timing: { ...timing },
    });
    this.#ollama = new OllamaService({
      dataFolder,
      logger,
      env,
      outputLogger: ollamaOutput,
      ...(timing === undefined ? {} : { timing }),
    });
    this.#connect();
  }

  /** Starts everything and returns at once; `processes` events tell how it goes. */
  start(): void {
    this.startApi();
    this.startRest();
  }

  /** What a window needs before anything else. The others follow with {@link startRest}. */
  startApi(): void {
    if (this.#isQuitting) return;
    this.#stopWatching ??= watchForWake(() => this.notifyResume());
    this.#api.start();
  }

  /** Everything else; a second call has no effect. */
  startRest(): void {
    if (this.#isQuitting || this.#isRestStarted) return;
    this.#isRestStarted = true;
    this.#temporal.start();
    this.#worker.start();
    this.#ollama.start();
  }

  /**
   * Ends everything in good order: first who takes work, last who keeps it. Nothing is started again after this was
   * called. Resolves when all have ended.
   */
  stop(): Promise<void> {
    this.#isQuitting = true;
    this.#stopping ??= this.#stopInOrder();
    return this.#stopping;
  }

  /** The statuses of all processes, in the order in which they are shown. */
  readProcesses(): ProcessStatus[] {
    return [this.#api.status, this.#worker.status, this.#temporal.status, this.#ollama.status];
  }

  /** What the person does after a process was given up. */
  retry(name: ProcessName): void {
    if (this.#isQuitting) return;
    this.#processes[name].retry();
  }

  /** The computer has woken up (also noticed by the clock, later): hanging processes are found out at once, and timers that are late can be hurried. */
  notifyResume(): void {
    for (const process of Object.values(this.#processes)) process.checkNow();
    for (const process of [this.#api, this.#worker]) process.send({ type: 'resumed' });
  }

  get #processes(): Record<ProcessName, { retry(): void; checkNow(): void }> {
    return { api: this.#api, worker: this.#worker, temporal: this.#temporal, ollama: this.#ollama };
  }

  #connect(): void {
    for (const process of [this.#api, this.#worker, this.#temporal]) {
      process.on('change', () => this.#announceSoon());
    }
    this.#ollama.on('change', () => this.#announceSoon());
    for (const process of [this.#api, this.#worker]) {
      process.on('message', (message) => this.#handleMessage(message));
      process.on('ready', () => {
        process.send({ type: 'ollama-address', address: this.#ollama.address });
      });
    }
    this.#api.on('ready', () => {
      this.#announceSoon();
      this.#tellPendingRebuild();
    });
    this.#ollama.on('address', (address) => {
      for (const process of [this.#api, this.#worker]) process.send({ type: 'ollama-address', address });
    });

    this.#temporal.on('ready', () => this.#tellPendingRebuild());
    this.#temporalKind.on('damaged', () => {
      // One that finds it while starting ends by itself.
      if (this.#temporal.status.state === 'ready') this.#temporal.restart();
    });
    this.#temporalKind.on('rebuilt', (rebuild) => this.emit('temporalRebuilt', rebuild));
    this.#temporalKind.on('address', (address) => {
      this.#api.send({ type: 'temporal-address', address });
      // Its connection cannot be pointed elsewhere; it starts again once Temporal is ready.
      this.#worker.restart();
    });
  }

  #handleMessage(message: ChildMessage): void {
    switch (message.type) {
      case 'retry-process':
        this.retry(message.name);
        break;
      case 'ollama-setting':
        this.#ollama.useSetting(message.baseUrl);
        break;
      case 'temporal-rearmed':
        this.#temporalKind.store
          .forgetPendingRebuild(message.rebuildId)
          .catch((error: unknown) => this.#logger.error({ err: error }, 'the rebuild stays noted'));
        break;
      case 'end-work':
        this.#worker.send(message);
        break;
      case 'ready':
      case 'status':
      case 'failed':
      case 'pong':
        // ManagedProcess has dealt with these.
        break;
    }
  }

  /** Told whenever both sides are there, until the api has said that it is done: a crash in between costs nothing. */
  #tellPendingRebuild(): void {
    if (this.#api.status.state !== 'ready' || this.#temporal.status.state !== 'ready') return;
    this.#temporalKind.store
      .readPendingRebuild()
      .then((rebuild) => {
        if (rebuild === undefined) return;
        this.#api.send({ type: 'temporal-rebuilt', ...rebuild });
        // The api may fail at it half-way. Doing it twice is harmless.
        clearTimeout(this.#nextReminder);
        this.#nextReminder = setTimeout(() => this.#tellPendingRebuild(), remindEveryMs).unref();
      })
      .catch((error: unknown) => this.#logger.error({ err: error }, 'the note of a rebuild cannot be read'));
  }

  async #waitForTemporal(signal: AbortSignal): Promise<void> {
    while (this.#temporal.status.state !== 'ready') await once(this.#temporal, 'ready', { signal });
  }

  async #stopInOrder(): Promise<void> {
    this.#stopWatching?.();
    clearTimeout(this.#nextReminder);
    await this.#worker.stop();
    await Promise.all([this.#api.stop(), this.#ollama.stop()]);
    await this.#temporal.stop();
    await Promise.all(this.#outputLoggers.map(closeLogger));
    clearImmediate(this.#announcement);
    this.emit('processes', this.readProcesses());
  }

  /** Several changes in one turn are told once. */
  #announceSoon(): void {
    if (this.#announcement !== undefined) return;
    this.#announcement = setImmediate(() => {
      this.#announcement = undefined;
      const processes = this.readProcesses();
      this.emit('processes', processes);
      this.#api.send({ type: 'processes', processes });
    });
  }
}
