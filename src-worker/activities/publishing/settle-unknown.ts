import type { Claim } from '../../../src-data/posts/claims.ts';
import { backOffMs } from '../../../src-shared/domain/back-off.ts';
import { AppError } from '../../../src-shared/domain/errors.ts';
import type { WorkerDependencies } from '../dependencies.ts';
import { tellProblem } from './tell.ts';

/** It may have been sent, and looking gave no answer: look again later, and in the end ask the creator. */
export function settleUnknown(
  dependencies: WorkerDependencies,
  { claim, owner }: { claim: Claim; owner: string },
  reason: string,
): void {
  const { posts, publishingTimings, random, database } = dependencies;
  const { targetId, failureCount } = claim.target;
  const error = new AppError({
    code: 'platform.unknown-outcome',
    userMessage: `Nobody can say whether this post arrived: ${reason} It was not sent again. Look on the platform, then say what you found.`,
    retry: 'user',
  }).toDto();
  if (failureCount + 1 < publishingTimings.lookLimit) {
    posts.recordRetry(targetId, owner, {
      kind: 'retrying',
      detail: `Looked on the platform, and it cannot be told whether it arrived: ${reason} It is looked for again.`,
      error,
      afterMs: backOffMs(publishingTimings.look, failureCount, random()),
    });
    return;
  }
  database.transaction(() => {
    const isRecorded = posts.recordEnd(targetId, owner, 'unconfirmed', {
      kind: 'unconfirmed',
      detail: `It may have arrived, and nobody can say: ${reason} It was not sent again.`,
      error,
    });
    if (isRecorded) tellProblem(dependencies, claim, 'Could not be confirmed', error);
  });
}
