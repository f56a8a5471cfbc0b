import { and, asc, eq, gt, sql } from 'drizzle-orm';
import type { WorkflowInputs, WorkflowType } from '../src-shared/domain/workflows.ts';
import type { LibraryDatabase } from './database.ts';
import { outbox } from './schema.ts';

/** Something that the work engine has to be told. */
export type OutboxMessage =
  | {
      [Type in WorkflowType]: {
        operation: 'start';
        workflowId: string;
        workflowType: Type;
        taskQueue: string;
        input: WorkflowInputs[Type];
      };
    }[WorkflowType]
  | { operation: 'signal'; workflowId: string; signalName: string }
  | { operation: 'cancel'; workflowId: string }
  | {
      /** Reaches the running workflow; the same id delivered again has no second effect. */
      operation: 'update';
      workflowId: string;
      updateName: string;
      updateId: string;
      input: unknown;
    };

export type OutboxRow = typeof outbox.$inferSelect;

export type OutboxRepository = ReturnType<typeof createOutboxRepository>;

/** What was promised in a transaction and the work engine has not acknowledged yet, in order. */
export function createOutboxRepository(database: LibraryDatabase, now: () => Date = () => new Date()) {
  const { orm } = database;
  const after = orm
    .select({ outboxId: outbox.outboxId, workflowId: outbox.workflowId, operation: outbox.operation })
    .from(outbox)
    .where(gt(outbox.outboxId, sql.placeholder('outboxId')))
    .orderBy(asc(outbox.outboxId))
    .limit(sql.placeholder('limit'))
    .prepare();
  const next = orm
    .select()
    .from(outbox)
    .where(eq(outbox.workflowId, sql.placeholder('workflowId')))
    .orderBy(asc(outbox.outboxId))
    .limit(1)
    .prepare();

  return {
    /** Call inside the transaction that makes the promise. Returns the id of the row. */
    add(message: OutboxMessage): number {
      const row = orm
        .insert(outbox)
        .values({
          operation: message.operation,
          workflowId: message.workflowId,
          createdAt: now().toISOString(),
          ...(message.operation === 'start'
            ? {
                workflowType: message.workflowType,
                taskQueue: message.taskQueue,
                arguments: [message.input],
              }
            : {}),
          ...(message.operation === 'signal' ? { signalName: message.signalName } : {}),
          ...(message.operation === 'update'
            ? { updateName: message.updateName, updateId: message.updateId, arguments: [message.input] }
            : {}),
        })
        .returning({ outboxId: outbox.outboxId })
        .get();
      return row.outboxId;
    },

    /** What is still to be told, the oldest first, a page at a time. */
    listAfter(outboxId: number, limit: number): Pick<OutboxRow, 'outboxId' | 'workflowId' | 'operation'>[] {
      return after.all({ outboxId, limit });
    },

    /** What this workflow is still to be told first. */
    findNext(workflowId: string): OutboxRow | undefined {
      return next.get({ workflowId });
    },

    find(outboxId: number): OutboxRow | undefined {
      return orm.select().from(outbox).where(eq(outbox.outboxId, outboxId)).get();
    },

    /** All that this workflow is still to be told, the oldest first. */
    listPendingIds(workflowId: string): number[] {
      const rows = orm
        .select({ outboxId: outbox.outboxId })
        .from(outbox)
        .where(eq(outbox.workflowId, workflowId))
        .orderBy(asc(outbox.outboxId))
        .all();
      return rows.map(({ outboxId }) => outboxId);
    },

    /** Whether something is still to be told about this workflow. */
    hasPending(workflowId: string): boolean {
      return next.get({ workflowId }) !== undefined;
    },

    /** Whether this workflow was asked for and has not begun: an earlier run of it may still be ending. */
    isToStart(workflowId: string): boolean {
      const isStart = and(eq(outbox.workflowId, workflowId), eq(outbox.operation, 'start'));
      return orm.select({ outboxId: outbox.outboxId }).from(outbox).where(isStart).get() !== undefined;
    },

    /** The work engine has acknowledged: the row goes. A row that a power cut brings back is told again, to no effect. */
    settle(outboxId: number): void {
      database.withoutSync(() => orm.delete(outbox).where(eq(outbox.outboxId, outboxId)).run());
    },

    noteFailure(outboxId: number, message: string): void {
      orm
        .update(outbox)
        .set({ attempts: sql`${outbox.attempts} + 1`, lastError: message })
        .where(eq(outbox.outboxId, outboxId))
        .run();
    },

    count(): number {
      return (
        orm
          .select({ count: sql<number>`count(*)` })
          .from(outbox)
          .get()?.count ?? 0
      );
    },
  };
}
