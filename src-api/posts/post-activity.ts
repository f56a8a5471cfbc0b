import type { ActivityItem } from '../../src-shared/domain/activity.ts';
import { describeDue } from '../../src-shared/domain/due-time.ts';
import type { PostState, PostSummary } from '../../src-shared/domain/post.ts';
import { workflowIds } from '../../src-shared/domain/workflows.ts';
import type { CommandServices } from '../commands/services.ts';

/** What is due within a day counts as work that waits. */
const soonMs = 24 * 3_600_000;

/** Posts in hand, those that need the person, and those that are due soon. What can be done about one, its page offers. */
export function postActivity(
  { postQueries, outbox, now }: Pick<CommandServices, 'postQueries' | 'outbox' | 'now'>,
  limit: number,
): ActivityItem[] {
  const at = now();
  const dueBefore = new Date(at.getTime() + soonMs).toISOString();
  return postQueries.listForActivity(limit, dueBefore).map((post) => {
    const workflowId = workflowIds.schedulePost(post.postId);
    return {
      activityId: workflowId,
      kind: 'post',
      entityId: post.postId,
      workflowId,
      title: post.heading,
      state: isUndeleted(post) ? 'failed' : activityStates[post.state],
      detail: outbox.hasPending(workflowId)
        ? 'Recorded. Goes on as soon as the work engine is ready'
        : describe(post, at),
      progress: null,
      remainingMs: null,
      updatedAt: post.updatedAt,
      error: post.targets.find(({ error }) => error !== null)?.error ?? null,
      actions: [],
    };
  });
}

const activityStates = {
  draft: 'waiting',
  waiting: 'waiting',
  preparing: 'running',
  publishing: 'running',
  published: 'done',
  deleting: 'running',
  deleted: 'done',
  unconfirmed: 'failed',
  failed: 'failed',
  cancelled: 'cancelled',
  missed: 'failed',
  'needs-decision': 'paused',
  'to-mark': 'paused',
  partial: 'failed',
} as const satisfies Record<PostState, ActivityItem['state']>;

/** Its platform did not let go of it: the only error that what is published can have. */
function isUndeleted({ targets }: PostSummary): boolean {
  return targets.some(({ state, error }) => state === 'published' && error !== null);
}

function describe(post: PostSummary, at: Date): string {
  if (isUndeleted(post)) return 'Could not be deleted from its platform';
  const { state, due, targets } = post;
  switch (state) {
    case 'waiting':
      return due === null ? 'Waits' : `Due ${describeDue(due, at)}`;
    case 'preparing':
      return 'Text and media are being made ready';
    case 'publishing':
      return 'Is being sent';
    case 'unconfirmed':
      return 'May have arrived: look on the platform, then say what you found';
    case 'needs-decision':
      return 'Came due too late: publish it, skip it, or give it another time';
    case 'to-mark':
      return 'Is due: post it by hand, then mark it';
    case 'partial': {
      const publishedCount = targets.filter((target) => target.state === 'published').length;
      return `Published for ${publishedCount} of ${targets.length} accounts`;
    }
    case 'failed':
      return 'Could not be published';
    case 'missed':
      return 'Was missed';
    case 'draft':
    case 'published':
    case 'deleted':
    case 'cancelled':
      return '';
    case 'deleting':
      return 'Is being deleted from its platform';
  }
}
