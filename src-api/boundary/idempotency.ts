import type { IdempotencyRepository } from '../../src-data/idempotency.ts';
import { deriveKey } from '../../src-node/secrets/seal.ts';
import type { CommandDefinition } from '../../src-shared/contract/define-command.ts';
import { AppError } from '../../src-shared/domain/errors.ts';
import type { CommandName } from '../../src-shared/contract/registry.ts';
import { hashCanonically, toCanonicalJson } from './canonical-json.ts';
import type { Principal } from './principal.ts';

export interface KeyedRequest {
  principal: Principal;
  command: CommandName;
  /** For the audit; says nothing of secrets. */
  inputHash: string;
  /** What the key is bound to: all of the input. */
  bodyHash: string;
  idempotencyKey: string | undefined;
}

/**
 * What a key is bound to. A secret counts like the rest of the input, or a new password sent with an old key would get
 * the answer about the old one; but by a hash so dear that the secret cannot be found by trying.
 */
export async function hashBody(
  { secretInputs = [] }: CommandDefinition,
  { principal, inputHash, idempotencyKey }: Pick<KeyedRequest, 'principal' | 'inputHash' | 'idempotencyKey'>,
  input: unknown,
): Promise<string> {
  if (idempotencyKey === undefined || typeof input !== 'object' || input === null) return inputHash;
  const secrets = Object.entries(input).filter(([field]) => secretInputs.includes(field));
  if (secrets.length === 0) return inputHash;
  const salt = Buffer.from(`${principal.name} ${idempotencyKey}`);
  const derived = await deriveKey(toCanonicalJson(Object.fromEntries(secrets)), salt);
  return hashCanonically({ inputHash, secrets: derived.toString('base64') });
}

/**
 * Fifth step: the same key with the same request gives the first answer again; with another request it is refused.
 * Asked once before the work, and again inside the transaction, where of many at once the first one decides.
 */
export function findEarlierAnswer(
  repository: IdempotencyRepository,
  { principal, command, bodyHash, idempotencyKey }: KeyedRequest,
): { answer: unknown } | undefined {
  if (idempotencyKey === undefined) return undefined;
  const earlier = repository.find(principal.name, idempotencyKey);
  if (earlier === undefined) return undefined;
  if (earlier.command === command && earlier.bodyHash === bodyHash) return { answer: earlier.answer };
  throw new AppError({
    code: 'input.conflict',
    userMessage:
      'This request carries the key of an earlier one that asked for something else. Nothing was changed. Send it with a key of its own.',
    retry: 'never',
    details: { command, earlierCommand: earlier.command },
  });
}
