import { isErrorCode, type ErrorCode } from '../../src-shared/domain/error-codes.ts';

type ErrorStatus = 400 | 403 | 404 | 409 | 422 | 429 | 500 | 503 | 507;

const exactStatus: Partial<Record<ErrorCode, ErrorStatus>> = {
  'input.invalid': 400,
  'input.not-allowed': 403,
  'input.not-found': 404,
  'input.conflict': 409,
  'input.wrong-state': 409,
  'input.rate-limited': 429,
  'input.over-budget': 429,
  'storage.disk-full': 507,
  'storage.in-use': 409,
  bug: 500,
};

/** The HTTP status that says about the same as an error's code; the code itself stands in the body. */
export function httpStatusOf(code: string): ErrorStatus {
  if (!isErrorCode(code)) return 500;
  return exactStatus[code] ?? (code.startsWith('dependency.') ? 503 : 422);
}
