import { createHash } from 'node:crypto';
import { TID } from '@atproto/common-web';

/** Keys are spread over so many microseconds before a post was written, so that two posts never have the same. */
const spreadUs = 3_600_000_000n;
const clockIds = 1_024n;

/**
 * The keys of the posts of a thread. They follow from the target alone: what is made anew, after an edit or out of a
 * restored backup, has the keys of what was sent before, and is found by them. They are as Bluesky itself makes them, a
 * time in microseconds and the number of a clock (https://atproto.com/specs/tid), and never lie in the future.
 */
export function keysOfThread(
  { targetId, writtenAt }: { targetId: string; writtenAt: string },
  count: number,
): string[] {
  const chance = createHash('sha256').update(targetId).digest().readBigUInt64BE();
  const clockId = Number(chance % clockIds);
  const firstUs = Date.parse(writtenAt) * 1_000 - Number((chance / clockIds) % spreadUs);
  return Array.from({ length: count }, (_, index) => TID.fromTime(firstUs + index, clockId).toString());
}
