import { randomUUID } from 'node:crypto';
import { and, count, desc, eq, gte, isNull } from 'drizzle-orm';
import type { Grant, GrantState } from '../src-shared/domain/access.ts';
import { periodStart } from '../src-shared/domain/period.ts';
import { recordNotFound } from './database-errors.ts';
import type { LibraryDatabase } from './database.ts';
import { grantUse, standingGrant } from './schema/access.ts';

export interface GrantQuestion {
  command: string;
  principal: string;
  /** The accounts that the command touches. */
  accountIds: readonly string[];
}

export interface GrantOptions {
  now: () => Date;
  /** The IANA zone whose days, weeks and months count. */
  zone: () => string;
}

export type GrantRepository = ReturnType<typeof createGrantRepository>;

/** Standing approvals, and each use of one. */
export function createGrantRepository(database: LibraryDatabase, { now, zone }: GrantOptions) {
  const { orm } = database;

  function countUses(grant: Grant): number {
    const { grantId, budget } = grant;
    const since = budget === null ? '' : periodStart(budget.period, now(), zone()).toISOString();
    const inPeriod = and(eq(grantUse.grantId, grantId), gte(grantUse.at, since));
    return orm.select({ count: count() }).from(grantUse).where(inPeriod).get()?.count ?? 0;
  }

  function toState(grant: Grant): GrantState {
    const usedCount = countUses(grant);
    const leftCount = grant.budget === null ? null : Math.max(0, grant.budget.count - usedCount);
    return { ...grant, usedCount, leftCount };
  }

  function find(grantId: string): Grant | undefined {
    return orm.select().from(standingGrant).where(eq(standingGrant.grantId, grantId)).get();
  }

  function get(grantId: string): Grant {
    const grant = find(grantId);
    if (grant === undefined) throw recordNotFound('This standing approval', grantId);
    return grant;
  }

  function fits(grant: Grant, { principal, accountIds }: GrantQuestion): boolean {
    if (grant.principal !== null && grant.principal !== principal) return false;
    if (grant.expiresAt !== null && grant.expiresAt <= now().toISOString()) return false;
    const { accountIds: allowed } = grant;
    // Where it names accounts, a command that touches none it knows of is not what was meant.
    const isForThese =
      allowed === null || (accountIds.length > 0 && accountIds.every((id) => allowed.includes(id)));
    return isForThese && toState(grant).leftCount !== 0;
  }

  function findFitting(question: GrantQuestion): Grant | undefined {
    return orm
      .select()
      .from(standingGrant)
      .where(and(eq(standingGrant.command, question.command), isNull(standingGrant.revokedAt)))
      .orderBy(standingGrant.createdAt)
      .all()
      .find((grant) => fits(grant, question));
  }

  return {
    findFitting,

    /** Newest first. */
    list(): GrantState[] {
      return orm.select().from(standingGrant).orderBy(desc(standingGrant.createdAt)).all().map(toState);
    },

    /** @throws AppError `input.not-found` */
    read: (grantId: string) => toState(get(grantId)),

    create(rule: Omit<Grant, 'grantId' | 'createdAt' | 'revokedAt'>): GrantState {
      const row = { ...rule, grantId: randomUUID(), createdAt: now().toISOString() };
      return toState(orm.insert(standingGrant).values(row).returning().get());
    },

    revoke(grantId: string): GrantState {
      if (get(grantId).revokedAt === null) {
        orm
          .update(standingGrant)
          .set({ revokedAt: now().toISOString() })
          .where(eq(standingGrant.grantId, grantId))
          .run();
      }
      return toState(get(grantId));
    },

    /** Revokes what was given to this principal alone. */
    revokeOf(principal: string): void {
      orm
        .update(standingGrant)
        .set({ revokedAt: now().toISOString() })
        .where(and(eq(standingGrant.principal, principal), isNull(standingGrant.revokedAt)))
        .run();
    },

    /** Call inside the transaction of what it allows. */
    recordUse(grantId: string, entityId: string | null): void {
      orm.insert(grantUse).values({ grantId, entityId, at: now().toISOString() }).run();
    },
  };
}
