import { z } from 'zod';
import { analyticsSchema } from './analytics.ts';
import { captionSetSchema } from './caption.ts';
import { appErrorDtoSchema } from './errors.ts';
import { explanationSchema } from './explanation.ts';
import { ideaSchema } from './idea.ts';
import { lookUpLineSchema, lookUpSubjectSchema } from './look-up.ts';
import { pendingWishSchema } from './pending-wish.ts';
import { planSchema } from './plan.ts';
import { proposalSchema } from './proposal.ts';

/** Why a card is in the conversation: the command that made it, its mode, and the reason for that mode in a sentence. */
const origin = { command: z.string(), mode: z.enum(['think', 'commit', 'loop']), reason: z.string() };

/** What an answer shows beside its text. A card holds all it needs; the messages of a conversation keep them. */
export const messageCardSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('ideas'), ...origin, ideas: z.array(ideaSchema) }),
  z.strictObject({
    type: z.literal('captions'),
    ...origin,
    assetId: z.uuid().nullable(),
    captions: z.array(captionSetSchema),
  }),
  z.strictObject({ type: z.literal('plan'), ...origin, plan: planSchema }),
  z.strictObject({
    type: z.literal('look-up'),
    ...origin,
    subject: lookUpSubjectSchema,
    totalCount: z.int().nonnegative(),
    lines: z.array(lookUpLineSchema),
  }),
  z.strictObject({
    type: z.literal('assets'),
    ...origin,
    totalCount: z.int().nonnegative(),
    assets: z.array(z.strictObject({ assetId: z.uuid(), title: z.string(), detail: z.string() })),
  }),
  z.strictObject({ type: z.literal('analytics'), ...origin, analytics: analyticsSchema }),
  z.strictObject({ type: z.literal('explanation'), ...origin, explanation: explanationSchema }),
  z.strictObject({ type: z.literal('proposal'), ...origin, proposal: proposalSchema }),
  /** Something is missing. Each choice is what the person would say. */
  z.strictObject({
    type: z.literal('question'),
    ...origin,
    question: z.string(),
    choices: z.array(z.strictObject({ label: z.string(), wish: z.string() })).max(12),
    /** What the next message completes; null where it may be anything. */
    pending: pendingWishSchema.nullable(),
  }),
  z.strictObject({ type: z.literal('failure'), ...origin, error: appErrorDtoSchema }),
]);
export type MessageCard = z.infer<typeof messageCardSchema>;
