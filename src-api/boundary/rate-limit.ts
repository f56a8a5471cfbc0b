import { AppError } from '../../src-shared/domain/errors.ts';
import type { Principal, PrincipalName } from './principal.ts';

interface Allowance {
  burst: number;
  perSecond: number;
}

/** Far above what a person or a dropped folder causes; a program gone wild is held back. */
const defaultAllowance: Allowance = { burst: 5000, perSecond: 500 };

export type RateLimit = (principal: Principal) => void;

/** Fourth step: a bucket of tokens per caller that fills up again with time. */
export function createRateLimit(
  allowance: Allowance = defaultAllowance,
  nowMs: () => number = () => performance.now(),
): RateLimit {
  const buckets = new Map<PrincipalName, { tokens: number; filledAtMs: number }>();
  return (principal) => {
    const at = nowMs();
    const bucket = buckets.get(principal.name) ?? { tokens: allowance.burst, filledAtMs: at };
    const refilled = bucket.tokens + ((at - bucket.filledAtMs) / 1000) * allowance.perSecond;
    const tokens = Math.min(allowance.burst, refilled);
    if (tokens < 1) {
      throw new AppError({
        code: 'input.rate-limited',
        userMessage:
          'Too many requests came at once, so this one was not taken. Nothing was changed. Try again in a few seconds.',
        retry: 'auto',
      });
    }
    buckets.set(principal.name, { tokens: tokens - 1, filledAtMs: at });
  };
}
