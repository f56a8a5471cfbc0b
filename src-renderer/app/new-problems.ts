import type { Notice } from '../../src-shared/domain/activity.ts';

function isProblem({ kind }: Notice): boolean {
  switch (kind) {
    case 'asset-failed':
    case 'folder-problem':
    case 'library-restored':
    case 'post-problem':
    case 'posts-late':
    case 'post-to-mark':
    case 'account-problem':
      return true;
    case 'asset-ready':
    case 'engine-rebuilt':
    case 'model-ready':
    case 'approval-waiting':
    case 'approval-expired':
      return false;
  }
}

/** A burst of failures is not told one by one. */
const mostAtOnce = 3;

/**
 * What came since the last look and should be told at once, oldest first.
 * @param knownIds null at the first look, at which everything counts as known
 */
export function newProblems(notices: readonly Notice[], knownIds: ReadonlySet<string> | null): Notice[] {
  if (knownIds === null) return [];
  return notices
    .filter((notice) => !notice.isRead && !knownIds.has(notice.noticeId) && isProblem(notice))
    .slice(0, mostAtOnce)
    .reverse();
}
