import { PublishError } from '../../../src-connectors/common/node/publish-error.ts';
import { toDatabaseError } from '../../../src-data/database-errors.ts';
import { backOffMs } from '../../../src-shared/domain/back-off.ts';
import { toAppError, type AppError } from '../../../src-shared/domain/errors.ts';
import type { ReceiptKind } from '../../../src-shared/domain/post.ts';
import type { WorkerDependencies } from '../dependencies.ts';
import { askedPauseMs, block, hold, isConnectedAnew, type FailedTry } from './settle-failure.ts';
import { tellProblem } from './tell.ts';

type FailedDeletion = Omit<FailedTry, 'isPreparing'>;

/** Records how a try to delete has failed, and what follows from it. Doing it again is harmless, whatever arrived. */
export function settleDeletion(
  dependencies: WorkerDependencies,
  failed: FailedDeletion,
  thrown: unknown,
): void {
  const error = toAppError(toDatabaseError(thrown));
  const { logger, database } = dependencies;
  const { targetId } = failed.claim.target;
  if (error.code === 'bug') logger.error({ err: thrown, targetId }, 'a deletion failed unexpectedly');
  else logger.info({ code: error.code, targetId }, 'a deletion did not succeed');
  database.transaction(() => settle(dependencies, failed, thrown, error));
}

function settle(
  dependencies: WorkerDependencies,
  failed: FailedDeletion,
  thrown: unknown,
  error: AppError,
): void {
  const { publishingTimings } = dependencies;
  const { failureCount } = failed.claim.target;
  if (error.code === 'platform.credentials-refused' || error.code === 'credentials.lost') {
    if (isConnectedAnew(dependencies, failed)) retry(dependencies, failed, error, 'waits-for-account');
    else block(dependencies, failed, error);
  } else if (error.code.startsWith('credentials.')) retry(dependencies, failed, error, 'waits-for-account');
  else if (error.code === 'platform.folder-missing') retry(dependencies, failed, error, 'waits-for-folder');
  else if (thrown instanceof PublishError && thrown.kind === 'rate-limited') {
    hold(dependencies, failed, error, askedPauseMs(error, publishingTimings));
  } else if (error.retry === 'auto' && failureCount + 1 < publishingTimings.failureLimit) {
    retry(dependencies, failed, error, 'retrying');
  } else giveUp(dependencies, failed, error);
}

function retry(
  { posts, publishingTimings, random }: WorkerDependencies,
  { claim, owner }: FailedDeletion,
  error: AppError,
  kind: Extract<ReceiptKind, 'retrying' | 'waits-for-account' | 'waits-for-folder'>,
): void {
  posts.recordRetry(claim.target.targetId, owner, {
    kind,
    detail: error.userMessage,
    error: error.toDto(),
    afterMs: backOffMs(publishingTimings.retry, claim.target.failureCount, random()),
    askedMs: askedPauseMs(error, publishingTimings),
  });
}

/** It stays where it is, and the creator hears of it. */
function giveUp(dependencies: WorkerDependencies, { claim, owner }: FailedDeletion, error: AppError): void {
  const dto = error.toDto();
  if (dependencies.posts.recordNotDeleted(claim.target.targetId, owner, dto)) {
    tellProblem(dependencies, claim, 'Could not be deleted', dto);
  }
}
