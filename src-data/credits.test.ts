import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allAgents, type Budget, type Cost } from '../src-shared/domain/access.ts';
import { createBudgetRepository } from './budgets.ts';
import { createCreditRepository } from './credits.ts';
import { makeLibrary } from './testing/temporary-library.ts';

const zone = 'Europe/Berlin';

function open(at = '2026-03-28T12:00:00.000Z') {
  const database = makeLibrary();
  const clock = { now: new Date(at) };
  const now = () => clock.now;
  const credits = createCreditRepository(database, now);
  const budgets = createBudgetRepository(database, { credits, now, zone: () => zone });
  const reserve = (entityId: string, cost: Cost, principal = 'window', isAgent = false) =>
    credits.reserve({ entityId, workflowId: `w:${entityId}`, principal, isAgent, cost });
  return { database, clock, credits, budgets, reserve };
}

const rule = (given: Partial<Budget>): Omit<Budget, 'budgetId' | 'createdAt'> => ({
  unit: 'posts',
  period: 'day',
  limit: 3,
  principal: null,
  accountId: null,
  ...given,
});

const entity = fc.constantFrom('a', 'b', 'c');
const account = fc.constantFrom('x', 'y');
const step = fc.oneof(
  fc.record({
    kind: fc.constant('reserve' as const),
    entityId: entity,
    accountId: account,
    amount: fc.nat({ max: 9 }),
  }),
  fc.record({
    kind: fc.constant('settle' as const),
    entityId: entity,
    accountId: fc.option(account, { nil: undefined }),
    amount: fc.option(fc.nat({ max: 30 }), { nil: undefined }),
  }),
  fc.record({
    kind: fc.constant('release' as const),
    entityId: entity,
    accountId: fc.option(account, { nil: undefined }),
  }),
);

describe('the ledger', () => {
  it('adds up after whatever was reserved, settled and released, also twice and in any order', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const { database, credits, reserve } = open();
        let openOnes: { entityId: string; accountId: string; amount: number }[] = [];
        let spent = 0;
        for (const { kind, entityId, accountId, ...rest } of steps) {
          const amount = 'amount' in rest ? rest.amount : undefined;
          const filter = accountId === undefined ? {} : { accountId };
          const isMeant = (each: (typeof openOnes)[number]) =>
            each.entityId === entityId && (accountId === undefined || each.accountId === accountId);
          const meant = openOnes.filter(isMeant);
          if (kind === 'reserve') {
            reserve(entityId, { unit: 'posts', amount: amount ?? 0, accountId });
            if (amount !== undefined && amount > 0) {
              openOnes.push({ entityId, accountId, amount });
            }
            continue;
          }
          if (kind === 'settle') {
            credits.settleReservation(entityId, { ...filter, ...(amount === undefined ? {} : { amount }) });
            const reserved = meant.reduce((sum, each) => sum + each.amount, 0);
            if (meant.length > 0) spent += amount ?? reserved;
          } else {
            credits.releaseReservation(entityId, filter);
          }
          openOnes = openOnes.filter((each) => !isMeant(each));
        }
        const reserved = openOnes.reduce((sum, each) => sum + each.amount, 0);
        expect(credits.total('posts')).toEqual({ reserved, spent });
        expect(
          credits
            .listOpen()
            .map(({ amount }) => amount)
            .sort(),
        ).toEqual(openOnes.map(({ amount }) => amount).sort());
        database.close();
      }),
      { numRuns: 60 },
    );
  });

  it('has no line that can be changed, and no reservation that is closed twice', () => {
    const { database, credits, reserve } = open();
    reserve('a', { unit: 'posts', amount: 1 });
    const [{ reservationId } = { reservationId: '' }] = credits.listOpen();
    credits.settleReservation('a');
    credits.settleReservation('a');
    credits.releaseReservation('a');
    expect(credits.releaseOne(reservationId, 'again')).toBe(false);
    expect(credits.list({ limit: 10 }).map(({ operation }) => operation)).toEqual(['settle', 'reserve']);
    expect(() => database.sqlite.prepare('UPDATE ledger SET reserved = 0').run()).toThrow(/append-only/);
    expect(() => database.sqlite.prepare('DELETE FROM ledger').run()).toThrow(/append-only/);
    expect(() =>
      database.sqlite
        .prepare(
          `INSERT INTO ledger (at, operation, reservation_id, entity_id, unit, principal, is_agent, spent_at, reserved, spent)
           SELECT at, 'release', reservation_id, entity_id, unit, principal, is_agent, spent_at, -reserved, 0
           FROM ledger WHERE operation = 'reserve'`,
        )
        .run(),
    ).toThrow(/UNIQUE/);
  });
});

