import { creditUnitSchema } from '../../src-shared/domain/access.ts';
import { AppError } from '../../src-shared/domain/errors.ts';
import type { ChangeHandler, QueryHandler } from './handler-types.ts';

export const listBudgets: QueryHandler<'list-budgets'> = {
  answer: (_input, { budgets }) => ({ budgets: budgets.list() }),
};

export const setBudget: ChangeHandler<'set-budget'> = {
  prepare: (rule, { budgets }) => {
    if (rule.accountId !== null && rule.unit !== 'posts') {
      throw new AppError({
        code: 'input.invalid',
        userMessage:
          'Only posts are counted per account. Nothing was changed. Set minutes for everyone, all agents or one of them.',
        retry: 'never',
      });
    }
    return () => {
      const budget = budgets.set(rule);
      return { output: { budget }, entityId: budget.budgetId };
    };
  },
};

export const removeBudget: ChangeHandler<'remove-budget'> = {
  prepare:
    ({ budgetId }, { budgets }) =>
    () => {
      budgets.remove(budgetId);
      return { output: { removed: true }, entityId: budgetId };
    },
};

export const readLedger: QueryHandler<'read-ledger'> = {
  answer: (filter, { credits }) => ({
    entries: credits.list(filter),
    totals: creditUnitSchema.options.map((unit) => ({ unit, ...credits.total(unit) })),
  }),
};
