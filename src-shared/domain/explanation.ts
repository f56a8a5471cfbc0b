import { z } from 'zod';
import { instantSchema } from './asset.ts';
import { entityLinkSchema } from './entity-link.ts';

/** Where a line of a timeline was read. */
export const timelineSourceSchema = z.enum([
  'post',
  'receipt',
  'approval',
  'audit',
  'step',
  'work-engine',
  'process',
  'notice',
]);

export const timelineLineSchema = z.strictObject({
  at: instantSchema,
  title: z.string().min(1),
  detail: z.string().nullable(),
  source: timelineSourceSchema,
  /** This line is the reason that was asked for. */
  isCause: z.boolean(),
  link: entityLinkSchema.nullable(),
});
export type TimelineLine = z.infer<typeof timelineLineSchema>;

/** Why something is as it is, from what was recorded; no model has a say in it. */
export const explanationSchema = z.strictObject({
  subject: z.strictObject({ title: z.string(), state: z.string(), link: entityLinkSchema.nullable() }),
  /** The cause in one or two sentences. */
  cause: z.string().min(1),
  /** What can be done about it, if anything. */
  wayOut: z.string().nullable(),
  timeline: z.array(timelineLineSchema),
});
export type Explanation = z.infer<typeof explanationSchema>;
