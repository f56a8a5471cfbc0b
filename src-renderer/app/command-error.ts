import { errorCodes, isErrorCode, type ErrorCode } from '../../src-shared/domain/error-codes.ts';
import type { AppErrorDto } from '../../src-shared/domain/errors.ts';

/** An error that a command answered, in the form that the data-fetching library wants: thrown. */
export class CommandError extends Error {
  readonly dto: AppErrorDto;

  constructor(dto: AppErrorDto) {
    super(dto.userMessage);
    this.name = 'CommandError';
    this.dto = dto;
  }
}

/** What a screen shows for anything that was thrown. */
export function toErrorDto(thrown: unknown): AppErrorDto {
  if (thrown instanceof CommandError) return thrown.dto;
  return {
    code: 'bug',
    userMessage:
      'This part of the window stopped working. Nothing you saved was changed. Open it again; if it happens twice, copy the diagnostics from Settings.',
    retry: 'user',
    details: { message: thrown instanceof Error ? thrown.message : String(thrown) },
  };
}

export function errorCodeOf(dto: AppErrorDto): ErrorCode {
  return isErrorCode(dto.code) ? dto.code : 'bug';
}

export function titleOf(dto: AppErrorDto): string {
  return errorCodes[errorCodeOf(dto)].title;
}

/** True while the api process is away or starting: asking again is right, and harmless. */
export function isAway(dto: AppErrorDto): boolean {
  return dto.code === 'dependency.api-unavailable' || dto.code === 'dependency.starting';
}
