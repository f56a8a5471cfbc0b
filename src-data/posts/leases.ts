import type { TargetRow } from './post-store.ts';

/** Far longer than any try asks for: what ends later was given by a clock that was ahead, and would hold up everybody. */
export const longestLeaseMs = 60_000;

/** Whether somebody has it in hand. */
export function isHeld({ leaseUntil }: Pick<TargetRow, 'leaseUntil'>, at: Date): boolean {
  if (leaseUntil === null) return false;
  const leftMs = Date.parse(leaseUntil) - at.getTime();
  return leftMs > 0 && leftMs <= longestLeaseMs;
}
