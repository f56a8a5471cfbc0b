import type { Claim } from '../../../src-data/posts/claims.ts';
import type { Account } from '../../../src-shared/domain/account.ts';
import type { AppErrorDto } from '../../../src-shared/domain/errors.ts';
import { contentOf, headingOf } from '../../../src-shared/domain/post.ts';
import type { WorkerDependencies } from '../dependencies.ts';

/** A notice that opens the post, where the remedy is offered; first `what` is wrong, since a long title is cut off. */
export function tellProblem(
  { notices, accounts }: WorkerDependencies,
  { row, target }: Claim,
  what: string,
  error: AppErrorDto,
): void {
  const name = accounts.findEver(target.accountId)?.name ?? 'an account';
  notices.add({
    kind: 'post-problem',
    title: `${what}: ${headingOf(contentOf(row, target))}`,
    body: `${name}: ${error.userMessage}`,
    target: { screen: 'post', postId: row.postId },
  });
}

/** It is due, and the creator posts it. */
export function tellToMark({ notices }: WorkerDependencies, { row, target }: Claim, account: Account): void {
  notices.add({
    kind: 'post-to-mark',
    title: `Post on ${account.name} now: ${headingOf(contentOf(row, target))}`,
    body: 'Text and files are at hand. Post it, then mark it as posted.',
    target: { screen: 'post', postId: row.postId },
  });
}
