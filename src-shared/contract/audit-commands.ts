import { z } from 'zod';
import { instantSchema } from '../domain/asset.ts';
import { auditRowSchema } from '../domain/audit.ts';
import { defineThinkCommand } from './define-command.ts';

const between = { from: instantSchema.optional(), until: instantSchema.optional() };

export const auditCommands = {
  'search-audit': defineThinkCommand({
    area: 'audit',
    title: 'Search the audit',
    description: 'Every change that was made, asked for or refused, newest first.',
    scope: 'owner',
    changesState: false,
    input: z.strictObject({
      /** Part of a principal, door, command, id or outcome. */
      text: z.string().trim().min(1).max(200).optional(),
      principal: z.string().max(100).optional(),
      command: z.string().max(100).optional(),
      entityId: z.string().max(300).optional(),
      approvalId: z.string().max(100).optional(),
      onlyRefused: z.boolean().default(false),
      ...between,
      /** Only rows older than this one: the last of the page before. */
      before: z.int().positive().optional(),
      limit: z.int().min(1).max(500).default(100),
    }),
    output: z.strictObject({ rows: z.array(auditRowSchema), hasMore: z.boolean() }),
  }),
  'export-audit': defineThinkCommand({
    area: 'audit',
    title: 'Export the audit',
    description: 'The audit as JSON lines, oldest first, with the hashes that prove it whole.',
    scope: 'owner',
    changesState: false,
    input: z.strictObject({
      ...between,
      /** Only rows newer than this one: the last of the part before. */
      after: z.int().nonnegative().default(0),
      limit: z.int().min(1).max(100_000).default(100_000),
    }),
    output: z.strictObject({
      fileName: z.string(),
      mimeType: z.string(),
      text: z.string(),
      rowCount: z.int().nonnegative(),
      lastSequence: z.int().nonnegative(),
      hasMore: z.boolean(),
    }),
  }),
  'verify-audit': defineThinkCommand({
    area: 'audit',
    title: 'Verify the audit',
    description: 'Walks the chain of hashes and tells the first row that does not fit.',
    scope: 'owner',
    changesState: false,
    input: z.strictObject({}),
    output: z.strictObject({
      isWhole: z.boolean(),
      rowCount: z.int().nonnegative(),
      firstBrokenSequence: z.int().positive().nullable(),
      /** The hash of the newest row: kept elsewhere, it proves later that nothing before it was changed. */
      newestHash: z.string(),
    }),
  }),
};
