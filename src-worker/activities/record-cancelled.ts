import { Context } from '@temporalio/activity';
import type { WorkerDependencies } from './dependencies.ts';
import { runActivity } from './run-activity.ts';

/**
 * Writes down that the workflow of this activity was cancelled, unless it is wanted again already. The command that
 * cancels says so in the database at once; what comes here is the end of the work, and the next run, for which the
 * database has been made ready, begins only after it.
 */
export function recordCancelled(
  { logger, database, outbox }: Pick<WorkerDependencies, 'logger' | 'database' | 'outbox'>,
  write: () => void,
): Promise<void> {
  return runActivity(logger, { heartbeatEveryMs: null }, () => {
    const workflowId = Context.current().info.workflowExecution?.workflowId ?? '';
    database.transaction(() => {
      if (!outbox.isToStart(workflowId)) write();
    });
  });
}
