import { z } from 'zod';
import { instantSchema } from './asset.ts';
import { entityLinkSchema } from './entity-link.ts';

const countSchema = z.int().nonnegative();

export const engagementSchema = z.strictObject({
  likes: countSchema,
  reposts: countSchema,
  replies: countSchema,
});
export type Engagement = z.infer<typeof engagementSchema>;

export const accountAnalyticsSchema = z.strictObject({
  accountId: z.string(),
  accountName: z.string(),
  publishedCount: countSchema,
  failedCount: countSchema,
  engagement: engagementSchema,
});
export type AccountAnalytics = z.infer<typeof accountAnalyticsSchema>;

/** What was published in a period and what came of it, counted from our own records. */
export const analyticsSchema = z.strictObject({
  from: instantSchema,
  to: instantSchema,
  publishedCount: countSchema,
  failedCount: countSchema,
  scheduledCount: countSchema,
  /** Published later than due by more than a minute. */
  lateCount: countSchema,
  engagement: engagementSchema,
  /** When numbers were last fetched; null where no platform has told any yet. */
  measuredAt: instantSchema.nullable(),
  accounts: z.array(accountAnalyticsSchema),
  best: z.array(z.strictObject({ title: z.string(), engagement: engagementSchema, link: entityLinkSchema })),
  /** The same in plain sentences, most important first. */
  sentences: z.array(z.string()).min(1),
});
export type Analytics = z.infer<typeof analyticsSchema>;
