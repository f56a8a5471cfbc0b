import { randomUUID } from 'node:crypto';
import type { WorkerDependencies } from '../dependencies.ts';
import { holdLease } from './hold-lease.ts';
import { makeFrozen } from './make-frozen.ts';
import { settleFailure } from './settle-failure.ts';

/** Ahead of the due time: what will be sent is made and saved. What does not succeed here is done when it is due. */
export async function prepareTarget(
  dependencies: WorkerDependencies,
  targetId: string,
  signal: AbortSignal,
): Promise<void> {
  const { posts, accounts, publishing, publishingTimings, reachStep } = dependencies;
  const owner = randomUUID();
  const claim = posts.claimToPrepare({ targetId, owner, leaseMs: publishingTimings.leaseMs });
  if (typeof claim === 'string') return;
  await reachStep('prepare-claimed', targetId);
  await holdLease(dependencies, { targetId, owner, signal }, async (held) => {
    const found = accounts.findEver(claim.target.accountId);
    try {
      const account = accounts.get(claim.target.accountId);
      const context = publishing.openContext(account, { signal: held, firstSentAt: null });
      const frozen = await makeFrozen(dependencies, claim, { account, context, signal: held });
      await reachStep('prepare-made', targetId);
      posts.saveFrozen(targetId, owner, frozen, claim.row.revision);
      await reachStep('prepare-saved', targetId);
      posts.endPreparing(targetId, owner);
    } catch (thrown) {
      if (held.aborted) throw thrown;
      settleFailure(
        dependencies,
        { claim, owner, isPreparing: true, checkedAt: found?.checkedAt ?? null },
        thrown,
      );
    }
  });
}
