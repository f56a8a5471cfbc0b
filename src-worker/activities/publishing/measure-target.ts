import type { Published } from '../../../src-connectors/common/node/connector.ts';
import { toAppError } from '../../../src-shared/domain/errors.ts';
import type { WorkerDependencies } from '../dependencies.ts';

/** Reads likes and the like, later. Never worth another try: the next time comes by itself. */
export async function measureTarget(
  { posts, accounts, publishing, logger }: WorkerDependencies,
  targetId: string,
  signal: AbortSignal,
): Promise<void> {
  const target = posts.findTarget(targetId);
  if (target?.state !== 'published' || target.published === null) {
    posts.recordMetrics(targetId, null);
    return;
  }
  const account = accounts.find(target.accountId);
  if (account?.state !== 'connected') {
    posts.recordMetrics(targetId, null);
    return;
  }
  try {
    const context = publishing.openContext(account, { signal, firstSentAt: null });
    const metrics = await publishing
      .connectorOf(account.platform)
      .readMetrics(target.published as Published, context);
    posts.recordMetrics(targetId, metrics);
  } catch (thrown) {
    signal.throwIfAborted();
    logger.info({ code: toAppError(thrown).code, targetId }, 'the numbers of a post could not be read');
    posts.recordMetrics(targetId, null);
  }
}
