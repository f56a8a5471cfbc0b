import type { Logger } from '../../src-node/logger.ts';
import type { CommandServices } from '../commands/services.ts';
import type { WorkEngine } from './temporal-client.ts';

export interface ReleaseForgottenOptions {
  services: Pick<CommandServices, 'database' | 'credits' | 'outbox'>;
  engine: Pick<WorkEngine, 'isRunning'>;
  /** Work that is known to be due, so that nobody need ask the engine about it. */
  dueWorkflowIds: ReadonlySet<string>;
  logger: Logger;
}

/** Gives back what was set aside for work that has ended without a word: killed for good, or lost. */
export async function releaseForgotten(options: ReleaseForgottenOptions): Promise<void> {
  const { services, engine, dueWorkflowIds, logger } = options;
  const { database, credits, outbox } = services;
  for (const { reservationId, entityId, workflowId } of credits.listOpen()) {
    if (workflowId === null || dueWorkflowIds.has(workflowId) || outbox.hasPending(workflowId)) continue;
    if (await engine.isRunning(workflowId)) continue;
    // Meanwhile it may have been asked for anew, which has its own reservation.
    const isReleased = database.transaction(
      () =>
        !outbox.hasPending(workflowId) &&
        credits.releaseOne(reservationId, 'Its work had ended without a word.'),
    );
    if (isReleased) logger.warn({ entityId, workflowId }, 'a forgotten reservation was released');
  }
}
