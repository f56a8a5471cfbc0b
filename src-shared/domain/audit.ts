import { z } from 'zod';
import { instantSchema } from './asset.ts';

/** One row of the audit: who did or tried what, through which door, by whose approval, and what came of it. */
export const auditRowSchema = z.strictObject({
  sequence: z.int().positive(),
  at: instantSchema,
  principal: z.string(),
  door: z.string(),
  command: z.string(),
  entityId: z.string().nullable(),
  /** The approval or the standing grant (`grant:<grantId>`) by which an agent's command was let through. */
  approvalId: z.string().nullable(),
  /** SHA-256 of the canonical input without its secrets: what was asked can be proved, and is not repeated here. */
  inputHash: z.string(),
  /** `done`, `waits-for-approval`, `expired`, or the code of the error it was refused with. */
  outcome: z.string(),
  previousHash: z.string(),
  hash: z.string(),
});
export type AuditRow = z.infer<typeof auditRowSchema>;
