import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { readErrorCode } from '../../src-node/data-folder.ts';
import type { SupervisorMessage } from '../../src-node/supervisor-protocol.ts';
import { guard } from './guardian.ts';

/** How to start a process. */
export interface LaunchPlan {
  file: string;
  args: readonly string[];
  cwd: string;
  /** The whole environment; nothing is inherited beside it. */
  env: Readonly<Record<string, string>>;
  /** Whether it speaks the supervisor protocol over an IPC channel. */
  usesIpc: boolean;
  version: string | null;
  port: number | null;
}

export interface ExitReport {
  exitCode: number | null;
  signal: NodeJS.Signals | null;
  /** The last lines that the process wrote to either stream. */
  outputTail: readonly string[];
}

export interface GracefulStopTiming {
  /** After the `shutdown` message, before SIGTERM. Not spent on a process without an IPC channel. */
  messageGraceMs: number;
  /** After SIGTERM, before SIGKILL. */
  terminateGraceMs: number;
}

export interface ChildListeners {
  onLine: (line: string) => void;
  onMessage: (raw: unknown) => void;
}

const keptTailLines = 20;

/** The streams may stay open in grandchildren, so their end is not waited for any longer than this. */
const lateOutputMs = 150;

/** One started process, from its spawn to its end, which comes at the latest seconds after our own. */
export class RunningChild {
  readonly pid: number;
  /** Settles when the process has ended, never rejects. */
  readonly exited: Promise<ExitReport>;
  readonly #child: ChildProcess;
  #hasExited = false;

  private constructor(child: ChildProcess, pid: number, exited: Promise<ExitReport>) {
    this.#child = child;
    this.pid = pid;
    this.exited = exited.then((report) => {
      this.#hasExited = true;
      return report;
    });
  }

  /** Starts the process. Rejects where the system cannot (no such file, not executable). */
  static async launch(plan: LaunchPlan, listeners: ChildListeners): Promise<RunningChild> {
    const child = spawn(plan.file, plan.args, {
      cwd: plan.cwd,
      env: plan.env,
      stdio: plan.usesIpc ? ['ignore', 'pipe', 'pipe', 'ipc'] : ['ignore', 'pipe', 'pipe'],
      // A group of its own: Ctrl+C in a terminal must not reach it past the order of stopping, and what it started
      // in turn can be ended with it.
      detached: process.platform !== 'win32',
      windowsHide: true,
    });
    const tail: string[] = [];
    const keepLine = (line: string): void => {
      tail.push(line);
      if (tail.length > keptTailLines) tail.shift();
      listeners.onLine(line);
    };
    readLines(child.stdout, keepLine);
    readLines(child.stderr, keepLine);
    if (plan.usesIpc) child.on('message', listeners.onMessage);

    const exited = new Promise<ExitReport>((resolve) => {
      child.once('exit', (exitCode, signal) => {
        const closed = new Promise((done) => child.once('close', done));
        void Promise.race([closed, delay(lateOutputMs, undefined, { ref: false })]).then(() =>
          resolve({ exitCode, signal, outputTail: tail }),
        );
      });
    });
    await new Promise<void>((resolve, reject) => {
      child.once('spawn', () => resolve());
      child.once('error', reject);
    });
    // After the spawn, an error is one of sending or of signalling; the exit tells what matters.
    child.on('error', (error) => keepLine(error.message));
    if (child.pid === undefined) throw new Error(`${plan.file} was started but has no pid`);
    const guardian = guard(child.pid, (error) => keepLine(error.message));
    child.once('exit', () => guardian.dismiss());
    return new RunningChild(child, child.pid, exited);
  }

  get hasExited(): boolean {
    return this.#hasExited;
  }

  /** Sends a message; a child that is gone or has closed its channel misses it, and its exit is reported anyway. */
  send(message: SupervisorMessage): void {
    if (!this.#child.connected) return;
    this.#child.send(message, () => undefined);
  }

  /** Asks, then SIGTERM, then SIGKILL, each after its grace; resolves when the process has ended. */
  async stop({ messageGraceMs, terminateGraceMs }: GracefulStopTiming): Promise<ExitReport> {
    if (this.#child.connected) {
      this.send({ type: 'shutdown', graceMs: messageGraceMs });
      const report = await this.#exitWithin(messageGraceMs);
      if (report !== undefined) return report;
    }
    this.#child.kill('SIGTERM');
    return (await this.#exitWithin(terminateGraceMs)) ?? this.kill();
  }

  /** Ends the process and what it has started at once; resolves when it has ended. */
  async kill(): Promise<ExitReport> {
    this.#child.kill('SIGKILL');
    this.sweepGroup();
    return this.exited;
  }

  /** Ends what the process has left running in its group. */
  sweepGroup(): void {
    if (process.platform === 'win32') return;
    try {
      process.kill(-this.pid, 'SIGKILL');
    } catch (error) {
      // ESRCH: nothing is left. EPERM (macOS): only zombies are left.
      const code = readErrorCode(error);
      if (code !== 'ESRCH' && code !== 'EPERM') throw error;
    }
  }

  async #exitWithin(ms: number): Promise<ExitReport | undefined> {
    const timer = new AbortController();
    const timeUp = delay(ms, undefined, { signal: timer.signal }).catch(() => undefined);
    const report = await Promise.race([this.exited, timeUp]);
    timer.abort();
    return report;
  }
}

function readLines(stream: Readable | null, onLine: (line: string) => void): void {
  if (stream === null) return;
  createInterface({ input: stream, crlfDelay: Infinity }).on('line', onLine);
}
