import type { CommandServices } from '../commands/services.ts';
import { startPost } from './start-messages.ts';
import type { WorkEngine } from './temporal-client.ts';
import { workflowIds } from '../../src-shared/domain/workflows.ts';

/** In one transaction; more would keep the worker waiting for the database. */
const batchSize = 200;

/**
 * Every post that something is still to be done for has a workflow, the soonest first. There may be ten thousand of
 * them, so the engine is asked for all that run at once; one that its list does not show is asked for by name.
 * @returns the ids of the workflows that were armed again
 */
export async function reconcilePosts(
  { postQueries, outbox, database }: Pick<CommandServices, 'postQueries' | 'outbox' | 'database'>,
  engine: Pick<WorkEngine, 'isRunning' | 'listRunning'>,
): Promise<string[]> {
  const open = postQueries.listOpenPostIds();
  if (open.length === 0) return [];
  const running = await engine.listRunning('schedulePost');
  const unlisted = open.filter((postId) => !running.has(workflowIds.schedulePost(postId)));
  // With most of them missing the engine was made anew: asking for each would take minutes, and a start does no harm.
  const isMadeAnew = unlisted.length > batchSize;
  const missing: string[] = [];
  for (const postId of unlisted) {
    if (isMadeAnew || !(await engine.isRunning(workflowIds.schedulePost(postId)))) missing.push(postId);
  }
  const armed: string[] = [];
  for (let start = 0; start < missing.length; start += batchSize) {
    database.transaction(() => {
      for (const postId of missing.slice(start, start + batchSize)) {
        const workflowId = workflowIds.schedulePost(postId);
        if (outbox.hasPending(workflowId) || !postQueries.isOpen(postId)) continue;
        outbox.add(startPost(postId));
        armed.push(workflowId);
      }
    });
    await new Promise(setImmediate);
  }
  return armed;
}
