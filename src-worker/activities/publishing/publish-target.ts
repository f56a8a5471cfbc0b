import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { FrozenPublication, KnownOfPublication } from '../../../src-connectors/common/node/connector.ts';
import {
  NotBegunError,
  PreparedGoneError,
  PublishError,
} from '../../../src-connectors/common/node/publish-error.ts';
import { accountDisconnected } from '../../../src-data/posts/account-posts.ts';
import type { Claim } from '../../../src-data/posts/claims.ts';
import type { Account } from '../../../src-shared/domain/account.ts';
import { AppError } from '../../../src-shared/domain/errors.ts';
import { descriptionOf } from '../../../src-shared/domain/platforms/known-platforms.ts';
import type { WorkerDependencies } from '../dependencies.ts';
import { holdLease } from './hold-lease.ts';
import { makeFrozen } from './make-frozen.ts';
import { settleFailure } from './settle-failure.ts';
import { settleUnknown } from './settle-unknown.ts';
import { tellToMark } from './tell.ts';

interface Try {
  dependencies: WorkerDependencies;
  claim: Claim;
  owner: string;
  account: Account;
  signal: AbortSignal;
}

/**
 * One try to publish for one account. What is sent, and the key under which the platform knows it, are in the database
 * before the first byte leaves; whatever may have been sent before is looked for before anything is sent.
 */
export async function publishTarget(
  dependencies: WorkerDependencies,
  targetId: string,
  signal: AbortSignal,
): Promise<void> {
  const { posts, accounts, publishingTimings, reachStep } = dependencies;
  const target = posts.findTarget(targetId);
  const platform = target && accounts.findEver(target.accountId)?.platform;
  const owner = randomUUID();
  const claim = posts.claimToPublish({
    targetId,
    owner,
    leaseMs: publishingTimings.leaseMs,
    spacingMs: platform === undefined ? 0 : publishingTimings.spacingMs[platform],
  });
  if (typeof claim === 'string') return;
  await reachStep('claimed', targetId);
  await holdLease(dependencies, { targetId, owner, signal }, async (held) => {
    const found = accounts.findEver(claim.target.accountId);
    try {
      await delay(claim.startAfterMs, undefined, { signal: held });
      const account = expectUsable(accounts.find(claim.target.accountId), found?.name, claim);
      await send({ dependencies, claim, owner, account, signal: held });
    } catch (thrown) {
      if (held.aborted) throw thrown;
      if (thrown instanceof PreparedGoneError) posts.discardFrozen(targetId, owner);
      settleFailure(
        dependencies,
        { claim, owner, isPreparing: false, checkedAt: found?.checkedAt ?? null },
        thrown,
      );
    }
  });
}

async function send(attempt: Try): Promise<void> {
  const { dependencies, claim, owner, account, signal } = attempt;
  const { posts, publishing, reachStep, database, publishingTimings, now } = dependencies;
  const { targetId } = claim.target;
  const connector = publishing.connectorOf(account.platform);
  const frozen = await freeze(attempt);
  if (frozen === null) return;

  if (descriptionOf(account.platform).delivery === 'by-hand') {
    await connector.publish(frozen, publishing.openContext(account, { signal, firstSentAt: null }));
    const outcome = {
      kind: 'to-mark',
      detail: 'Text and files are at hand. Post it, then mark it as posted.',
    } as const;
    database.transaction(() => {
      if (posts.recordEnd(targetId, owner, 'to-mark', outcome)) tellToMark(dependencies, claim, account);
    });
    return;
  }

  const toSend = claim.isToLookFirst ? await look(attempt, frozen) : 'all';
  if (toSend === 'nothing') return;
  const firstSentAt = posts.beginSending(targetId, owner);
  if (firstSentAt === null) return;
  await reachStep('sending', targetId);
  // The computer fell asleep between that word and the first byte.
  if (toSend === 'all' && now().getTime() - Date.parse(firstSentAt) > publishingTimings.leaseMs) {
    posts.recordNotSent(targetId, owner);
    return;
  }
  const context = publishing.openContext(account, { signal, ...knownOf(attempt, firstSentAt) });
  try {
    const published = await connector.publish(frozen, context);
    await reachStep('sent', targetId);
    posts.recordPublished(targetId, published, `Published on ${account.name}.`);
  } catch (thrown) {
    if (toSend === 'all' && isKnownNotSent(thrown)) posts.recordNotSent(targetId, owner);
    throw thrown;
  }
  await reachStep('recorded', targetId);
}

