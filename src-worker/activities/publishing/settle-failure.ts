import { PublishError } from '../../../src-connectors/common/node/publish-error.ts';
import { toDatabaseError } from '../../../src-data/database-errors.ts';
import type { Claim } from '../../../src-data/posts/claims.ts';
import { backOffMs } from '../../../src-shared/domain/back-off.ts';
import { AppError, toAppError } from '../../../src-shared/domain/errors.ts';
import type { ReceiptKind } from '../../../src-shared/domain/post.ts';
import type { WorkerDependencies } from '../dependencies.ts';
import type { PublishingTimings } from '../publishing-port.ts';
import { AssetNotReady } from './make-frozen.ts';
import { settleUnknown } from './settle-unknown.ts';
import { tellProblem } from './tell.ts';

export interface FailedTry {
  claim: Claim;
  owner: string;
  /** Ahead of the due time nothing is lost yet: it is tried again when it is due. */
  isPreparing: boolean;
  /** When the platform had last accepted the credentials as the try began. */
  checkedAt: string | null;
}

/** Records how a try has failed, and what follows from it; whoever has to hear of it is told in the same transaction. */
export function settleFailure(dependencies: WorkerDependencies, failed: FailedTry, thrown: unknown): void {
  const error = toAppError(toDatabaseError(thrown instanceof AssetNotReady ? thrown.error : thrown));
  const { logger, database } = dependencies;
  const { targetId } = failed.claim.target;
  if (error.code === 'bug') logger.error({ err: thrown, targetId }, 'a try to publish failed unexpectedly');
  else logger.info({ code: error.code, targetId }, 'a try to publish did not succeed');
  database.transaction(() => settle(dependencies, failed, thrown, error));
}

function settle(dependencies: WorkerDependencies, failed: FailedTry, thrown: unknown, error: AppError): void {
  const { publishingTimings } = dependencies;
  if (thrown instanceof AssetNotReady) retry(dependencies, failed, error, 'waits-for-asset');
  else if (error.code === 'platform.credentials-refused' || error.code === 'credentials.lost') {
    if (isConnectedAnew(dependencies, failed)) retry(dependencies, failed, error, 'waits-for-account');
    else block(dependencies, failed, error);
  } else if (error.code.startsWith('credentials.')) retry(dependencies, failed, error, 'waits-for-account');
  else if (error.code === 'platform.folder-missing') waitForFolder(dependencies, failed, error);
  else if (thrown instanceof PublishError && thrown.kind === 'rate-limited') {
    hold(dependencies, failed, error, askedPauseMs(error, publishingTimings));
  } else if (error.code === 'platform.unknown-outcome') lookLater(dependencies, failed, error);
  else if (error.code === 'platform.account-disconnected' && mayBeSent(dependencies, failed)) {
    leaveUnconfirmed(dependencies, failed, error);
  } else if (error.retry === 'auto' || failed.isPreparing) retry(dependencies, failed, error, 'retrying');
  else if (error.code === 'bug' && mayBeSent(dependencies, failed)) lookLater(dependencies, failed, error);
  else if (mayBeSent(dependencies, failed)) leaveUnconfirmed(dependencies, failed, partMayBeThere(error));
  else fail(dependencies, failed, error);
}

/** What is recorded now, not what was when the try began. */
function mayBeSent({ posts }: WorkerDependencies, { claim }: FailedTry): boolean {
  return (posts.findTarget(claim.target.targetId)?.maybeSentAt ?? null) !== null;
}

function retry(
  dependencies: WorkerDependencies,
  failed: FailedTry,
  error: AppError,
  kind: Extract<ReceiptKind, 'retrying' | 'waits-for-asset' | 'waits-for-account' | 'waits-for-folder'>,
): void {
  const { posts, publishingTimings, random } = dependencies;
  const { targetId, failureCount } = failed.claim.target;
  if (kind === 'retrying' && !failed.isPreparing && failureCount + 1 >= publishingTimings.failureLimit) {
    if (mayBeSent(dependencies, failed)) settleUnknown(dependencies, failed, error.userMessage);
    else fail(dependencies, failed, error);
    return;
  }
  posts.recordRetry(targetId, failed.owner, {
    kind,
    detail: error.userMessage,
    error: error.toDto(),
    afterMs: backOffMs(publishingTimings.retry, failureCount, random()),
    askedMs: askedPauseMs(error, publishingTimings),
  });
}

/** How long the platform wants to be left alone; one that is down for a while may say so too. */
export function askedPauseMs(
  error: AppError,
  { rateLimitMs }: Pick<PublishingTimings, 'rateLimitMs'>,
): number {
  if (!(error instanceof PublishError)) return 0;
  return error.retryAfterMs ?? (error.kind === 'rate-limited' ? rateLimitMs : 0);
}

