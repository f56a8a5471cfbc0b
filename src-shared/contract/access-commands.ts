import { z } from 'zod';
import {
  apiTokenSchema,
  budgetSchema,
  budgetStateSchema,
  grantSchema,
  grantStateSchema,
  ledgerEntrySchema,
  tokenScopeSchema,
} from '../domain/access.ts';
import { defineThinkCommand } from './define-command.ts';

const nothing = z.strictObject({});

const tokenCommands = {
  'list-tokens': defineThinkCommand({
    area: 'access',
    title: 'List API tokens',
    description: 'The keys of programs that act for the creator, also the revoked ones. Never a secret.',
    scope: 'owner',
    changesState: false,
    input: nothing,
    output: z.strictObject({ tokens: z.array(apiTokenSchema) }),
  }),
  'create-token': defineThinkCommand({
    area: 'access',
    title: 'Make an API token',
    description: 'Makes a key for a program. Its secret is in this one answer and nowhere else.',
    scope: 'owner',
    changesState: true,
    input: z.strictObject({
      name: z.string().trim().min(1).max(100),
      scopes: z.array(tokenScopeSchema).min(1),
    }),
    output: z.strictObject({
      token: apiTokenSchema,
      /** Null where the same request is answered again. */
      secret: z.string().nullable(),
    }),
  }),
  'revoke-token': defineThinkCommand({
    area: 'access',
    title: 'Revoke an API token',
    description: 'Shuts a program out at once. What it asked for and is not approved yet is void.',
    scope: 'owner',
    changesState: true,
    input: z.strictObject({ tokenId: z.uuid() }),
    output: z.strictObject({ token: apiTokenSchema }),
  }),
};

const grantCommands = {
  'list-grants': defineThinkCommand({
    area: 'access',
    title: 'List standing approvals',
    description: 'What agents may do without asking each time, and how much of it is used.',
    scope: 'owner',
    changesState: false,
    input: nothing,
    output: z.strictObject({ grants: z.array(grantStateSchema) }),
  }),
  'create-grant': defineThinkCommand({
    area: 'access',
    title: 'Give a standing approval',
    description:
      'Lets an agent use one command without asking, for certain accounts, so often per period, until a certain time.',
    scope: 'owner',
    changesState: true,
    input: z.strictObject({
      command: z.string().min(1).max(100),
      principal: grantSchema.shape.principal.default(null),
      accountIds: z.array(z.string().min(1).max(200)).min(1).max(100).nullable().default(null),
      budget: grantSchema.shape.budget.default(null),
      expiresAt: grantSchema.shape.expiresAt.default(null),
    }),
    output: z.strictObject({ grant: grantStateSchema }),
  }),
  'revoke-grant': defineThinkCommand({
    area: 'access',
    title: 'Revoke a standing approval',
    description: 'From now on the agent asks again each time. What was done stays done.',
    scope: 'owner',
    changesState: true,
    input: z.strictObject({ grantId: z.uuid() }),
    output: z.strictObject({ grant: grantStateSchema }),
  }),
};

const creditCommands = {
  'list-budgets': defineThinkCommand({
    area: 'access',
    title: 'List budgets',
    description:
      'The limits the creator has set, with what is spent, reserved and left in the present period.',
    scope: 'owner',
    changesState: false,
    input: nothing,
    output: z.strictObject({ budgets: z.array(budgetStateSchema) }),
  }),
  'set-budget': defineThinkCommand({
    area: 'access',
    title: 'Set a budget',
    description:
      'Limits posts, model minutes or rendering minutes per day, week or month: for everyone, all agents or one principal, and for posts per account.',
    scope: 'owner',
    changesState: true,
    input: z.strictObject({
      unit: budgetSchema.shape.unit,
      period: budgetSchema.shape.period,
      limit: z.int().min(0).max(1_000_000),
      principal: budgetSchema.shape.principal.default(null),
      accountId: z.string().min(1).max(200).nullable().default(null),
    }),
    output: z.strictObject({ budget: budgetStateSchema }),
  }),
  'remove-budget': defineThinkCommand({
    area: 'access',
    title: 'Remove a budget',
    description: 'The limit is gone; the ledger stays.',
    scope: 'owner',
    changesState: true,
    input: z.strictObject({ budgetId: z.uuid() }),
    output: z.strictObject({ removed: z.literal(true) }),
  }),
  'read-ledger': defineThinkCommand({
    area: 'access',
    title: 'Read the ledger',
    description: 'What was reserved, spent and released, newest first, and the sums over all of it.',
    scope: 'owner',
    changesState: false,
    input: z.strictObject({
      entityId: z.string().max(200).optional(),
      /** Only lines older than this one. */
      before: z.int().positive().optional(),
      limit: z.int().min(1).max(500).default(100),
    }),
    output: z.strictObject({
      entries: z.array(ledgerEntrySchema),
      totals: z.array(
        z.strictObject({
          unit: ledgerEntrySchema.shape.unit,
          reserved: z.int().nonnegative(),
          spent: z.int().nonnegative(),
        }),
      ),
    }),
  }),
};

export const accessCommands = { ...tokenCommands, ...grantCommands, ...creditCommands };
