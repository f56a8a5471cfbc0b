import { AppError } from '../../src-shared/domain/errors.ts';

/** The thing is there, but that cannot be done with it as it stands. */
export function wrongState(userMessage: string, details: Record<string, unknown>): AppError {
  return new AppError({ code: 'input.wrong-state', userMessage, retry: 'never', details });
}
