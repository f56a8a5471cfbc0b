import {
  decideLateness,
  isBeyondLimit,
  wantedLate,
  type LatenessDecision,
} from '../../src-shared/domain/lateness.ts';
import { laterOf, type PostRow, type TargetRow } from './post-store.ts';

/** What becomes of a target that is due, by nothing but what is recorded. */
export function decideAbout(
  { dueAt, lateness }: Pick<PostRow, 'dueAt' | 'lateness'>,
  { turnAt, lateAcceptedAt, maybeSentAt }: Pick<TargetRow, 'turnAt' | 'lateAcceptedAt' | 'maybeSentAt'>,
  at: Date,
): LatenessDecision {
  // What may be there already is looked after, however late.
  if (maybeSentAt !== null) return 'on-time';
  const expectedAt = laterOf(laterOf(dueAt, turnAt), lateAcceptedAt);
  const lateByMs = expectedAt === null ? 0 : at.getTime() - Date.parse(expectedAt);
  return decideLateness(lateAcceptedAt === null ? lateness : wantedLate(lateness), lateByMs);
}

/** Whether it must not be sent any more without a word of the creator. */
export function isTooLate(...known: Parameters<typeof decideAbout>): boolean {
  return isBeyondLimit(decideAbout(...known));
}
