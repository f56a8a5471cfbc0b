import { z } from 'zod';

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
