import { EventEmitter } from 'node:events';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { AppError } from '../../src-shared/domain/errors.ts';
import { toDataFolderError, type DataFolder } from '../../src-node/data-folder.ts';
import type { Logger } from '../../src-node/logger.ts';
import { requireNativePart, type NativePart } from '../../src-node/native-parts.ts';
import type { ReadyDetails } from '../../src-node/supervisor-protocol.ts';
import { temporalNamespace } from '../../src-shared/domain/workflows.ts';
import { buildSystemEnvironment } from './child-environment.ts';
import { findFreePorts, isPortFree } from './free-port.ts';
import type { ProcessKind } from './process-kind.ts';
import { endOrphan, forgetProcess, reapOrphan, recordProcess, type RecordPlace } from './process-records.ts';
import { RunningChild, type ExitReport, type LaunchPlan } from './running-child.ts';
import { findStrayServers } from './stray-servers.ts';
import { temporalHost, toServerArguments } from './temporal-arguments.ts';
import { checkTemporalServes, waitUntilTemporalServes } from './temporal-health.ts';
import { TemporalStore, type TemporalRebuild } from './temporal-store.ts';
import { within } from './waiting.ts';

const creationLabel = 'temporal-creating';
const creationDeadlineMs = 60_000;

/** In one run of the app. */
const maxCorruptRebuilds = 3;

/** Finished workflows stay readable for a year instead of a day. */
const retention = '365d';

/**
 * What the server says of a file it cannot use. The number in brackets is SQLite's code as the server's driver prints
 * it; without it the same words in a workflow's own error would be taken for damage.
 */
const damagePattern =
  /database disk image is malformed \(11\)|file is not a database \(26\)|no such (?:table|column): .*\(1\)/;
const diskFullPattern = /database or disk is full \(13\)/;

interface TemporalEvents {
  /** The frontend is at another `host:port` than before. */
  address: [address: string];
  /** The file was made anew and is empty. Also on the very first start, with the reason `missing`. */
  rebuilt: [rebuild: TemporalRebuild];
  /** A running server has found its file damaged: it should be restarted, which makes a new one. */
  damaged: [];
}

export interface TemporalOptions {
  dataFolder: DataFolder;
  logger: Logger;
  env: NodeJS.ProcessEnv;
}

const run = promisify(execFile);

/**
 * The Temporal development server with a file of its own. It works around what that server does not do itself: its
 * file is made in a staging folder, recognised when damaged or of another version and then made anew (everything in
 * it can be armed again from our database), locked, and reachable from this computer's programs only.
 */
export class TemporalKind extends EventEmitter<TemporalEvents> implements ProcessKind {
  readonly name = 'temporal';
  readonly store: TemporalStore;
  readonly #options: TemporalOptions;
  #port: number | undefined;
  #isDamaged = false;
  #isDiskFull = false;
  #corruptRebuilds = 0;

  constructor(options: TemporalOptions) {
    super();
    this.#options = options;
    this.store = new TemporalStore(options.dataFolder.temporalFolder);
  }

  /** `host:port` of the frontend: known before the server runs, and the same after a restart wherever possible. */
  async reserveAddress(): Promise<string> {
    if (this.#port === undefined) {
      const [port] = await findFreePorts(1);
      this.#port ??= port;
    }
    return `${temporalHost}:${this.#port ?? 0}`;
  }

