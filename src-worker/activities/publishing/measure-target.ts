import type { Published } from '../../../src-connectors/common/node/connector.ts';
import { toAppError } from '../../../src-shared/domain/errors.ts';
import type { WorkerDependencies } from '../dependencies.ts';
import { askedPauseMs } from './settle-failure.ts';

/** Reads likes and the like, later. Never worth another try: the next time comes by itself. */
export async function measureTarget(
  { posts, accounts, publishing, publishingTimings, logger }: WorkerDependencies,
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
  if (!posts.mayMeasure(targetId)) return;
  try {
    const context = publishing.openContext(account, { signal, firstSentAt: null });
    const metrics = await publishing
      .connectorOf(account.platform)
      .readMetrics(target.published as Published, context);
    posts.recordMetrics(targetId, metrics);
  } catch (thrown) {
    signal.throwIfAborted();
    const error = toAppError(thrown);
    logger.info({ code: error.code, targetId }, 'the numbers of a post could not be read');
    const askedMs = askedPauseMs(error, publishingTimings);
    if (askedMs > 0) posts.holdAccount(account.accountId, askedMs);
    posts.recordMetrics(targetId, null);
  }
}
