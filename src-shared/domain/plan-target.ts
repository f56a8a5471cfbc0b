import type { TargetState } from './post.ts';

/** What is known of a target when its next step is decided; instants in milliseconds. */
export interface TargetFacts {
  state: TargetState;
  /** Null for a draft without a time. */
  dueAtMs: number | null;
  turnAtMs: number | null;
  nextTryAtMs: number | null;
  /** Waits for the account, which has no time. */
  isBlocked: boolean;
  leaseUntilMs: number | null;
  isFrozen: boolean;
  prepareCount: number;
  metricsDueAtMs: number | null;
}

export type TargetStep =
  | { kind: 'prepare' }
  | { kind: 'publish' }
  | { kind: 'measure' }
  | { kind: 'delete' }
  | { kind: 'wait'; untilMs: number }
  | { kind: 'over' };

/** Media is fitted and uploaded this long before the due time. */
export const prepareAheadMs = 10 * 60_000;

/** What cannot be prepared ahead is prepared when it is due. */
const prepareLimit = 3;

/** A blocked target is woken when its account is connected again; this is for a wake-up that was lost. */
const lookAgainMs = 15 * 60_000;

/** The next step of a target, from nothing but what is recorded. */
export function planTarget(target: TargetFacts, nowMs: number): TargetStep {
  switch (target.state) {
    case 'waiting':
      return planWaiting(target, nowMs);
    case 'preparing':
    case 'publishing':
      return planInHand(target, nowMs);
    case 'published':
      if (target.metricsDueAtMs === null) return { kind: 'over' };
      return at(target.metricsDueAtMs, nowMs, 'measure');
    case 'deleting':
      return planDeletion(target, nowMs);
    case 'draft':
    case 'unconfirmed':
    case 'failed':
    case 'cancelled':
    case 'deleted':
    case 'missed':
    case 'needs-decision':
    case 'to-mark':
      return { kind: 'over' };
  }
}

function planWaiting(target: TargetFacts, nowMs: number): TargetStep {
  const { dueAtMs, turnAtMs } = target;
  if (dueAtMs === null) return { kind: 'over' };
  if (target.isBlocked) return { kind: 'wait', untilMs: nowMs + lookAgainMs };
  const tryAtMs = target.nextTryAtMs ?? 0;
  if (dueAtMs > nowMs) {
    if (target.isFrozen || target.prepareCount >= prepareLimit) return { kind: 'wait', untilMs: dueAtMs };
    return at(Math.min(dueAtMs, Math.max(dueAtMs - prepareAheadMs, tryAtMs)), nowMs, 'prepare');
  }
  // Without a turn it was not looked at since it came due: the caller gives it one and asks again.
  return at(Math.max(turnAtMs ?? nowMs, tryAtMs), nowMs, 'publish');
}

/** Somebody has it. Once the lease has run out nobody has, and it is taken up again. */
function planInHand({ state, dueAtMs, leaseUntilMs }: TargetFacts, nowMs: number): TargetStep {
  const isAhead = state === 'preparing' && dueAtMs !== null && dueAtMs > nowMs;
  return at(leaseUntilMs ?? nowMs, nowMs, isAhead ? 'prepare' : 'publish');
}

function planDeletion({ isBlocked, nextTryAtMs, leaseUntilMs }: TargetFacts, nowMs: number): TargetStep {
  if (isBlocked) return { kind: 'wait', untilMs: nowMs + lookAgainMs };
  return at(Math.max(nextTryAtMs ?? nowMs, leaseUntilMs ?? nowMs), nowMs, 'delete');
}

function at(untilMs: number, nowMs: number, kind: 'prepare' | 'publish' | 'measure' | 'delete'): TargetStep {
  return untilMs > nowMs ? { kind: 'wait', untilMs } : { kind };
}
