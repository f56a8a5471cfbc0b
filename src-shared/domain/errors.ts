import { z } from 'zod';
import { errorCodes, isErrorCode, type ErrorCode } from './error-codes.ts';

/** Who may try again: the program by itself, the person by an action, or nobody. */
export const retryPolicySchema = z.enum(['auto', 'user', 'never']);
export type RetryPolicy = z.infer<typeof retryPolicySchema>;

/** The form in which an error crosses a process boundary. `userMessage` says what happened, what was kept and what to do. */
export const appErrorDtoSchema = z.strictObject({
  code: z.string(),
  userMessage: z.string(),
  retry: retryPolicySchema,
  details: z.record(z.string(), z.unknown()).optional(),
});
export type AppErrorDto = z.infer<typeof appErrorDtoSchema>;

export interface AppErrorOptions {
  code: ErrorCode;
  /** One or two plain sentences: what happened, what was kept, what to do. */
  userMessage: string;
  retry: RetryPolicy;
  /** Facts for the log and for support; never a secret. */
  details?: Record<string, unknown>;
  cause?: unknown;
}

/** An expected failure. Anything else that is thrown is a bug and is reported as one. */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly userMessage: string;
  readonly retry: RetryPolicy;
  readonly details: Record<string, unknown> | undefined;

  constructor(options: AppErrorOptions) {
    super(
      `${options.code}: ${options.userMessage}`,
      options.cause === undefined ? undefined : { cause: options.cause },
    );
    this.name = 'AppError';
    this.code = options.code;
    this.userMessage = options.userMessage;
    this.retry = options.retry;
    this.details = options.details;
  }

  toDto(): AppErrorDto {
    return {
      code: this.code,
      userMessage: this.userMessage,
      retry: this.retry,
      ...(this.details === undefined ? {} : { details: this.details }),
    };
  }
}

/** What crosses a process boundary instead of an exception. */
export type Result<Value> = { ok: true; value: Value } | { ok: false; error: AppErrorDto };

/**
 * Turns anything thrown into an {@link AppError}. What is not one already becomes `bug`: its message goes into
 * `details` for the log, and the person reads that their data is safe and what to do.
 */
export function toAppError(thrown: unknown): AppError {
  if (thrown instanceof AppError) return thrown;
  return new AppError({
    code: 'bug',
    userMessage:
      'Something went wrong inside Longhand. Nothing you saved was changed. Try again; if it happens twice, copy the diagnostics from Settings.',
    retry: 'user',
    details: { message: thrown instanceof Error ? thrown.message : String(thrown) },
    cause: thrown,
  });
}

/** Rebuilds an error received from another process. A code this version does not know is reported as a bug. */
export function fromAppErrorDto(dto: AppErrorDto): AppError {
  return new AppError({
    code: isErrorCode(dto.code) ? dto.code : 'bug',
    userMessage: dto.userMessage,
    retry: dto.retry,
    ...(dto.details === undefined ? {} : { details: dto.details }),
  });
}

/** The short heading under which an error is shown. */
export function errorTitle(code: string): string {
  return isErrorCode(code) ? errorCodes[code].title : errorCodes.bug.title;
}
