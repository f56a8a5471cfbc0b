import { createHash } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { and, asc, count, desc, eq, gt, gte, inArray, like, lt, not, or } from 'drizzle-orm';
import type { AuditRow } from '../src-shared/domain/audit.ts';
import type { LibraryDatabase } from './database.ts';
import { prepareInsert } from './prepared-insert.ts';
import { audit } from './schema.ts';

export type AuditEntry = Omit<AuditRow, 'sequence' | 'at' | 'approvalId' | 'previousHash' | 'hash'> & {
  approvalId?: string | null;
};

export interface AuditFilter {
  text?: string | undefined;
  principal?: string | undefined;
  command?: string | undefined;
  entityId?: string | undefined;
  approvalId?: string | undefined;
  onlyRefused: boolean;
  from?: string | undefined;
  until?: string | undefined;
  before?: number | undefined;
  limit: number;
}

export interface AuditVerdict {
  rowCount: number;
  firstBrokenSequence: number | null;
  newestHash: string;
}

/** Outcomes that are no refusal. */
const unrefused = ['done', 'waits-for-approval', 'expired'];

/** Rows that are checked before others get their turn. */
const verifiedAtOnce = 2000;

export type AuditRepository = ReturnType<typeof createAuditRepository>;

/** Append-only record of every command that changed something. Each row carries the hash of the one before. */
export function createAuditRepository(database: LibraryDatabase, now: () => Date = () => new Date()) {
  const { orm, sqlite } = database;
  const newest = orm
    .select({ sequence: audit.sequence, hash: audit.hash })
    .from(audit)
    .orderBy(desc(audit.sequence))
    .limit(1)
    .prepare();
  const insert = prepareInsert(orm, audit, [
    ...(['at', 'principal', 'door', 'command', 'entityId', 'inputHash', 'outcome'] as const),
    ...(['previousHash', 'hash', 'approvalId'] as const),
  ]);

  function listAfter(
    sequence: number,
    limit: number,
    { from, until }: Pick<AuditFilter, 'from' | 'until'> = {},
  ): AuditRow[] {
    return orm
      .select()
      .from(audit)
      .where(
        and(
          gt(audit.sequence, sequence),
          from === undefined ? undefined : gte(audit.at, from),
          until === undefined ? undefined : lt(audit.at, until),
        ),
      )
      .orderBy(asc(audit.sequence))
      .limit(limit)
      .all();
  }

  function countRows(): number {
    return orm.select({ rows: count() }).from(audit).get()?.rows ?? 0;
  }

  /** The greatest sequence ever given: what it says beyond the newest row was cut off. */
  function readLastGiven(): number {
    return Number(
      sqlite.prepare(`SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = 'audit'`).pluck().get(),
    );
  }

  return {
    /** Call inside the transaction of the change it tells of. */
    append({ approvalId = null, ...entry }: AuditEntry): void {
      const row = {
        ...entry,
        approvalId,
        at: now().toISOString(),
        previousHash: newest.get()?.hash ?? '',
      };
      insert({ ...row, hash: hashRow(row) });
    },

    /** Whether this command was done about this thing. */
    wasDone(command: string, entityId: string): boolean {
      return (
        orm
          .select({ sequence: audit.sequence })
          .from(audit)
          .where(and(eq(audit.entityId, entityId), eq(audit.command, command), eq(audit.outcome, 'done')))
          .limit(1)
          .get() !== undefined
      );
    },

    /** Oldest first. */
    listAfter,

    /** Newest first. */
    search(filter: AuditFilter): AuditRow[] {
      const { text, principal, command, entityId, approvalId, onlyRefused, from, until, before } = filter;
      const pattern = text === undefined ? undefined : `%${text}%`;
      const searched = [audit.principal, audit.door, audit.command, audit.entityId, audit.outcome];
      return orm
        .select()
        .from(audit)
        .where(
          and(
            before === undefined ? undefined : lt(audit.sequence, before),
            from === undefined ? undefined : gte(audit.at, from),
            until === undefined ? undefined : lt(audit.at, until),
            principal === undefined ? undefined : eq(audit.principal, principal),
            command === undefined ? undefined : eq(audit.command, command),
            entityId === undefined ? undefined : eq(audit.entityId, entityId),
            approvalId === undefined ? undefined : eq(audit.approvalId, approvalId),
            onlyRefused ? not(inArray(audit.outcome, unrefused)) : undefined,
            pattern === undefined ? undefined : or(...searched.map((column) => like(column, pattern))),
          ),
        )
        .orderBy(desc(audit.sequence))
        .limit(filter.limit)
        .all();
    },

    /** Walks the whole chain, with pauses for whoever else is waiting. */
    async verify(): Promise<AuditVerdict> {
      let previous = { sequence: 0, hash: '' };
      let rowCount = 0;
      for (;;) {
        const rows = listAfter(previous.sequence, verifiedAtOnce);
        for (const row of rows) {
          rowCount += 1;
          const fits =
            row.sequence === previous.sequence + 1 &&
            row.previousHash === previous.hash &&
            row.hash === hashRow(row);
          if (!fits) {
            return {
              rowCount: countRows(),
              firstBrokenSequence: row.sequence,
              newestHash: newest.get()?.hash ?? '',
            };
          }
          previous = row;
        }
        if (rows.length < verifiedAtOnce) break;
        await nextTurn();
      }
      const isCutOff =
        readLastGiven() > previous.sequence && (newest.get()?.sequence ?? 0) === previous.sequence;
      return {
        rowCount,
        firstBrokenSequence: isCutOff ? previous.sequence + 1 : null,
        newestHash: previous.hash,
      };
    },
  };
}

/** Rows of before there were approvals keep the hash they had. */
function hashRow(row: Omit<AuditRow, 'sequence' | 'hash'>): string {
  const { previousHash, at, principal, door, command, entityId, inputHash, outcome, approvalId } = row;
  const fields = [previousHash, at, principal, door, command, entityId, inputHash, outcome];
  return createHash('sha256')
    .update(JSON.stringify(approvalId === null ? fields : [...fields, approvalId]))
    .digest('hex');
}