  async prepare(signal: AbortSignal, reportStatus: (message: string | null) => void): Promise<LaunchPlan> {
    const part = await this.#findPart();
    await this.#endLeftovers(part);
    try {
      await this.#makeStoreUsable(part, signal, reportStatus);
    } catch (error) {
      throw toDataFolderError(error, this.#options.dataFolder.temporalFolder);
    }
    this.#refuseFullDisk();
    reportStatus(null);
    const port = await this.#settlePort();
    return this.#plan(part, port, this.#options.dataFolder.temporalFolder);
  }

  async waitUntilReady(plan: LaunchPlan, signal: AbortSignal): Promise<ReadyDetails> {
    await waitUntilTemporalServes(portOf(plan), signal);
    return {};
  }

  async checkAlive(plan: LaunchPlan, signal: AbortSignal): Promise<void> {
    await checkTemporalServes(portOf(plan), signal);
  }

  onLine(line: string): void {
    if (!damagePattern.test(line) || this.#isDamaged) return;
    this.#isDamaged = true;
    this.emit('damaged');
  }

  onUnexpectedExit(report: ExitReport): void {
    this.#isDiskFull = report.outputTail.some((line) => diskFullPattern.test(line));
  }

  async #makeStoreUsable(
    part: NativePart,
    signal: AbortSignal,
    reportStatus: (message: string | null) => void,
  ): Promise<void> {
    const reason = this.#isDamaged ? 'corrupt' : await this.store.findReasonToRebuild(part.version);
    if (reason === undefined) return;
    if (reason === 'corrupt') this.#refuseEndlessRebuilds();
    reportStatus(
      reason === 'missing'
        ? 'The work engine is being prepared.'
        : 'The work engine is being made anew from your library. Nothing you saved is lost.',
    );
    const rebuild = await this.store.rebuild(reason, part.version, (folder) =>
      this.#fill(part, folder, signal),
    );
    this.#isDamaged = false;
    this.#options.logger.warn({ rebuild }, "made the work engine's file");
    this.emit('rebuilt', rebuild);
  }

  /** Runs a server in the folder until its database and our namespace are complete. */
  async #fill(part: NativePart, folder: string, signal: AbortSignal): Promise<void> {
    const { logger } = this.#options;
    const [port] = await findFreePorts(1);
    if (port === undefined) throw new Error('no free port');
    const plan = await this.#plan(part, port, folder);
    const child = await RunningChild.launch(plan, {
      onLine: (line) => {
        if (diskFullPattern.test(line)) this.#isDiskFull = true;
        logger.info({ source: creationLabel }, line);
      },
      onMessage: () => undefined,
    });
    try {
      await recordProcess(this.#creationPlace, child.pid);
      const ended = child.exited.then(({ outputTail }) => {
        throw new Error(`the server ended while its file was made: ${outputTail.at(-1) ?? 'no output'}`);
      });
      await within(creationDeadlineMs, signal, (cancel) =>
        Promise.race([this.#raiseRetention(part, port, cancel), ended]),
      );
    } catch (error) {
      this.#refuseFullDisk();
      throw error;
    } finally {
      // Its schema and namespace are complete and on the disk (`synchronous=full`): stopping in good order would only
      // make the first start more than a second longer.
      await child.kill();
      await forgetProcess(this.#creationPlace);
    }
  }

  async #raiseRetention(part: NativePart, port: number, signal: AbortSignal): Promise<void> {
    await waitUntilTemporalServes(port, signal);
    const args = [
      'operator',
      'namespace',
      'update',
      '--namespace',
      temporalNamespace,
      '--retention',
      retention,
    ];
    const connection = [
      '--address',
      `${temporalHost}:${port}`,
      '--disable-config-file',
      '--disable-config-env',
    ];
    await run(part.path, [...args, ...connection], {
      env: buildSystemEnvironment(this.#options.env),
      signal,
    });
  }

  get #creationPlace(): RecordPlace {
    const { dataFolder, logger } = this.#options;
    return { dataFolder, label: creationLabel, logger };
  }

  /** A server that still runs on our file holds its lock, so that no other could start. */
  async #endLeftovers(part: NativePart): Promise<void> {
    const { dataFolder, logger } = this.#options;
    await reapOrphan(this.#creationPlace);
    const strays = await findStrayServers(part.path, dataFolder.temporalFolder);
    if (strays.length > 0) logger.warn({ strays }, 'ending servers that an earlier run left behind');
    await Promise.all(strays.map(endOrphan));
  }

  async #settlePort(): Promise<number> {
    const present = this.#port;
    if (present !== undefined && (await isPortFree(present))) return present;
    const [port] = await findFreePorts(1);
    if (port === undefined) throw new Error('no free port');
    this.#port = port;
    if (present !== undefined) this.emit('address', `${temporalHost}:${port}`);
    return port;
  }

  /** A disk that damages every file is not mended by another one. */
  #refuseEndlessRebuilds(): void {
    this.#corruptRebuilds += 1;
    if (this.#corruptRebuilds <= maxCorruptRebuilds) return;
    this.#corruptRebuilds = 0;
    throw new AppError({
      code: 'dependency.process-failed',
      userMessage:
        "The work engine's file was damaged again and again, so it is not made anew any more. Your library is kept. Check the disk that holds it, then try again.",
      retry: 'user',
    });
  }

  #refuseFullDisk(): void {
    if (!this.#isDiskFull) return;
    this.#isDiskFull = false;
    throw new AppError({
      code: 'storage.disk-full',
      userMessage: `The disk that holds ${this.#options.dataFolder.root} is full, so the work engine cannot write. Everything saved so far is kept and goes on by itself: free some space, then try again.`,
      retry: 'user',
    });
  }

  async #findPart(): Promise<NativePart> {
    const part = requireNativePart('temporal', this.#options.env);
    if (part.version !== 'unknown') return part;
    const { stdout } = await run(part.path, ['--version'], {
      env: buildSystemEnvironment(this.#options.env),
    });
    return { ...part, version: /\d+\.\d+\.\d+/.exec(stdout)?.[0] ?? stdout.trim() };
  }

  async #plan(part: NativePart, port: number, cwd: string): Promise<LaunchPlan> {
    const [httpPort = 0, metricsPort = 0] = await findFreePorts(2);
    return {
      file: part.path,
      args: toServerArguments({ port, httpPort, metricsPort, logLevel: 'warn' }),
      cwd,
      env: buildSystemEnvironment(this.#options.env),
      usesIpc: false,
      version: part.version,
      port,
    };
  }
}

function portOf(plan: LaunchPlan): number {
  if (plan.port === null) throw new Error('Temporal was planned without a port');
  return plan.port;
}
