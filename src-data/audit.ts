import { createHash } from 'node:crypto';
import { and, asc, desc, eq, gt } from 'drizzle-orm';
import type { LibraryDatabase } from './database.ts';
import { audit } from './schema.ts';

export interface AuditEntry {
  /** Who: `window`, `command-line`, `loop`, or the name of a token. */
  principal: string;
  /** Which way it came in. */
  door: string;
  command: string;
  entityId: string | null;
  /** SHA-256 of the canonical input: what was asked can be proved, and is not repeated here. */
  inputHash: string;
  outcome: string;
}

type AuditRow = typeof audit.$inferSelect;

export type AuditRepository = ReturnType<typeof createAuditRepository>;

/** Append-only record of every command that changed something. Each row carries the hash of the one before. */
export function createAuditRepository(database: LibraryDatabase, now: () => Date = () => new Date()) {
  const { orm } = database;
  return {
    /** Call inside the transaction of the change it tells of. */
    append(entry: AuditEntry): void {
      const newest = orm
        .select({ hash: audit.hash })
        .from(audit)
        .orderBy(desc(audit.sequence))
        .limit(1)
        .get();
      const row = { ...entry, at: now().toISOString(), previousHash: newest?.hash ?? '' };
      orm
        .insert(audit)
        .values({ ...row, hash: hashRow(row) })
        .run();
    },

    /** Whether this command was done about this thing. Reads the whole table: for rare questions. */
    wasDone(command: string, entityId: string): boolean {
      return (
        orm
          .select({ sequence: audit.sequence })
          .from(audit)
          .where(and(eq(audit.command, command), eq(audit.entityId, entityId), eq(audit.outcome, 'done')))
          .limit(1)
          .get() !== undefined
      );
    },

    listAfter(sequence: number, limit: number): AuditRow[] {
      return orm
        .select()
        .from(audit)
        .where(gt(audit.sequence, sequence))
        .orderBy(asc(audit.sequence))
        .limit(limit)
        .all();
    },

    /** Walks the chain; the sequence of the first row that does not fit, or null where all do. */
    findFirstBroken(): number | null {
      let previousHash = '';
      for (const row of orm.select().from(audit).orderBy(asc(audit.sequence)).all()) {
        if (row.previousHash !== previousHash || row.hash !== hashRow(row)) return row.sequence;
        previousHash = row.hash;
      }
      return null;
    },
  };
}

function hashRow(row: Omit<AuditRow, 'sequence' | 'hash'>): string {
  const { previousHash, at, principal, door, command, entityId, inputHash, outcome } = row;
  return createHash('sha256')
    .update(JSON.stringify([previousHash, at, principal, door, command, entityId, inputHash, outcome]))
    .digest('hex');
}
