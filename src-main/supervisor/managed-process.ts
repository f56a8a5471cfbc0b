import { EventEmitter } from 'node:events';
import { fromAppErrorDto, type AppError } from '../../src-shared/domain/errors.ts';
import type { ProcessName, ProcessState, ProcessStatus } from '../../src-shared/domain/process-status.ts';
import type { DataFolder } from '../../src-node/data-folder.ts';
import type { Logger } from '../../src-node/logger.ts';
import type { ChildMessage, SupervisorMessage } from '../../src-node/supervisor-protocol.ts';
import { ChildInbox } from './child-inbox.ts';
import { defaultTiming, type ProcessKind, type ProcessTiming } from './process-kind.ts';
import { describeExit, describeGiveUp } from './process-sentences.ts';
import { forgetProcess, reapOrphan, recordProcess, type RecordPlace } from './process-records.ts';
import { decideRestart, defaultRestartPolicy, noRestarts, type RestartPolicy } from './restart-policy.ts';
import { RunningChild } from './running-child.ts';
import { waitAtMost, whenAborted, within } from './waiting.ts';
import { watchChild } from './watchdog.ts';

export interface ManagedProcessOptions {
  kind: ProcessKind;
  dataFolder: DataFolder;
  /** Takes what happens to the process. */
  logger: Logger;
  /** Takes what the process itself writes to its streams. */
  outputLogger: Logger;
  timing?: Partial<ProcessTiming>;
  restartPolicy?: RestartPolicy;
}

interface ManagedProcessEvents {
  /** The status has changed in any way. */
  change: [status: ProcessStatus];
  /** The process has become usable, for the first time or again. */
  ready: [];
  message: [message: ChildMessage];
}

/** What is known of one start so far. */
interface Run {
  child: RunningChild | undefined;
  /** On the monotonic clock. */
  readyAt: number | undefined;
  /** What the child itself said before it ended. */
  failure: AppError | undefined;
}

type RunOutcome =
  | { result: 'stopped' }
  | { result: 'restart' }
  | { result: 'ended'; error: AppError; readyForMs: number | null };

/**
 * Keeps one process running until it is told to stop: `stopped → starting → ready → stopping → stopped`, with
 * `starting` again after any other end, and `failed` once that has been tried often enough.
 */
export class ManagedProcess extends EventEmitter<ManagedProcessEvents> {
  readonly name: ProcessName;
  readonly #options: ManagedProcessOptions;
  readonly #timing: ProcessTiming;
  #status: ProcessStatus;
  #history = noRestarts;
  #loop: Promise<void> | undefined;
  #stop = new AbortController();
  /** Ends the present run (not the loop): for a restart that is wanted. */
  #endRun = new AbortController();
  #skipDelay = new AbortController();
  #child: RunningChild | undefined;
  #checkNow: (() => void) | undefined;

