import { z } from 'zod';
import { instantSchema } from './asset.ts';

/** What a principal may be allowed. `owner` is the creator's alone: approvals, grants, tokens, budgets and the audit. */
export const scopeSchema = z.enum([
  'library:read',
  'library:write',
  'posts:read',
  'posts:write',
  'accounts:read',
  'accounts:write',
  'think',
  'chat',
  'system:read',
  'system:write',
  'owner',
]);
export type Scope = z.infer<typeof scopeSchema>;

/** What a token may be given. */
export const tokenScopeSchema = scopeSchema.exclude(['owner']);

/** Who acts: the creator, a program on the creator's behalf, a loop the creator started, or Longhand itself. */
export type PrincipalKind = 'owner' | 'agent' | 'loop' | 'system';

/** `window`, `command-line`, `loop`, `system`, `assistant` (the built-in agent), `mcp` or `token:<tokenId>`. */
export const principalNameSchema = z
  .string()
  .regex(/^(window|command-line|loop|system|assistant|mcp|token:[0-9a-f-]{36})$/);

/** Named where a rule is for every agent together. */
export const allAgents = 'agents';

/** What every secret of an API token begins with. */
export const apiTokenPrefix = 'longhand_';

/** A key for a program that acts for the creator. Its secret is shown once, and only its hash is kept. */
export const apiTokenSchema = z.strictObject({
  tokenId: z.uuid(),
  name: z.string(),
  scopes: z.array(tokenScopeSchema),
  /** The last characters of the secret, to tell tokens apart. */
  ending: z.string(),
  createdAt: instantSchema,
  lastUsedAt: instantSchema.nullable(),
  revokedAt: instantSchema.nullable(),
});
export type ApiToken = z.infer<typeof apiTokenSchema>;

export const periodSchema = z.enum(['day', 'week', 'month']);
export type Period = z.infer<typeof periodSchema>;

/** What is counted. Whole units only: a begun minute is a minute. */
export const creditUnitSchema = z.enum(['posts', 'model-minutes', 'rendering-minutes']);
export type CreditUnit = z.infer<typeof creditUnitSchema>;

/** What one command costs. */
export interface Cost {
  unit: CreditUnit;
  amount: number;
  accountId?: string | undefined;
  /** The instant whose day, week and month it counts in (a post counts when it is due). Left out: now. */
  spentAt?: string | undefined;
}

/** Whose spending a rule counts: one principal, all agents together, or (null) everyone together. */
const subjectSchema = z.union([principalNameSchema, z.literal(allAgents)]).nullable();

export const budgetSchema = z.strictObject({
  budgetId: z.uuid(),
  unit: creditUnitSchema,
  period: periodSchema,
  limit: z.int().nonnegative(),
  principal: subjectSchema,
  /** For posts: only those to this account. */
  accountId: z.string().nullable(),
  createdAt: instantSchema,
});
export type Budget = z.infer<typeof budgetSchema>;

/** How a budget stands in its present period. */
export const budgetStateSchema = budgetSchema.extend({
  /** Done and paid for. */
  spent: z.int().nonnegative(),
  /** Set aside for work that is under way. */
  reserved: z.int().nonnegative(),
  left: z.int().nonnegative(),
  renewsAt: instantSchema,
});
export type BudgetState = z.infer<typeof budgetStateSchema>;

/**
 * A line of the ledger. Each moves an amount into or out of what is reserved and what is spent; the sums over all
 * lines are the state.
 */
export const ledgerEntrySchema = z.strictObject({
  entryId: z.int(),
  at: instantSchema,
  operation: z.enum(['reserve', 'settle', 'release']),
  reservationId: z.uuid(),
  entityId: z.string(),
  unit: creditUnitSchema,
  principal: z.string(),
  accountId: z.string().nullable(),
  spentAt: instantSchema,
  reserved: z.int(),
  spent: z.int(),
  note: z.string().nullable(),
});
export type LedgerEntry = z.infer<typeof ledgerEntrySchema>;

/** A standing approval: what an agent may do without asking each time. */
export const grantSchema = z.strictObject({
  grantId: z.uuid(),
  command: z.string(),
  /** One agent, or (null) every agent. */
  principal: principalNameSchema.nullable(),
  /** Only where all accounts that the command touches are among these; null: whichever. */
  accountIds: z.array(z.string()).nullable(),
  /** How often per period; null: without a limit. */
  budget: z.strictObject({ count: z.int().positive(), period: periodSchema }).nullable(),
  /** When it ends by itself; null: when it is revoked. */
  expiresAt: instantSchema.nullable(),
  createdAt: instantSchema,
  revokedAt: instantSchema.nullable(),
});
export type Grant = z.infer<typeof grantSchema>;

export const grantStateSchema = grantSchema.extend({
  usedCount: z.int().nonnegative(),
  /** How often it can still be used in this period; null: without a limit. */
  leftCount: z.int().nonnegative().nullable(),
});
export type GrantState = z.infer<typeof grantStateSchema>;
