import { z } from 'zod';
import { approvalIdSchema, approvalSchema, approvalStateSchema } from '../domain/approval.ts';
import { defineThinkCommand } from './define-command.ts';

const approvalOutput = z.strictObject({ approval: approvalSchema });

export const approvalCommands = {
  'list-approvals': defineThinkCommand({
    area: 'approvals',
    title: 'List approvals',
    description: 'What agents asked for, newest first. An agent sees only what it asked for itself.',
    scope: 'think',
    changesState: false,
    input: z.strictObject({
      states: z.array(approvalStateSchema).optional(),
      limit: z.int().min(1).max(500).default(100),
    }),
    output: z.strictObject({
      approvals: z.array(approvalSchema),
      pendingCount: z.int().nonnegative(),
    }),
  }),
  'read-approval': defineThinkCommand({
    area: 'approvals',
    title: 'Read an approval',
    description: 'One request for approval: what would happen, whether it was decided, and what came of it.',
    scope: 'think',
    changesState: false,
    input: z.strictObject({ approvalId: approvalIdSchema }),
    output: approvalOutput,
  }),
  'edit-approval': defineThinkCommand({
    area: 'approvals',
    title: 'Edit what waits for approval',
    description:
      'Puts a new request with the given input in the place of a waiting one, which is void from then on.',
    scope: 'think',
    changesState: true,
    input: z.strictObject({ approvalId: approvalIdSchema, input: z.record(z.string(), z.unknown()) }),
    output: approvalOutput,
  }),
  'decide-approval': defineThinkCommand({
    area: 'approvals',
    title: 'Decide about an approval',
    description:
      'Approves or rejects exactly the content that was shown. Approved, it is done at once and once. Where the content has changed since, nothing is done and a new request takes its place.',
    scope: 'owner',
    changesState: true,
    input: z.strictObject({
      approvalId: approvalIdSchema,
      decision: z.enum(['approve', 'reject']),
      contentHash: z.string().min(1).max(100),
    }),
    output: approvalOutput,
  }),
};
