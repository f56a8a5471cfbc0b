import { and, count, desc, eq, inArray, lte } from 'drizzle-orm';
import type { Approval, ApprovalState } from '../src-shared/domain/approval.ts';
import { recordNotFound } from './database-errors.ts';
import type { LibraryDatabase } from './database.ts';
import { approval } from './schema/access.ts';

export type NewApproval = Pick<
  Approval,
  | 'approvalId'
  | 'command'
  | 'input'
  | 'contentHash'
  | 'preview'
  | 'principal'
  | 'principalLabel'
  | 'door'
  | 'expiresAt'
>;

export interface ApprovalEnd {
  state: Exclude<ApprovalState, 'pending'>;
  /** Who decided; null where time did. */
  decidedBy: string | null;
  result?: Approval['result'];
  replacedBy?: string;
}

export type ApprovalRepository = ReturnType<typeof createApprovalRepository>;

/** What agents asked for and what became of it. */
export function createApprovalRepository(database: LibraryDatabase, now: () => Date = () => new Date()) {
  const { orm } = database;

  /** What nobody decided in time has expired, also before the workflow that says so has come to it. */
  function toPresent(row: Approval): Approval {
    const isOver = row.state === 'pending' && row.expiresAt <= now().toISOString();
    return isOver ? { ...row, state: 'expired' } : row;
  }

  function find(approvalId: string): Approval | undefined {
    const row = orm.select().from(approval).where(eq(approval.approvalId, approvalId)).get();
    return row === undefined ? undefined : toPresent(row);
  }

  /** Waiting ones, by the row: some may be over by their time already. */
  function listPending(principal?: string): Approval[] {
    const ofWhom = principal === undefined ? undefined : eq(approval.principal, principal);
    return orm
      .select()
      .from(approval)
      .where(and(eq(approval.state, 'pending'), ofWhom))
      .orderBy(desc(approval.createdAt))
      .all();
  }

  return {
    find,

    /** @throws AppError `input.not-found` */
    get(approvalId: string): Approval {
      const row = find(approvalId);
      if (row === undefined) throw recordNotFound('This request for approval', approvalId);
      return row;
    },

    /** Newest first. */
    list(filter: {
      states?: readonly ApprovalState[] | undefined;
      principal?: string | undefined;
      limit: number;
    }): Approval[] {
      const { states, principal, limit } = filter;
      // An overdue row still says `pending`: it is fetched too where expired ones are wanted.
      const stored = states?.includes('expired') === true ? [...states, 'pending' as const] : states;
      return orm
        .select()
        .from(approval)
        .where(
          and(
            stored === undefined ? undefined : inArray(approval.state, [...stored]),
            principal === undefined ? undefined : eq(approval.principal, principal),
          ),
        )
        .orderBy(desc(approval.createdAt), desc(approval.approvalId))
        .limit(limit)
        .all()
        .map(toPresent)
        .filter(({ state }) => states === undefined || states.includes(state));
    },

    listPending,

    /** Whether nobody has ended it, also where its time is over. */
    isOpen: (approvalId: string) =>
      orm.select({ state: approval.state }).from(approval).where(eq(approval.approvalId, approvalId)).get()
        ?.state === 'pending',

    countPending(principal?: string): number {
      const ofWhom = principal === undefined ? undefined : eq(approval.principal, principal);
      const isOpen = and(eq(approval.state, 'pending'), ofWhom);
      const at = now().toISOString();
      const all = orm.select({ count: count() }).from(approval).where(isOpen).get()?.count ?? 0;
      const over =
        orm
          .select({ count: count() })
          .from(approval)
          .where(and(isOpen, lte(approval.expiresAt, at)))
          .get()?.count ?? 0;
      return all - over;
    },

    /** The same wish of the same agent that waits already. */
    findSame(principal: string, contentHash: string): Approval | undefined {
      return listPending(principal).find(
        (row) => row.contentHash === contentHash && toPresent(row).state === 'pending',
      );
    },

    create(row: NewApproval): Approval {
      const createdAt = now().toISOString();
      return orm
        .insert(approval)
        .values({ ...row, state: 'pending', createdAt })
        .returning()
        .get();
    },

    /** Ends the waiting, once: returns whether it was this call that did. */
    end(approvalId: string, { state, decidedBy, result = null, replacedBy }: ApprovalEnd): boolean {
      const { changes } = orm
        .update(approval)
        .set({ state, decidedBy, result, replacedBy: replacedBy ?? null, decidedAt: now().toISOString() })
        .where(and(eq(approval.approvalId, approvalId), eq(approval.state, 'pending')))
        .run();
      return changes > 0;
    },
  };
}
