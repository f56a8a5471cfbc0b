import { z } from 'zod';
import { durableToolResultSchema } from '../contract/define-command.ts';
import { creditUnitSchema } from './access.ts';
import { instantSchema } from './asset.ts';
import { appErrorDtoSchema } from './errors.ts';

/** Exactly what a command would do, for a person to read before it is done. */
export const commandPreviewSchema = z.strictObject({
  title: z.string(),
  lines: z.array(z.strictObject({ label: z.string(), value: z.string() })),
  /** What to look at twice. Not part of what an approval is bound to. */
  warnings: z.array(z.string()),
  costs: z.array(
    z.strictObject({ unit: creditUnitSchema, amount: z.int().nonnegative(), account: z.string().optional() }),
  ),
});
export type CommandPreview = z.infer<typeof commandPreviewSchema>;

/**
 * `approved`: it was done, once. `failed`: it was approved, and the world had changed so that it could not be done.
 * `voided`: what it would have done was edited since (see `replacedBy`), or who asked may not ask any more.
 */
export const approvalStateSchema = z.enum(['pending', 'approved', 'rejected', 'expired', 'voided', 'failed']);
export type ApprovalState = z.infer<typeof approvalStateSchema>;

export const approvalIdSchema = z.uuid();

/** A command that an agent asked for and that waits for, or has got, the creator's word. */
export const approvalSchema = z.strictObject({
  approvalId: approvalIdSchema,
  command: z.string(),
  input: z.unknown(),
  /** Binds the decision to the content: of the command, its input and its preview. */
  contentHash: z.string(),
  preview: commandPreviewSchema,
  /** Who asked, and the name a person gave it. */
  principal: z.string(),
  principalLabel: z.string(),
  door: z.string(),
  state: approvalStateSchema,
  createdAt: instantSchema,
  /** Without a decision until then it expires: never a consent. */
  expiresAt: instantSchema,
  decidedAt: instantSchema.nullable(),
  decidedBy: z.string().nullable(),
  /** What came of it: the answer of the command, or why it could not be done. */
  result: z.union([durableToolResultSchema, appErrorDtoSchema]).nullable(),
  /** The approval that an edit has put in its place. */
  replacedBy: approvalIdSchema.nullable(),
});
export type Approval = z.infer<typeof approvalSchema>;