/** However long the drive stays away: it is told once, and nothing is lost. */
function waitForFolder(dependencies: WorkerDependencies, failed: FailedTry, error: AppError): void {
  retry(dependencies, failed, error, 'waits-for-folder');
  if (failed.claim.target.failureCount === 0) {
    tellProblem(dependencies, failed.claim, 'Waits for the folder of its account', error.toDto());
  }
}

export function hold(
  dependencies: WorkerDependencies,
  { claim, owner }: Pick<FailedTry, 'claim' | 'owner'>,
  error: AppError,
  afterMs: number,
): void {
  dependencies.posts.recordRateLimit(claim.target.targetId, owner, {
    kind: 'rate-limited',
    detail: `The platform asks to wait ${Math.ceil(afterMs / 1000)} seconds. Nothing of this account is sent before.`,
    error: error.toDto(),
    // Not to the millisecond, so that several that were told the same do not come back as one.
    afterMs: afterMs + Math.round(dependencies.random() * 1_000),
  });
}

/** The answer was lost. Nothing is sent before the platform was looked at. */
function lookLater(dependencies: WorkerDependencies, failed: FailedTry, error: AppError): void {
  const { posts, publishingTimings, random } = dependencies;
  const { targetId, maybeSentAt } = failed.claim.target;
  // Those before it are not looks: it is looked for at least once before anybody is asked.
  const isFirst = maybeSentAt === null;
  const failureCount = isFirst ? 0 : failed.claim.target.failureCount;
  if (!isFirst && failureCount + 1 >= publishingTimings.lookLimit) {
    settleUnknown(dependencies, failed, error.userMessage);
    return;
  }
  posts.recordRetry(targetId, failed.owner, {
    isFirst,
    kind: 'retrying',
    detail: 'The answer of the platform was lost. It is looked for there before anything is sent again.',
    error: error.toDto(),
    afterMs: backOffMs(publishingTimings.look, failureCount, random()),
    askedMs: askedPauseMs(error, publishingTimings),
  });
}

/** Those that were refused are not those that it has now: it was connected again while the try went on. */
export function isConnectedAnew(
  { accounts }: WorkerDependencies,
  { claim, checkedAt }: Pick<FailedTry, 'claim' | 'checkedAt'>,
): boolean {
  const account = accounts.find(claim.target.accountId);
  return account?.state === 'connected' && account.checkedAt !== checkedAt;
}

/** A definite no to the credentials, and nothing else, makes an account wait for its owner. */
export function block(
  dependencies: WorkerDependencies,
  { claim, owner }: Pick<FailedTry, 'claim' | 'owner'>,
  error: AppError,
): void {
  const { posts, accounts } = dependencies;
  const { targetId, accountId } = claim.target;
  const isNews = accounts.find(accountId)?.state === 'connected';
  if (isNews) accounts.requireReconnect(accountId, error.toDto());
  const isRecorded = posts.recordRetry(targetId, owner, {
    kind: 'waits-for-account',
    detail: error.userMessage,
    error: error.toDto(),
    afterMs: 0,
    isBlocked: true,
  });
  if (isRecorded && isNews) tellProblem(dependencies, claim, 'Waits for its account', error.toDto());
}

/** The platform does not take the rest of a thread. */
function partMayBeThere({ userMessage, details }: AppError): AppError {
  return new AppError({
    code: 'platform.unknown-outcome',
    userMessage: `${userMessage} A part of the thread may be there already. Look on the platform, then say what you found.`,
    retry: 'user',
    ...(details === undefined ? {} : { details }),
  });
}

/** Nobody can look any more, or do more; only the creator can find out. */
function leaveUnconfirmed(
  dependencies: WorkerDependencies,
  { claim, owner }: FailedTry,
  error: AppError,
): void {
  const isRecorded = dependencies.posts.recordEnd(claim.target.targetId, owner, 'unconfirmed', {
    kind: 'unconfirmed',
    detail: error.userMessage,
    error: error.toDto(),
  });
  if (isRecorded) tellProblem(dependencies, claim, 'Could not be confirmed', error.toDto());
}

function fail(dependencies: WorkerDependencies, { claim, owner }: FailedTry, error: AppError): void {
  const isRecorded = dependencies.posts.recordEnd(claim.target.targetId, owner, 'failed', {
    kind: 'failed',
    detail: error.userMessage,
    error: error.toDto(),
  });
  if (isRecorded) tellProblem(dependencies, claim, 'Could not be published', error.toDto());
}
