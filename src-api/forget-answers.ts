import { createIdempotencyRepository } from '../src-data/idempotency.ts';
import type { LibraryDatabase } from '../src-data/database.ts';
import type { Logger } from '../src-node/logger.ts';

/** Within it a repeated request gets the first answer again. */
const rememberForMs = 30 * 24 * 3_600_000;
/** The library of a computer that is never switched off must not grow for ever. */
const lookEveryMs = 3_600_000;

export interface AnswerForgetter {
  /** Never throws: a failure is in the log, and is tried again. */
  look: () => void;
  stop: () => void;
}

/** Forgets the answers to repeated requests once they are old: at the start, and every hour. */
export function forgetOldAnswers(
  database: LibraryDatabase,
  { logger, now }: { logger: Logger; now: () => Date },
): AnswerForgetter {
  const idempotency = createIdempotencyRepository(database, now);
  function look(): void {
    try {
      idempotency.forgetBefore(new Date(now().getTime() - rememberForMs));
    } catch (error) {
      logger.warn({ err: error }, 'old answers could not be forgotten; it is tried again');
    }
  }
  look();
  const timer = setInterval(look, lookEveryMs);
  return { look, stop: () => clearInterval(timer) };
}
