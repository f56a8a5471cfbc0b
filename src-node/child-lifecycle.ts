import { z } from 'zod';
import { toAppError } from '../src-shared/domain/errors.ts';
import type { Logger } from './logger.ts';
import {
  supervisorMessageSchema,
  type ChildMessage,
  type ReadyDetails,
  type ShutdownReason,
  type SupervisorMessage,
} from './supervisor-protocol.ts';

/** What a child hears of; `shutdown` and `ping` are dealt with by the connection itself. */
export type SupervisorNews = Exclude<SupervisorMessage, { type: 'shutdown' } | { type: 'ping' }>;

export interface SupervisorConnection {
  /** False where the process was started by hand: nothing is sent, and signals alone end it. */
  readonly isSupervised: boolean;
  reportReady(details?: ReadyDetails): void;
  /** A plain sentence for the person about what this process does now; null clears it. */
  reportStatus(message: string | null): void;
  /**
   * Ends this process at once because it cannot go on, and lets the person know why. After an AppError whose retry is
   * not `auto` it is started again only by the person, or minutes later; after a bug as after any crash.
   */
  reportFailure(thrown: unknown): void;
  send(message: ChildMessage): void;
  /** Messages that came before the first listener are kept for it. Returns the unsubscribe. */
  onMessage(listener: (message: SupervisorNews) => void): () => void;
  /** Ends this process in the orderly way, as if the supervisor had asked. */
  shutDown(reason: ShutdownReason): void;
}

export interface ConnectOptions {
  logger: Logger;
  /** Stops taking work and settles what must be settled. The process ends after it, or after the grace. */
  onShutdown: (reason: ShutdownReason) => Promise<void> | void;
}

/** With the supervisor gone nobody waits for us, and a new one may already start: be quick. */
const parentGoneGraceMs = 3000;
const signalGraceMs = 8000;

/**
 * Ties this process to its supervisor. Call it first thing in `api` and `worker`: from then on the process ends when
 * asked, on SIGTERM, and when the supervisor is gone (the IPC channel closes), each time after `onShutdown` or its
 * grace, whichever comes first.
 */
export function connectToSupervisor({ logger, onShutdown }: ConnectOptions): SupervisorConnection {
  const isSupervised = process.send !== undefined;
  const listeners = new Set<(message: SupervisorNews) => void>();
  const unheard: SupervisorNews[] = [];
  let isShuttingDown = false;

  const shutDown = (reason: ShutdownReason, graceMs: number): void => {
    if (isShuttingDown) return;
    isShuttingDown = true;
    logger.info({ reason, graceMs }, 'ending');
    const deadline = setTimeout(() => {
      logger.warn({ graceMs }, 'ending by force: the grace is over');
      process.exit(1);
    }, graceMs);
    Promise.resolve(onShutdown(reason))
      .then(() => 0)
      .catch((error: unknown) => {
        logger.error({ err: error }, 'could not end in good order');
        return 1;
      })
      .then((exitCode) => {
        clearTimeout(deadline);
        logger.flush(() => process.exit(exitCode));
      })
      .catch((error: unknown) => {
        process.stderr.write(`${String(error)}\n`);
        process.exit(1);
      });
  };

  const send = (message: ChildMessage, onSent: () => void = () => undefined): void => {
    if (!process.connected || process.send === undefined) {
      onSent();
      return;
    }
    process.send(message, undefined, undefined, (error) => {
      // The channel may close at any time; its `disconnect` event ends this process.
      if (error) logger.debug({ err: error, type: message.type }, 'the supervisor cannot be reached');
      onSent();
    });
  };

  const reportFailure = (thrown: unknown): void => {
    const error = toAppError(thrown);
    logger.error({ err: thrown }, 'cannot go on');
    if (!isSupervised) process.stderr.write(`${error.userMessage}\n`);
    send({ type: 'failed', error: error.toDto() }, () => logger.flush(() => process.exit(1)));
  };

  const receive = (raw: unknown): void => {
    const parsed = supervisorMessageSchema.safeParse(raw);
    if (!parsed.success) {
      logger.warn({ problem: z.prettifyError(parsed.error) }, 'dropped a message that does not fit');
      return;
    }
    const message = parsed.data;
    if (message.type === 'shutdown') shutDown('asked', message.graceMs);
    else if (message.type === 'ping') send({ type: 'pong', sequence: message.sequence });
    else if (listeners.size === 0) unheard.push(message);
    else for (const listener of listeners) listener(message);
  };

  process.on('SIGTERM', () => shutDown('signal', signalGraceMs));
  if (isSupervised) {
    process.on('message', receive);
    process.on('disconnect', () => shutDown('parent-gone', parentGoneGraceMs));
    // Ctrl+C in a terminal reaches the whole group; the supervisor then asks its children in the right order.
    process.on('SIGINT', () => logger.debug('left SIGINT to the supervisor'));
    // The channel may have closed while this file was being loaded, before anyone listened.
    if (!process.connected) setImmediate(() => shutDown('parent-gone', parentGoneGraceMs));
  } else {
    process.on('SIGINT', () => shutDown('signal', signalGraceMs));
  }

  return {
    isSupervised,
    reportReady: (details = {}) => send({ type: 'ready', details }),
    reportStatus: (message) => send({ type: 'status', message }),
    reportFailure,
    send: (message) => send(message),
    onMessage(listener) {
      listeners.add(listener);
      for (const message of unheard.splice(0)) listener(message);
      return () => listeners.delete(listener);
    },
    shutDown: (reason) => shutDown(reason, signalGraceMs),
  };
}