describe('a budget', () => {
  it('counts for its period on the clocks of the creator, also where a day has 23 hours', () => {
    const { clock, budgets, reserve } = open('2026-03-28T22:30:00.000Z');
    budgets.set(rule({ limit: 1 }));
    const spender = { principal: 'window', isAgent: false };
    const cost: Cost = { unit: 'posts', amount: 1 };
    reserve('a', cost);
    expect(budgets.findBroken(spender, cost)?.budget).toMatchObject({
      left: 0,
      renewsAt: '2026-03-28T23:00:00.000Z',
    });
    // 29 March in Berlin: from 23:00 to 22:00, since the clocks go forward.
    clock.now = new Date('2026-03-28T23:00:00.000Z');
    expect(budgets.findBroken(spender, cost)).toBeUndefined();
    reserve('b', cost);
    expect(budgets.findBroken(spender, cost)?.budget.renewsAt).toBe('2026-03-29T22:00:00.000Z');
  });

  it('counts a post on the day on which it is due', () => {
    const { budgets, reserve } = open();
    budgets.set(rule({ limit: 1 }));
    const spender = { principal: 'window', isAgent: false };
    const dueOn = (spentAt: string): Cost => ({ unit: 'posts', amount: 1, spentAt });
    reserve('a', dueOn('2026-04-01T10:00:00.000Z'));
    expect(budgets.findBroken(spender, dueOn('2026-04-01T12:00:00.000Z'))?.asked).toBe(1);
    expect(budgets.findBroken(spender, dueOn('2026-04-02T12:00:00.000Z'))).toBeUndefined();
    expect(budgets.findBroken(spender, { unit: 'posts', amount: 1 })).toBeUndefined();
  });

  it('is for whom and for which account it was set', () => {
    const { budgets, reserve } = open();
    const agent = { principal: 'mcp', isAgent: true };
    const person = { principal: 'window', isAgent: false };
    const to = (accountId: string, amount = 1): Cost => ({ unit: 'posts', amount, accountId });
    budgets.set(rule({ limit: 1, principal: allAgents }));
    budgets.set(rule({ limit: 2, accountId: 'x' }));
    reserve('a', to('x'), 'assistant', true);
    expect(budgets.findBroken(agent, to('y'))?.budget.principal).toBe(allAgents);
    expect(budgets.findBroken(person, to('y', 9))).toBeUndefined();
    expect(budgets.findBroken(person, to('x'))).toBeUndefined();
    expect(budgets.findBroken(person, to('x', 2))?.budget).toMatchObject({ accountId: 'x', left: 1 });
  });

  it('is one rule however often it is set', () => {
    const { budgets } = open();
    const first = budgets.set(rule({ limit: 5, period: 'month' }));
    const second = budgets.set(rule({ limit: 7, period: 'month' }));
    expect(second).toMatchObject({ budgetId: first.budgetId, limit: 7 });
    expect(budgets.list()).toHaveLength(1);
    budgets.remove(first.budgetId);
    expect(() => budgets.remove(first.budgetId)).toThrow(/not there any more/);
  });
});
