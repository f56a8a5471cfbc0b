import type { PostState, TargetState } from '../../../src-shared/domain/post.ts';
import type { Tone } from '../../ui/badge.tsx';

export const stateTitles: Record<PostState, string> = {
  draft: 'Draft',
  waiting: 'Scheduled',
  preparing: 'Getting ready',
  publishing: 'Being sent',
  published: 'Published',
  deleting: 'Being deleted',
  deleted: 'Deleted',
  partial: 'Differs by account',
  unconfirmed: 'Not confirmed',
  failed: 'Failed',
  cancelled: 'Cancelled',
  missed: 'Missed',
  'needs-decision': 'Late, your decision',
  'to-mark': 'To post by hand',
};

export const stateTones: Record<PostState, Tone> = {
  draft: 'neutral',
  waiting: 'accent',
  preparing: 'accent',
  publishing: 'accent',
  published: 'good',
  deleting: 'accent',
  deleted: 'neutral',
  partial: 'warn',
  unconfirmed: 'warn',
  failed: 'bad',
  cancelled: 'neutral',
  missed: 'bad',
  'needs-decision': 'warn',
  'to-mark': 'warn',
};

/** Where a post stands; of one that has gone out for some of its accounts it is said. */
export function stateTitleOf({
  state,
  targets,
}: {
  state: PostState;
  targets: readonly { state: TargetState }[];
}): string {
  return state === 'partial' && targets.some((target) => target.state === 'published')
    ? 'Published in part'
    : stateTitles[state];
}
