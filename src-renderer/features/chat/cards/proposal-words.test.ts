import { expect, test } from 'vitest';
import type { PostState } from '../../../../src-shared/domain/post.ts';
import type { ProposalState } from '../../../../src-shared/domain/proposal.ts';
import { badgeOf } from './proposal-words.ts';

const titleOf = (command: string, state: ProposalState, ...posts: PostState[]) =>
  badgeOf(
    { command, state: 'approved' },
    {
      state,
      posts: posts.map((postState) => ({ postId: '', heading: '', state: postState, receipts: [] })),
    },
  ).title;

test('the card of one post says where the post stands once the work engine has it', () => {
  expect(titleOf('schedule-post', 'accepted', 'waiting')).toBe('Accepted');
  expect(titleOf('schedule-post', 'scheduled', 'waiting')).toBe('Scheduled');
  expect(titleOf('schedule-post', 'scheduled', 'published')).toBe('Published');
});

test('the card of several posts, or of another wish, says where the wish stands', () => {
  expect(titleOf('schedule-post', 'scheduled', 'published', 'failed')).toBe('Scheduled');
  expect(titleOf('cancel-post', 'scheduled', 'cancelled')).toBe('Scheduled');
  expect(badgeOf({ command: 'schedule-post', state: 'pending' }, undefined).tone).toBe('warn');
});
