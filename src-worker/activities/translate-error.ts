import { ApplicationFailure } from '@temporalio/activity';
import { toDatabaseError } from '../../src-data/database-errors.ts';
import { AppError, toAppError } from '../../src-shared/domain/errors.ts';
import type { Logger } from '../../src-node/logger.ts';

/**
 * The one place where an error leaves the program for a workflow's history. Its code is the failure's type, its DTO
 * the first detail. Always final for Temporal: the workflow reads `retry` and decides (see workflows/with-retries.ts).
 */
export function toActivityFailure(thrown: unknown, logger: Logger): ApplicationFailure {
  const error = toAppError(toDatabaseError(thrown));
  if (error.code === 'bug') logger.error({ err: thrown }, 'an activity failed unexpectedly');
  else logger.warn({ err: error, code: error.code }, 'an activity failed');
  return ApplicationFailure.create({
    message: error.message,
    type: error.code,
    nonRetryable: true,
    details: [error.toDto()],
  });
}

/** The same error, told together with how far the work had come: that is how the workflow sees progress between tries. */
export function withProgressMark(thrown: unknown, progressMark: number): AppError {
  const error = toAppError(toDatabaseError(thrown));
  return new AppError({
    code: error.code,
    userMessage: error.userMessage,
    retry: error.retry,
    details: { ...error.details, progressMark },
    cause: error.cause ?? thrown,
  });
}