  constructor(options: ManagedProcessOptions) {
    super();
    this.name = options.kind.name;
    this.#options = options;
    this.#timing = { ...defaultTiming, ...options.timing };
    this.#status = {
      name: this.name,
      state: 'stopped',
      pid: null,
      version: null,
      port: null,
      startedAt: null,
      restartCount: 0,
      message: null,
      canRetry: false,
      isOurs: true,
    };
  }

  get status(): ProcessStatus {
    return this.#status;
  }

  /** Starts the process, and from then on keeps it running. Does nothing where it already does. */
  start(): void {
    if (this.#loop !== undefined) return;
    this.#stop = new AbortController();
    this.#history = noRestarts;
    this.#loop = this.#superviseUntilStopped(this.#stop.signal).finally(() => {
      this.#loop = undefined;
    });
  }

  /** Stops the process for good and resolves when it has ended. */
  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#loop;
  }

  /** The action of the person after a give-up; also cuts a waiting time between two tries short. */
  retry(): void {
    this.#history = noRestarts;
    this.#skipDelay.abort();
    this.start();
  }

  /** Ends the running process in good order and starts it again. Does not count as a failure. */
  restart(): void {
    this.#endRun.abort();
    this.#skipDelay.abort();
  }

  send(message: SupervisorMessage): void {
    if (this.#status.state === 'ready') this.#child?.send(message);
  }

  /** Asks at once whether the process still answers, for instance after the computer has slept. */
  checkNow(): void {
    this.#checkNow?.();
  }

  async #superviseUntilStopped(stop: AbortSignal): Promise<void> {
    for (;;) {
      this.#endRun = new AbortController();
      this.#skipDelay = new AbortController();
      const outcome = await this.#runOnce(stop, this.#endRun.signal);
      if (outcome.result === 'stopped') break;
      this.#change({ restartCount: this.#status.restartCount + 1 });
      if (outcome.result === 'ended') {
        await waitAtMost(this.#decideDelay(outcome), [stop, this.#skipDelay.signal]);
      }
    }
    this.#change({ state: 'stopped', message: null, canRetry: false });
  }

  /** Says what comes next in the status and returns how long to wait for it, in milliseconds. */
  #decideDelay({ error, readyForMs }: RunOutcome & { result: 'ended' }): number {
    const policy = this.#options.restartPolicy ?? defaultRestartPolicy;
    const decision = decideRestart(policy, this.#history, readyForMs, Math.random());
    this.#history = decision.history;
    this.#options.logger.warn({ err: error, next: decision }, `${this.name} ended`);
    // A bug may strike once only: it is tried again like a crash.
    const isForPerson = error.retry !== 'auto' && error.code !== 'bug';
    if (!isForPerson && decision.action === 'restart') {
      this.#change({ state: 'starting', message: error.userMessage });
      return decision.delayMs;
    }
    const message = isForPerson ? error.userMessage : describeGiveUp(this.name, error.userMessage);
    this.#change({ state: 'failed', message, canRetry: true });
    return policy.retryAfterGiveUpMs;
  }

  async #runOnce(stop: AbortSignal, endRun: AbortSignal): Promise<RunOutcome> {
    const cancel = AbortSignal.any([stop, endRun]);
    const run: Run = { child: undefined, readyAt: undefined, failure: undefined };
    let problem: unknown;
    try {
      await this.#runUntilItEnds(run, cancel);
    } catch (error) {
      problem = error;
    }
    if (!cancel.aborted) return this.#settle(run, problem);
    if (run.child !== undefined && !run.child.hasExited) {
      this.#change({ state: 'stopping' });
      await run.child.stop(this.#timing);
    }
    await this.#clearUp(run.child);
    return { result: stop.aborted ? 'stopped' : 'restart' };
  }

  /** Resolves when the process has ended or shall end; rejects where it could not be started or hangs. */
  async #runUntilItEnds(run: Run, cancel: AbortSignal): Promise<void> {
    const { kind, logger, outputLogger } = this.#options;
    this.#change({ state: 'starting', canRetry: false });
    await reapOrphan(this.#recordPlace);
    if (cancel.aborted) return;
    const plan = await kind.prepare(cancel, (message) => this.#change({ message }));
    cancel.throwIfAborted();

    const inbox = new ChildInbox(logger.child({ from: this.name }));
    inbox.on('message', (message) => {
      if (message.type === 'status') this.#change({ message: message.message });
      if (message.type === 'failed') run.failure = fromAppErrorDto(message.error);
      this.emit('message', message);
    });
    const child = await RunningChild.launch(plan, {
      onLine: (line) => {
        kind.onLine?.(line);
        outputLogger.info({ source: this.name }, line);
      },
      onMessage: (raw) => inbox.receive(raw),
    });
    run.child = child;
    this.#child = child;
    const startedAt = new Date().toISOString();
    this.#change({ pid: child.pid, version: plan.version, port: plan.port, startedAt });
    await recordProcess(this.#recordPlace, child.pid);

    const ended = child.exited.then(() => {
      throw new Error('ended while starting');
    });
    const details = await within(this.#timing.readyDeadlineMs, cancel, (signal) =>
      Promise.race([kind.waitUntilReady?.(plan, signal) ?? inbox.ready, ended]),
    );
    run.readyAt = performance.now();
    this.#change({
      state: 'ready',
      message: null,
      version: details.version ?? plan.version,
      port: details.port ?? plan.port,
    });
    this.emit('ready');

    const watchdog = watchChild({ plan, child, inbox, kind, timing: this.#timing, logger });
    this.#checkNow = () => watchdog.checkNow();
    try {
      await Promise.race([child.exited, watchdog.hung, whenAborted(cancel)]);
    } finally {
      this.#checkNow = undefined;
      watchdog.stop();
    }
  }

  /** After an end that nobody asked for: makes sure that the process is gone, and says why. */
  async #settle({ child, readyAt, failure }: Run, problem: unknown): Promise<RunOutcome> {
    const hadExited = child?.hasExited === true;
    const readyForMs = readyAt === undefined ? null : performance.now() - readyAt;
    this.#change({ state: 'starting', pid: null, startedAt: null });
    const report = await child?.kill();
    await this.#clearUp(child);
    if (report !== undefined) this.#options.kind.onUnexpectedExit?.(report);
    const error = describeExit(this.name, hadExited ? report : undefined, failure ?? problem);
    return { result: 'ended', error, readyForMs };
  }

  async #clearUp(child: RunningChild | undefined): Promise<void> {
    this.#child = undefined;
    child?.sweepGroup();
    if (child !== undefined) await forgetProcess(this.#recordPlace);
    this.#change({ pid: null, startedAt: null });
  }

  get #recordPlace(): RecordPlace {
    const { dataFolder, logger } = this.#options;
    return { dataFolder, label: this.name, logger };
  }

  #change(patch: Partial<ProcessStatus> & { state?: ProcessState }): void {
    this.#status = { ...this.#status, ...patch };
    this.emit('change', this.#status);
  }
}
