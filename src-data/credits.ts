import { randomUUID } from 'node:crypto';
import { and, desc, eq, gte, lt, sql, type SQL } from 'drizzle-orm';
import { allAgents, type Cost, type CreditUnit, type LedgerEntry } from '../src-shared/domain/access.ts';
import type { LibraryDatabase } from './database.ts';
import { prepareInsert } from './prepared-insert.ts';
import { ledger } from './schema/access.ts';

export interface Reservation {
  entityId: string;
  /** The work that will settle it: where it has ended without a word, the reservation is released. */
  workflowId: string | null;
  principal: string;
  isAgent: boolean;
  cost: Cost;
}

/** Which reservations of an entity are meant; what is left out does not narrow. */
export interface ReservationFilter {
  accountId?: string;
  unit?: CreditUnit;
}

export interface OpenReservation {
  reservationId: string;
  entityId: string;
  workflowId: string | null;
  unit: CreditUnit;
  accountId: string | null;
  amount: number;
  at: string;
}

/** Whose spending, of what, since when and until when. */
export interface SpendingQuestion {
  unit: CreditUnit;
  principal: string | null;
  accountId: string | null;
  from: Date;
  until: Date;
}

/** What a person may read of a line. */
const entryColumns = {
  entryId: ledger.entryId,
  at: ledger.at,
  operation: ledger.operation,
  reservationId: ledger.reservationId,
  entityId: ledger.entityId,
  unit: ledger.unit,
  principal: ledger.principal,
  accountId: ledger.accountId,
  spentAt: ledger.spentAt,
  reserved: ledger.reserved,
  spent: ledger.spent,
  note: ledger.note,
};

type LedgerRow = typeof ledger.$inferSelect;

export type CreditRepository = ReturnType<typeof createCreditRepository>;

/**
 * The ledger: reserve when work is accepted, settle when it is done, release when it came to nothing. Each is one line
 * that is never changed, and a reservation can be closed only once, so the sums hold whatever is repeated or killed.
 */
export function createCreditRepository(database: LibraryDatabase, now: () => Date = () => new Date()) {
  const { orm } = database;
  const insert = prepareInsert(orm, ledger, [
    ...([
      'at',
      'operation',
      'reservationId',
      'entityId',
      'workflowId',
      'unit',
      'principal',
      'isAgent',
    ] as const),
    ...(['accountId', 'spentAt', 'reserved', 'spent', 'note'] as const),
  ]);
  const openOfEntity = selectOpen(eq(ledger.entityId, sql.placeholder('entityId'))).prepare();

  function add(row: Omit<LedgerRow, 'entryId' | 'at'>): void {
    insert({ ...row, at: now().toISOString() });
  }

  /** Those that are meant, or all. */
  function selectOpen(which?: SQL) {
    return orm
      .select()
      .from(ledger)
      .where(
        and(
          eq(ledger.operation, 'reserve'),
          which,
          sql`NOT EXISTS (SELECT 1 FROM ledger AS closing
            WHERE closing.reservation_id = ${ledger.reservationId} AND closing.operation <> 'reserve')`,
        ),
      )
      .orderBy(ledger.entryId);
  }

  function findOpen(entityId: string, filter: ReservationFilter = {}): LedgerRow[] {
    return openOfEntity
      .all({ entityId })
      .filter(
        (row) =>
          (filter.accountId === undefined || filter.accountId === row.accountId) &&
          (filter.unit === undefined || filter.unit === row.unit),
      );
  }

  function close(row: LedgerRow, operation: 'settle' | 'release', spent: number, note: string | null): void {
    const { reservationId, entityId, workflowId, unit, principal, isAgent, accountId, spentAt } = row;
    add({
      ...{ reservationId, entityId, workflowId, unit, principal, isAgent, accountId, spentAt },
      ...{ operation, reserved: -row.reserved, spent, note },
    });
  }

  function releaseReservation(
    entityId: string,
    filter: ReservationFilter = {},
    note: string | null = null,
  ): void {
    database.transaction(() => {
      for (const row of findOpen(entityId, filter)) close(row, 'release', 0, note);
    });
  }

  return {
    /** Call inside the transaction that accepts the work. */
    reserve({ entityId, workflowId, principal, isAgent, cost }: Reservation): void {
      if (cost.amount === 0) return;
      add({
        operation: 'reserve',
        reservationId: randomUUID(),
        entityId,
        workflowId,
        unit: cost.unit,
        principal,
        isAgent,
        accountId: cost.accountId ?? null,
        spentAt: cost.spentAt ?? now().toISOString(),
        reserved: cost.amount,
        spent: 0,
        note: null,
      });
    },

    /**
     * The work is done: what was reserved for it is spent, or what it really took. Saying it twice changes nothing.
     * Several reservations share the amount by being settled one after the other.
     */
    settleReservation(entityId: string, filter: ReservationFilter & { amount?: number } = {}): void {
      database.transaction(() => {
        const rows = findOpen(entityId, filter);
        let rest = filter.amount;
        for (const [index, row] of rows.entries()) {
          const isLast = index === rows.length - 1;
          const spent = rest === undefined ? row.reserved : isLast ? rest : Math.min(rest, row.reserved);
          if (rest !== undefined) rest -= spent;
          close(row, 'settle', spent, null);
        }
      });
    },

    /** The work came to nothing: what was reserved is free again. Saying it twice changes nothing. */
    releaseReservation,

    /** Returns whether it was open. */
    releaseOne(reservationId: string, note: string): boolean {
      return database.transaction(() => {
        const [row] = selectOpen(eq(ledger.reservationId, reservationId)).all();
        if (row !== undefined) close(row, 'release', 0, note);
        return row !== undefined;
      });
    },

    listOpen(): OpenReservation[] {
      return selectOpen()
        .all()
        .map(({ reservationId, entityId, workflowId, unit, accountId, reserved, at }) => ({
          ...{ reservationId, entityId, workflowId, unit, accountId, at },
          amount: reserved,
        }));
    },

    /** What is reserved and what is spent of a unit within a stretch of time. */
    sum({ unit, principal, accountId, from, until }: SpendingQuestion): { reserved: number; spent: number } {
      const ofWhom =
        principal === null
          ? undefined
          : principal === allAgents
            ? eq(ledger.isAgent, true)
            : eq(ledger.principal, principal);
      return sums(
        and(
          eq(ledger.unit, unit),
          gte(ledger.spentAt, from.toISOString()),
          lt(ledger.spentAt, until.toISOString()),
          accountId === null ? undefined : eq(ledger.accountId, accountId),
          ofWhom,
        ),
      );
    },

    /** The same over all time. */
    total: (unit: CreditUnit) => sums(eq(ledger.unit, unit)),

    /** Newest first. */
    list(filter: {
      entityId?: string | undefined;
      before?: number | undefined;
      limit: number;
    }): LedgerEntry[] {
      const { entityId, before, limit } = filter;
      return orm
        .select(entryColumns)
        .from(ledger)
        .where(
          and(
            entityId === undefined ? undefined : eq(ledger.entityId, entityId),
            before === undefined ? undefined : lt(ledger.entryId, before),
          ),
        )
        .orderBy(desc(ledger.entryId))
        .limit(limit)
        .all();
    },
  };

  function sums(where: ReturnType<typeof and>): { reserved: number; spent: number } {
    const row = orm
      .select({
        reserved: sql<number>`coalesce(sum(${ledger.reserved}), 0)`,
        spent: sql<number>`coalesce(sum(${ledger.spent}), 0)`,
      })
      .from(ledger)
      .where(where)
      .get();
    return row ?? { reserved: 0, spent: 0 };
  }
}
