import type { Logger } from '../../src-node/logger.ts';
import type { ChildMessage } from '../../src-node/supervisor-protocol.ts';
import type { ChildInbox } from './child-inbox.ts';
import type { ProcessKind, ProcessTiming } from './process-kind.ts';
import type { LaunchPlan, RunningChild } from './running-child.ts';

interface WatchOptions {
  plan: LaunchPlan;
  child: RunningChild;
  inbox: ChildInbox;
  kind: ProcessKind;
  timing: ProcessTiming;
  logger: Logger;
}

export interface Watchdog {
  /** Rejects when the process has not answered for too long. Never resolves. */
  readonly hung: Promise<never>;
  /** Asks now instead of at the next turn. */
  checkNow(): void;
  stop(): void;
}

/**
 * Asks a ready process again and again whether it answers. Missed answers are counted, not seconds: a computer that
 * slept, or a supervisor that was held up itself, must not look like a hanging child.
 */
export function watchChild({ plan, child, inbox, kind, timing, logger }: WatchOptions): Watchdog {
  const over = new AbortController();
  let missedAnswers = 0;
  let isAsking = false;
  let sequence = 0;
  let reportHung: (error: Error) => void;
  const hung = new Promise<never>((_resolve, reject) => {
    reportHung = reject;
  });
  // Nobody may be racing against it any more when it rejects.
  hung.catch(() => undefined);

  const ask = async (): Promise<void> => {
    if (kind.checkAlive !== undefined) {
      const signal = AbortSignal.any([over.signal, AbortSignal.timeout(timing.aliveIntervalMs)]);
      await kind.checkAlive(plan, signal);
      return;
    }
    const asked = sequence++;
    await new Promise<void>((resolve, fail) => {
      const listen = (message: ChildMessage): void => {
        if (message.type !== 'pong' || message.sequence < asked) return;
        settle(resolve);
      };
      const timer = setTimeout(() => settle(() => fail(new Error('no answer'))), timing.aliveIntervalMs);
      const settle = (done: () => void): void => {
        clearTimeout(timer);
        inbox.off('message', listen);
        over.signal.removeEventListener('abort', stopAsking);
        done();
      };
      const stopAsking = (): void => settle(resolve);
      over.signal.addEventListener('abort', stopAsking, { once: true });
      inbox.on('message', listen);
      child.send({ type: 'ping', sequence: asked });
    });
  };

  const check = (): void => {
    if (isAsking || over.signal.aborted) return;
    isAsking = true;
    ask()
      .then(() => {
        missedAnswers = 0;
      })
      .catch((error: unknown) => {
        if (over.signal.aborted) return;
        missedAnswers += 1;
        logger.warn({ err: error, missedAnswers }, `${kind.name} does not answer`);
        if (missedAnswers >= timing.maxMissedAnswers) reportHung(new Error('does not answer any more'));
      })
      .finally(() => {
        isAsking = false;
      });
  };

  const timer = setInterval(check, timing.aliveIntervalMs);
  timer.unref();
  return {
    hung,
    checkNow: check,
    stop() {
      clearInterval(timer);
      over.abort();
    },
  };
}
