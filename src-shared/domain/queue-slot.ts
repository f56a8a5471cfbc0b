import { DateTime } from 'luxon';
import { z } from 'zod';
import { resolveTime } from './due-time.ts';
import type { DueTime } from './post.ts';

/** A time of the week at which an account likes to publish: wall-clock time in the creator's zone. */
export const queueSlotSchema = z.strictObject({
  /** 1 is Monday. */
  weekday: z.int().min(1).max(7),
  time: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/),
});
export type QueueSlot = z.infer<typeof queueSlotSchema>;

export const accountQueueSchema = z.strictObject({
  accountId: z.uuid(),
  zone: z.string(),
  slots: z.array(queueSlotSchema).max(200),
});
export type AccountQueue = z.infer<typeof accountQueueSchema>;

/** Two years of one post a week. */
const longestLookDays = 2 * 366;

/**
 * The first slot after an instant that nothing has taken. Slots are wall-clock times: 10:00 stays 10:00 when the clocks
 * change. Null where there are no slots, or none is free for two years.
 */
export function findFreeSlot(
  { zone, slots }: Pick<AccountQueue, 'zone' | 'slots'>,
  after: Date,
  isTaken: (dueAt: string) => boolean,
): DueTime | null {
  const sorted = slots.toSorted((left, right) => left.time.localeCompare(right.time));
  const first = DateTime.fromJSDate(after, { zone }).startOf('day');
  for (let day = 0; day < longestLookDays && sorted.length > 0; day += 1) {
    const date = first.plus({ days: day });
    for (const slot of sorted) {
      if (slot.weekday !== date.weekday) continue;
      const { due } = resolveTime(`${date.toFormat('yyyy-MM-dd')}T${slot.time}`, zone);
      if (Date.parse(due.dueAt) > after.getTime() && !isTaken(due.dueAt)) return due;
    }
  }
  return null;
}
