import { randomUUID } from 'node:crypto';
import type { FrozenPublication, Published } from '../../../src-connectors/common/node/connector.ts';
import { PublishError } from '../../../src-connectors/common/node/publish-error.ts';
import { accountDisconnected } from '../../../src-data/posts/account-posts.ts';
import type { Claim } from '../../../src-data/posts/claims.ts';
import type { Account } from '../../../src-shared/domain/account.ts';
import { AppError } from '../../../src-shared/domain/errors.ts';
import { contentOf } from '../../../src-shared/domain/post.ts';
import type { WorkerDependencies } from '../dependencies.ts';
import { holdLease } from './hold-lease.ts';
import { settleDeletion } from './settle-deletion.ts';

/**
 * One try to take a post off its platform again, for one account, its thread as a whole. What is gone already is no
 * error, so that a try which was lost is simply made once more.
 */
export async function deleteTarget(
  dependencies: WorkerDependencies,
  targetId: string,
  signal: AbortSignal,
): Promise<void> {
  const { posts, accounts, publishingTimings, reachStep } = dependencies;
  const owner = randomUUID();
  const claim = posts.claimToDelete({ targetId, owner, leaseMs: publishingTimings.leaseMs });
  if (typeof claim === 'string') return;
  await reachStep('delete-claimed', targetId);
  await holdLease(dependencies, { targetId, owner, signal }, async (held) => {
    const found = accounts.findEver(claim.target.accountId);
    try {
      const account = expectUsable(accounts.find(claim.target.accountId), found?.name);
      const detail = await remove(dependencies, claim, { account, signal: held });
      await reachStep('removed', targetId);
      posts.recordDeleted(targetId, detail);
    } catch (thrown) {
      if (held.aborted) throw thrown;
      settleDeletion(dependencies, { claim, owner, checkedAt: found?.checkedAt ?? null }, thrown);
    }
  });
}

async function remove(
  { publishing, posts }: WorkerDependencies,
  { row, target }: Claim,
  { account, signal }: { account: Account; signal: AbortSignal },
): Promise<string> {
  const connector = publishing.connectorOf(account.platform);
  const context = publishing.openContext(account, {
    signal,
    firstSentAt: target.publishedAt,
    isAnother: (remoteId) => posts.isAnother(target, remoteId),
  });
  let published = target.published as Published | null;
  if (published === null) {
    // Marked by the creator: where it stands, only what was once to be sent can tell.
    const outcome = await connector.reconcile(target.frozen as FrozenPublication, context);
    if (outcome.state === 'removed') return `It was gone from ${account.name} already.`;
    if (outcome.state !== 'found') throw notFoundThere(account);
    published = outcome.published;
  }
  await connector.remove(published, context);
  const { length } = contentOf(row, target).parts;
  return `Deleted from ${account.name}${length > 1 ? `, all ${length} posts of the thread` : ''}.`;
}

function notFoundThere({ name }: Account): PublishError {
  return new PublishError({
    kind: 'refused',
    userMessage: `Longhand does not find this post on ${name}, so nothing was deleted. You said yourself that it stands there: delete it there, then say that it is deleted.`,
  });
}

function expectUsable(account: Account | undefined, name: string | undefined): Account {
  if (account?.state === 'connected') return account;
  if (account === undefined) throw accountDisconnected(name ?? 'The account', 'deletion');
  throw new AppError({
    code: 'platform.credentials-refused',
    userMessage: `“${account.name}” must be connected again. The post was not deleted yet. Connect the account, and it goes on by itself.`,
    retry: 'user',
    details: { accountId: account.accountId },
  });
}
