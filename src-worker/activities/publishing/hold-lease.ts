import type { WorkerDependencies } from '../dependencies.ts';

/**
 * Runs a try while keeping its lease. The signal is aborted when the lease went to somebody else, so that a worker that
 * was asleep does not go on beside its successor.
 */
export async function holdLease<Value>(
  { posts, publishingTimings, logger }: Pick<WorkerDependencies, 'posts' | 'publishingTimings' | 'logger'>,
  { targetId, owner, signal }: { targetId: string; owner: string; signal: AbortSignal },
  work: (held: AbortSignal) => Promise<Value>,
): Promise<Value> {
  const { leaseMs, renewLeaseMs } = publishingTimings;
  const lost = new AbortController();
  const timer = setInterval(() => {
    try {
      if (!posts.renewLease(targetId, owner, leaseMs))
        lost.abort(new Error('the lease went to somebody else'));
    } catch (thrown) {
      logger.warn({ err: thrown, targetId }, 'a lease was not renewed; it lasts several such moments');
    }
  }, renewLeaseMs);
  try {
    return await work(AbortSignal.any([signal, lost.signal]));
  } finally {
    clearInterval(timer);
  }
}
