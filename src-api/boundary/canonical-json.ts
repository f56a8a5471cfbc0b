import { createHash } from 'node:crypto';

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