function knownOf({ dependencies, claim }: Try, firstSentAt: string | null): KnownOfPublication {
  const { target } = claim;
  return {
    firstSentAt: target.maybeSentAt ?? firstSentAt,
    unknownSince: target.unknownSince,
    isAnother: (remoteId) => dependencies.posts.isAnother(target, remoteId),
  };
}

/** Nothing of it; of a thread the first parts may be out. */
function isKnownNotSent(thrown: unknown): boolean {
  if (thrown instanceof PublishError) return thrown.kind !== 'unknown-outcome' && !thrown.isBegun;
  return thrown instanceof NotBegunError;
}

/** What was saved before, or made now and saved. Null: the post was changed or taken over meanwhile. */
async function freeze({
  dependencies,
  claim,
  owner,
  account,
  signal,
}: Try): Promise<FrozenPublication | null> {
  const { posts, publishing, reachStep } = dependencies;
  const { targetId, frozen, frozenRevision, maybeSentAt } = claim.target;
  // What may be out already is never made anew: its key is all that can find it.
  if (frozen !== null && (maybeSentAt !== null || frozenRevision === claim.row.revision)) {
    return frozen as FrozenPublication;
  }
  const context = publishing.openContext(account, { signal, firstSentAt: null });
  const made = await makeFrozen(dependencies, claim, { account, context, signal });
  await reachStep('made', targetId);
  if (!posts.saveFrozen(targetId, owner, made, claim.row.revision)) return null;
  await reachStep('saved', targetId);
  return made;
}

/** Looks on the platform: what is to be sent is what certainly never arrived. */
async function look(attempt: Try, frozen: FrozenPublication): Promise<'all' | 'rest' | 'nothing'> {
  const { dependencies, claim, owner, account, signal } = attempt;
  const { posts, publishing, reachStep } = dependencies;
  const { targetId } = claim.target;
  const context = publishing.openContext(account, { signal, ...knownOf(attempt, null) });
  const found = await publishing.connectorOf(account.platform).reconcile(frozen, context);
  await reachStep('looked', targetId);
  switch (found.state) {
    case 'found':
      posts.note(targetId, owner, {
        kind: 'looked',
        detail: 'Looked on the platform: it is there already.',
        url: found.published.url,
      });
      posts.recordPublished(targetId, found.published, `Found on ${account.name}, so it was not sent again.`);
      return 'nothing';
    case 'removed':
      posts.recordPublished(
        targetId,
        { remoteId: frozen.handle, url: null },
        `It was on ${account.name}, and has been deleted there since. It was not sent again.`,
      );
      return 'nothing';
    case 'absent':
      return posts.recordAbsent(targetId, owner, 'Looked on the platform: it is not there.')
        ? 'all'
        : 'nothing';
    case 'begun':
      return posts.recordBegun(
        targetId,
        owner,
        'Looked on the platform: a part of the thread is there, and the rest is added to it.',
      )
        ? 'rest'
        : 'nothing';
    case 'unknown':
      settleUnknown(dependencies, { claim, owner }, found.reason);
      return 'nothing';
  }
}

function expectUsable(account: Account | undefined, name: string | undefined, { target }: Claim): Account {
  if (account?.state === 'connected') return account;
  if (account === undefined) {
    throw accountDisconnected(
      name ?? 'The account',
      target.maybeSentAt === null ? 'sending' : 'unknown-outcome',
    );
  }
  throw new AppError({
    code: 'platform.credentials-refused',
    userMessage: `“${account.name}” must be connected again. Nothing was sent; the post waits. Connect the account, and it goes on by itself.`,
    retry: 'user',
    details: { accountId: account.accountId },
  });
}
