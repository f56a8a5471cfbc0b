import type { RateBucketRepository } from '../../src-data/rate-buckets.ts';
import type { CommandDefinition } from '../../src-shared/contract/define-command.ts';
import { AppError } from '../../src-shared/domain/errors.ts';
import type { Principal } from './principal.ts';

export interface Allowance {
  burst: number;
  perSecond: number;
}

/** Commands of one class share an allowance: looking is cheap, work is not. */
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

export interface RateLimit {
  /** @throws AppError `input.rate-limited` with `details.retryAfterMs` */
  take: (principal: Principal, definition: CommandDefinition) => void;
  /** Keeps how much an agent has left. Call inside the transaction of what it was allowed, so that it costs no other. */
  save: (principal: Principal, definition: CommandDefinition) => void;
  /** Whether the refusal just given is the first after an allowed request: one is worth a line in the audit. */
  isFirstRefusal: (principal: Principal, definition: CommandDefinition) => boolean;
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
 * Fourth step: a bucket of tokens per caller and class of command that fills up again with time. What agents have left
 * is kept with each change they make, so that a restart does not give a burst anew.
 */
export function createRateLimit({
  buckets,
  allowances = defaultAllowances,
  now = () => new Date(),
}: RateLimitOptions): RateLimit {
  const known = new Map<string, Bucket>();

  function find(principal: Principal, definition: CommandDefinition): { bucket: Bucket; rule: Allowance } {
    const commandClass = classOf(definition);
    const rule = allowances[principal.kind === 'agent' ? 'agent' : 'other'][commandClass];
    const key = `${commandClass} ${principal.name}`;
    const at = now().getTime();
    let bucket = known.get(key);
    if (bucket === undefined) {
      const kept = principal.kind === 'agent' ? buckets.find(principal.name, commandClass) : undefined;
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
    take(principal, definition) {
      const { bucket, rule } = find(principal, definition);
      if (bucket.tokens < 1) {
        bucket.refusals += 1;
        throw rateLimited(Math.ceil(((1 - bucket.tokens) / rule.perSecond) * 1000));
      }
      bucket.tokens -= 1;
      bucket.refusals = 0;
    },

    save(principal, definition) {
      if (principal.kind !== 'agent') return;
      const { bucket } = find(principal, definition);
      buckets.save(principal.name, classOf(definition), {
        tokens: bucket.tokens,
        filledAt: new Date(bucket.filledAtMs).toISOString(),
      });
    },

    isFirstRefusal: (principal, definition) => find(principal, definition).bucket.refusals === 1,
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
