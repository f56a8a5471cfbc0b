import { createHash } from 'node:crypto';
import type { CommandDefinition } from '../../src-shared/contract/define-command.ts';

/** JSON with sorted keys: the same value always gives the same text. */
export function toCanonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([left], [right]) => (left < right ? -1 : 1)))
      : part,
  );
}

/** SHA-256 of the canonical text, 64 hexadecimal digits. */
export function hashCanonically(value: unknown): string {
  return createHash('sha256').update(toCanonicalJson(value)).digest('hex');
}

/**
 * What stands for a call in the audit and beside an idempotency key. Secrets are left out: from the hash of a short
 * passphrase the passphrase could be found by trying.
 */
export function hashRequest(definition: CommandDefinition, command: string, input: unknown): string {
  const { secretInputs = [] } = definition;
  if (secretInputs.length === 0 || typeof input !== 'object' || input === null) {
    return hashCanonically({ command, input });
  }
  const shown = Object.entries(input).filter(([field]) => !secretInputs.includes(field));
  return hashCanonically({ command, input: Object.fromEntries(shown) });
}
