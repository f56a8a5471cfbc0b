import { DateTime } from 'luxon';
import { appLanguage } from '../../src-shared/domain/app-language.ts';
import type { BrokenBudget } from '../../src-data/budgets.ts';
import type { Cost, CreditUnit } from '../../src-shared/domain/access.ts';
import { AppError } from '../../src-shared/domain/errors.ts';
import type { Spending } from '../commands/handler-types.ts';
import type { CommandServices } from '../commands/services.ts';
import type { AnyChange } from './prepare-change.ts';
import type { Principal } from './principal.ts';

export type SpendingServices = Pick<CommandServices, 'budgets' | 'credits' | 'now' | 'zone'>;

const unitNames: Record<CreditUnit, { one: string; many: string }> = {
  posts: { one: 'post', many: 'posts' },
  'model-minutes': { one: 'minute of the local model', many: 'minutes of the local model' },
  'rendering-minutes': { one: 'minute of rendering', many: 'minutes of rendering' },
};

/**
 * Seventh step, inside the transaction: sets aside what the work will cost. What an earlier command has set aside for
 * the same thing is given back first, so that an edit or a new time counts once. What is over with the answer is spent
 * at once.
 * @throws AppError `input.over-budget`
 */
export function spendCredits(
  services: SpendingServices,
  principal: Principal,
  { entityId, workflowId, spending }: Pick<AnyChange, 'entityId' | 'workflowId' | 'spending'>,
  costs: readonly Cost[],
): void {
  if (costs.length === 0) return;
  if (entityId === null) throw new Error('what costs something must be about something');
  for (const share of spending ?? [{ entityId, workflowId, costs }]) spend(services, principal, share);
}

function spend(
  services: SpendingServices,
  { name, kind }: Principal,
  { entityId, workflowId, costs }: Spending,
): void {
  const { budgets, credits } = services;
  const spender = { principal: name, isAgent: kind === 'agent' };
  for (const { unit, accountId } of costs) {
    const which = accountId === undefined ? { unit } : { unit, accountId };
    credits.releaseReservation(entityId, which, 'Replaced by a newer one.');
  }
  for (const cost of costs) {
    const broken = budgets.findBroken(spender, cost);
    if (broken !== undefined) throw overBudget(broken, services);
    credits.reserve({ ...spender, entityId, workflowId, cost });
  }
  if (workflowId === null) credits.settleReservation(entityId);
}

function overBudget({ budget, asked }: BrokenBudget, { now, zone }: SpendingServices): AppError {
  const { unit, period, limit, left, renewsAt } = budget;
  const renews = DateTime.fromISO(renewsAt, { zone: zone() });
  const when = `${renews.setLocale(appLanguage).toFormat('cccc d LLLL, HH:mm')} (${zone()})`;
  return new AppError({
    code: 'input.over-budget',
    userMessage: `This needs ${count(unit, asked)}, and of the budget of ${count(unit, limit)} per ${period} ${
      left === 0 ? 'nothing is left' : `${left} ${left === 1 ? 'is' : 'are'} left`
    }. Nothing was changed. It renews on ${when}; you can raise it in Settings.`,
    retry: 'user',
    details: {
      ...{ unit, period, limit, left, asked, renewsAt, budgetId: budget.budgetId },
      retryAfterMs: Math.max(0, Date.parse(renewsAt) - now().getTime()),
    },
  });
}

function count(unit: CreditUnit, amount: number): string {
  return `${amount} ${amount === 1 ? unitNames[unit].one : unitNames[unit].many}`;
}
