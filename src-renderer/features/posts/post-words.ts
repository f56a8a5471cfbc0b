import type { PostState } from '../../../src-shared/domain/post.ts';
import type { Tone } from '../../ui/badge.tsx';

export const stateTitles: Record<PostState, string> = {
  draft: 'Draft',
  waiting: 'Scheduled',
  preparing: 'Getting ready',
  publishing: 'Being sent',
  published: 'Published',
  partial: 'Published in part',
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
  partial: 'warn',
  unconfirmed: 'warn',
  failed: 'bad',
  cancelled: 'neutral',
  missed: 'bad',
  'needs-decision': 'warn',
  'to-mark': 'warn',
};

/** States in which nothing goes on by itself: the creator is asked for something. */
export function needsCreator(state: PostState): boolean {
  switch (state) {
    case 'unconfirmed':
    case 'failed':
    case 'partial':
    case 'missed':
    case 'needs-decision':
    case 'to-mark':
      return true;
    case 'draft':
    case 'waiting':
    case 'preparing':
    case 'publishing':
    case 'published':
    case 'cancelled':
      return false;
  }
}
