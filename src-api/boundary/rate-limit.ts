import type { RateBucketRepository } from '../../src-data/rate-buckets.ts';
import type { CommandDefinition } from '../../src-shared/contract/define-command.ts';
import type { CommandName } from '../../src-shared/contract/registry.ts';
import { AppError } from '../../src-shared/domain/errors.ts';
import type { Principal } from './principal.ts';

export interface Allowance {
  burst: number;
  perSecond: number;
}

/** How much of a command is allowed: looking is cheap, work is not. */
export type CommandClass = 'look' | 'change' | 'work';

export type Allowances = Readonly<Record<'agent' | 'other', Readonly<Record<CommandClass, Allowance>>>>;

/** Far above what a person or a dropped folder causes. */
const ample: Allowance = { burst: 5000, perSecond: 500 };

/** A program gone wild is held back; an agent at work does not notice. */
export const defaultAllowances: Allowances = {
  agent: {
    look: { burst: 600, perSecond: 20 },
    change: { burst: 240, perSecond: 4 },
    work: { burst: 240, perSecond: 4 },
  },
  other: { look: ample, change: ample, work: ample },
};

export interface LimitedCall {
  principal: Principal;
  command: CommandName;
  definition: CommandDefinition;
}

export interface RateLimit {
  /** @throws AppError `input.rate-limited` with `details.retryAfterMs` */
  take: (call: LimitedCall) => void;
  /** Keeps how much an agent has left. Call inside the transaction of what it was allowed, so that it costs no other. */
  save: (call: LimitedCall) => void;
  /** Whether the refusal just given is the first after an allowed request: one is worth a line in the audit. */
  isFirstRefusal: (call: LimitedCall) => boolean;
}

interface Bucket {
  tokens: number;
  filledAtMs: number;
  refusals: number;
}

export interface RateLimitOptions {
  buckets: RateBucketRepository;
  allowances?: Allowances;
  now?: () => Date;
}

/**
 * Fourth step: a bucket of tokens per caller and command that fills up again with time, so that whoever is held back
 * from asking for more can still cancel. What agents have left is kept with each change they make, so that a restart
 * does not give a burst anew.
 */
export function createRateLimit({
  buckets,
  allowances = defaultAllowances,
  now = () => new Date(),
}: RateLimitOptions): RateLimit {
  const known = new Map<string, Bucket>();

  function find({ principal, command, definition }: LimitedCall): { bucket: Bucket; rule: Allowance } {
    const rule = allowances[principal.kind === 'agent' ? 'agent' : 'other'][classOf(definition)];
    const key = `${command} ${principal.name}`;
    const at = now().getTime();
    let bucket = known.get(key);
    if (bucket === undefined) {
      const kept = principal.kind === 'agent' ? buckets.find(principal.name, command) : undefined;
      bucket = {
        tokens: kept?.tokens ?? rule.burst,
        filledAtMs: kept === undefined ? at : Date.parse(kept.filledAt),
        refusals: 0,
      };
      known.set(key, bucket);
    }
    // A clock that was set back gives nothing and takes nothing.
    const elapsedMs = Math.max(0, at - bucket.filledAtMs);
    bucket.tokens = Math.min(rule.burst, bucket.tokens + (elapsedMs / 1000) * rule.perSecond);
    bucket.filledAtMs = at;
    return { bucket, rule };
  }

  return {
    take(call) {
      const { bucket, rule } = find(call);
      if (bucket.tokens < 1) {
        bucket.refusals += 1;
        throw rateLimited(Math.ceil(((1 - bucket.tokens) / rule.perSecond) * 1000));
      }
      bucket.tokens -= 1;
      bucket.refusals = 0;
    },

    save(call) {
      const { principal, command } = call;
      if (principal.kind !== 'agent') return;
      const { bucket } = find(call);
      buckets.save(principal.name, command, {
        tokens: bucket.tokens,
        filledAt: new Date(bucket.filledAtMs).toISOString(),
      });
    },

    isFirstRefusal: (call) => find(call).bucket.refusals === 1,
  };
}

function classOf({ mode, changesState }: CommandDefinition): CommandClass {
  if (mode !== 'think') return 'work';
  return changesState ? 'change' : 'look';
}

function rateLimited(retryAfterMs: number): AppError {
  const seconds = Math.ceil(retryAfterMs / 1000);
  return new AppError({
    code: 'input.rate-limited',
    userMessage: `Too many requests came at once, so this one was not taken. Nothing was changed. Try again in ${
      seconds === 1 ? 'a second' : `${seconds} seconds`
    }.`,
    retry: 'auto',
    details: { retryAfterMs },
  });
}
