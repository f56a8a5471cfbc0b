import type { WorkerDependencies } from '../dependencies.ts';

/**
 * Runs a try while keeping its lease. The signal is aborted when the lease is lost: to somebody else, since this worker
 * was asleep, or by an edit. Such a try is over, and no failure: what is to be done instead stands in the database.
 */
export async function holdLease(
  { posts, publishingTimings, logger }: Pick<WorkerDependencies, 'posts' | 'publishingTimings' | 'logger'>,
  { targetId, owner, signal }: { targetId: string; owner: string; signal: AbortSignal },
  work: (held: AbortSignal) => Promise<void>,
): Promise<void> {
  const { leaseMs, renewLeaseMs } = publishingTimings;
  const lost = new AbortController();
  const timer = setInterval(() => {
    try {
      if (!posts.renewLease(targetId, owner, leaseMs)) lost.abort(new Error('the lease is lost'));
    } catch (thrown) {
      logger.warn({ err: thrown, targetId }, 'a lease was not renewed; it lasts several such moments');
    }
  }, renewLeaseMs);
  try {
    await work(AbortSignal.any([signal, lost.signal]));
  } catch (thrown) {
    if (!lost.signal.aborted || signal.aborted) throw thrown;
    logger.info({ targetId }, 'a try was over before its end, since it had lost its lease');
  } finally {
    clearInterval(timer);
  }
}
