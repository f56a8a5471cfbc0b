import type { IdempotencyRepository } from '../../src-data/idempotency.ts';
import { AppError } from '../../src-shared/domain/errors.ts';
import type { CommandName } from '../../src-shared/contract/registry.ts';
import type { Principal } from './principal.ts';

export interface KeyedRequest {
  principal: Principal;
  command: CommandName;
  inputHash: string;
  idempotencyKey: string | undefined;
}

/**
 * Fifth step: the same key with the same request gives the first answer again; with another request it is refused.
 * Asked once before the work, and again inside the transaction, where of many at once the first one decides.
 */
export function findEarlierAnswer(
  repository: IdempotencyRepository,
  { principal, command, inputHash, idempotencyKey }: KeyedRequest,
): { answer: unknown } | undefined {
  if (idempotencyKey === undefined) return undefined;
  const earlier = repository.find(principal.name, idempotencyKey);
  if (earlier === undefined) return undefined;
  if (earlier.command === command && earlier.bodyHash === inputHash) return { answer: earlier.answer };
  throw new AppError({
    code: 'input.conflict',
    userMessage:
      'This request carries the key of an earlier one that asked for something else. Nothing was changed. Send it with a key of its own.',
    retry: 'never',
    details: { command, earlierCommand: earlier.command },
  });
}
