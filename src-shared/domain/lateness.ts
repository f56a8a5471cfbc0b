import { z } from 'zod';

/** What happens to a post that could not be sent on time: up to the limit it is sent late; beyond it, this. */
export const latenessPolicySchema = z.strictObject({
  limitMinutes: z
    .int()
    .min(0)
    .max(60 * 24 * 365),
  beyond: z.enum(['publish', 'ask', 'skip']),
});
export type LatenessPolicy = z.infer<typeof latenessPolicySchema>;

/** An hour late is still on the day; after that the creator is asked. */
export const defaultLateness: LatenessPolicy = { limitMinutes: 60, beyond: 'ask' };

/** Nobody notices less: a post within it is on time. */
export const onTimeMs = 60_000;

export type LatenessDecision = 'on-time' | 'publish-late' | 'ask' | 'skip';

/**
 * What the creator wants although it is late: within the usual limit at least, counted from that word, so that a line
 * which is down for a moment takes nothing back; and asked about beyond it, never skipped.
 */
export function wantedLate({ limitMinutes, beyond }: LatenessPolicy): LatenessPolicy {
  return {
    limitMinutes: Math.max(limitMinutes, defaultLateness.limitMinutes),
    beyond: beyond === 'skip' ? 'ask' : beyond,
  };
}

/** Decides about a post that is due and can be sent now. */
export function decideLateness(policy: LatenessPolicy, lateByMs: number): LatenessDecision {
  if (lateByMs <= onTimeMs) return 'on-time';
  if (lateByMs <= policy.limitMinutes * 60_000 || policy.beyond === 'publish') return 'publish-late';
  return policy.beyond;
}

/** Whether the creator has to say something before it is sent. */
export function isBeyondLimit(decision: LatenessDecision): boolean {
  return decision === 'ask' || decision === 'skip';
}
