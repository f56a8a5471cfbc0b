import { z } from 'zod';
import { instantSchema } from './asset.ts';
import { postStateSchema } from './post.ts';

/** How a proposal stands now. Up to `approved` it follows the approval, after that the work itself. */
export const proposalStateSchema = z.enum([
  'pending',
  'approved',
  'accepted',
  'scheduled',
  'rejected',
  'expired',
  'voided',
  'failed',
]);
export type ProposalState = z.infer<typeof proposalStateSchema>;

/** What a card of a conversation says of something that would change the world. Saved as it was proposed. */
export const proposalSchema = z.strictObject({
  /** The approval it waits for; null where a standing grant let it through at once. */
  approvalId: z.string().nullable(),
  command: z.string(),
  mode: z.enum(['commit', 'loop']),
  /** Why it is done in this mode, in one sentence. */
  reason: z.string(),
  title: z.string(),
  lines: z.array(z.strictObject({ label: z.string(), value: z.string() })),
  warnings: z.array(z.string()),
  costs: z.array(z.strictObject({ unit: z.string(), amount: z.int(), account: z.string().nullable() })),
  /** What belongs to it once it was let through. */
  entityId: z.string().nullable(),
  workflowId: z.string().nullable(),
});
export type Proposal = z.infer<typeof proposalSchema>;

/** The same, as it stands at this moment. */
export const liveProposalSchema = z.strictObject({
  approvalId: z.string(),
  state: proposalStateSchema,
  /** One sentence: what has become of it. */
  message: z.string(),
  /** Binds a decision to exactly this content. */
  contentHash: z.string(),
  expiresAt: instantSchema.nullable(),
  entityId: z.string().nullable(),
  workflowId: z.string().nullable(),
  /** The posts that belong to it, each with what happened to it since, oldest first. */
  posts: z.array(
    z.strictObject({
      postId: z.string(),
      heading: z.string(),
      state: postStateSchema,
      receipts: z.array(
        z.strictObject({
          at: instantSchema,
          title: z.string(),
          detail: z.string().nullable(),
          url: z.url().nullable(),
        }),
      ),
    }),
  ),
});
export type LiveProposal = z.infer<typeof liveProposalSchema>;
