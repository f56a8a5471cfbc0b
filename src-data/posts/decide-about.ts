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
  {
    expectedAt,
    lateAcceptedAt,
    maybeSentAt,
  }: Pick<TargetRow, 'expectedAt' | 'lateAcceptedAt' | 'maybeSentAt'>,
  at: Date,
): LatenessDecision {
  // What may be there already is looked after, however late.
  if (maybeSentAt !== null) return 'on-time';
  const countsFrom = laterOf(laterOf(dueAt, expectedAt), lateAcceptedAt);
  const lateByMs = countsFrom === null ? 0 : at.getTime() - Date.parse(countsFrom);
  return decideLateness(lateAcceptedAt === null ? lateness : wantedLate(lateness), lateByMs);
}

/** Whether it must not be sent any more without a word of the creator. */
export function isTooLate(...known: Parameters<typeof decideAbout>): boolean {
  return isBeyondLimit(decideAbout(...known));
}
