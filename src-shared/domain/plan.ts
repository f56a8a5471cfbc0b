import { z } from 'zod';
import { instantSchema } from './asset.ts';

/** One post that could be: a ghost on the calendar. */
export const planItemSchema = z.strictObject({
  /** Day and time on the creator's wall, and the instant they make in `zone`. */
  date: z.iso.date(),
  time: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/),
  zone: z.string().min(1).max(100),
  dueAt: instantSchema,
  accountIds: z.array(z.string().min(1)).max(20),
  /** Names of those accounts, for people. */
  accountNames: z.array(z.string()).max(20),
  assetId: z.uuid().nullable(),
  title: z.string().min(1).max(200),
  text: z.string().min(1).max(5000),
  /** What the person should know: a clash, a day on which the clocks change, a text that has still to be written. */
  warnings: z.array(z.string()).max(10),
});
export type PlanItem = z.infer<typeof planItemSchema>;

/** A week or a campaign laid out. Nothing of it is committed. */
export const planSchema = z.strictObject({
  kind: z.enum(['week', 'campaign']),
  title: z.string().min(1).max(200),
  zone: z.string().min(1).max(100),
  startsOn: z.iso.date(),
  endsOn: z.iso.date(),
  items: z.array(planItemSchema).max(100),
});
export type Plan = z.infer<typeof planSchema>;
