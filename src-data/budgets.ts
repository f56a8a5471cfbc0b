import { randomUUID } from 'node:crypto';
import { and, desc, eq, isNull, or } from 'drizzle-orm';
import { allAgents, type Budget, type BudgetState, type Cost } from '../src-shared/domain/access.ts';
import { nextPeriodStart, periodStart } from '../src-shared/domain/period.ts';
import type { CreditRepository } from './credits.ts';
import { recordNotFound } from './database-errors.ts';
import type { LibraryDatabase } from './database.ts';
import { budget } from './schema/access.ts';

export interface BudgetOptions {
  credits: CreditRepository;
  now: () => Date;
  /** The IANA zone whose days, weeks and months count. */
  zone: () => string;
}

/** A budget that a cost would break. */
export interface BrokenBudget {
  budget: BudgetState;
  asked: number;
}

export type BudgetRepository = ReturnType<typeof createBudgetRepository>;

/** The limits that the creator has set, against what the ledger says. */
export function createBudgetRepository(database: LibraryDatabase, { credits, now, zone }: BudgetOptions) {
  const { orm } = database;

  /** How it stands in the period that this instant lies in. */
  function toState(row: Budget, at: Date = now()): BudgetState {
    const from = periodStart(row.period, at, zone());
    const until = nextPeriodStart(row.period, at, zone());
    const { reserved, spent } = credits.sum({ ...row, from, until });
    const left = Math.max(0, row.limit - reserved - spent);
    return { ...row, reserved, spent, left, renewsAt: until.toISOString() };
  }

  function find(budgetId: string): Budget | undefined {
    return orm.select().from(budget).where(eq(budget.budgetId, budgetId)).get();
  }

  return {
    /** Newest first. */
    list(): BudgetState[] {
      return orm
        .select()
        .from(budget)
        .orderBy(desc(budget.createdAt))
        .all()
        .map((row) => toState(row));
    },

    /** One rule has one limit: setting it again changes the limit. */
    set(rule: Omit<Budget, 'budgetId' | 'createdAt'>): BudgetState {
      const { unit, period, principal, accountId, limit } = rule;
      const present = orm
        .select()
        .from(budget)
        .where(
          and(
            eq(budget.unit, unit),
            eq(budget.period, period),
            principal === null ? isNull(budget.principal) : eq(budget.principal, principal),
            accountId === null ? isNull(budget.accountId) : eq(budget.accountId, accountId),
          ),
        )
        .get();
      if (present !== undefined) {
        orm.update(budget).set({ limit }).where(eq(budget.budgetId, present.budgetId)).run();
        return toState({ ...present, limit });
      }
      const row = { ...rule, budgetId: randomUUID(), createdAt: now().toISOString() };
      orm.insert(budget).values(row).run();
      return toState(row);
    },

    /** @throws AppError `input.not-found` */
    remove(budgetId: string): void {
      if (find(budgetId) === undefined) throw recordNotFound('This budget', budgetId);
      orm.delete(budget).where(eq(budget.budgetId, budgetId)).run();
    },

    /** The first budget that this cost would break; what is reserved already counts as gone. */
    findBroken(spender: { principal: string; isAgent: boolean }, cost: Cost): BrokenBudget | undefined {
      const { principal, isAgent } = spender;
      const at = cost.spentAt === undefined ? now() : new Date(cost.spentAt);
      const candidates = orm
        .select()
        .from(budget)
        .where(
          and(
            eq(budget.unit, cost.unit),
            or(
              isNull(budget.principal),
              eq(budget.principal, principal),
              isAgent ? eq(budget.principal, allAgents) : undefined,
            ),
            or(
              isNull(budget.accountId),
              cost.accountId === undefined ? undefined : eq(budget.accountId, cost.accountId),
            ),
          ),
        )
        .all();
      return candidates
        .map((row) => ({ budget: toState(row, at), asked: cost.amount }))
        .find(({ budget: state, asked }) => asked > state.left);
    },
  };
}
