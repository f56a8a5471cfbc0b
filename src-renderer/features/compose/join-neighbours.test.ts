import { expect, test } from 'vitest';
import { joinNeighbours } from './join-neighbours.ts';

const accounts = [
  { accountId: 'b', name: 'Bluesky' },
  { accountId: 'x', name: 'X' },
];
const neighbour = (postId: string, accountId: string) => ({
  postId,
  accountId,
  heading: `Post ${postId}`,
  dueAt: null,
  state: 'waiting' as const,
});

test('a post that is near on several accounts is told once, and where it says the same only that', () => {
  const joined = joinNeighbours(
    {
      clashes: [neighbour('1', 'b'), neighbour('2', 'b'), neighbour('2', 'x'), neighbour('3', 'x')],
      duplicates: [neighbour('2', 'b')],
    },
    accounts,
  );
  expect(joined.map(({ post, sameOn, nearOn }) => [post.postId, sameOn, nearOn])).toEqual([
    ['2', 'Bluesky', 'X'],
    ['1', null, 'Bluesky'],
    ['3', null, 'X'],
  ]);
});

test('an account that was removed meanwhile still has its warning', () => {
  const [joined] = joinNeighbours({ clashes: [neighbour('1', 'gone')], duplicates: [] }, accounts);
  expect(joined?.nearOn).toBe('an account');
});
