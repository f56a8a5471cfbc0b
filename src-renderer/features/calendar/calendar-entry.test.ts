import { expect, test } from 'vitest';
import type { PostState, PostSummary } from '../../../src-shared/domain/post.ts';
import { toEntries, withGhosts } from './calendar-entry.ts';

const account = { accountId: '00000000-0000-4000-8000-0000000000a1', platform: 'bluesky' };

function makePost(postId: string, dueAt: string | null, state: PostState = 'waiting'): PostSummary {
  return {
    postId,
    state,
    due: dueAt === null ? null : { dueAt, zone: 'Europe/Berlin', localTime: dueAt.slice(0, 16) },
    revision: 0,
    createdAt: '2026-11-01T00:00:00.000Z',
    updatedAt: '2026-11-01T00:00:00.000Z',
    heading: postId,
    text: postId,
    firstAssetId: null,
    targets: [
      { targetId: postId, accountId: account.accountId, state: 'waiting', url: null, error: null },
      { targetId: `${postId}2`, accountId: account.accountId, state: 'waiting', url: null, error: null },
    ],
  };
}

test('posts stand in the order in which they are due, and none with a time is left out', () => {
  const at = '2026-11-26T09:00:00.000Z';
  const posts = [
    makePost('c', '2026-11-27T09:00:00.000Z'),
    makePost('b', at),
    makePost('a', at),
    makePost('d', null),
  ];
  expect(toEntries(posts, [account]).map(({ postId }) => postId)).toEqual(['a', 'b', 'c']);
});

test('a time that was given just now is shown before the library knows of it', () => {
  const moved = new Map([['a', '2026-11-30T09:00:00.000Z']]);
  const [entry] = toEntries([makePost('a', '2026-11-26T09:00:00.000Z')], [account], moved);
  expect(entry?.dueAt).toBe('2026-11-30T09:00:00.000Z');
});

test('what waits can be moved, also while it is made ready, and what is being sent cannot', () => {
  const states = ['waiting', 'preparing', 'publishing'] as const;
  const posts = states.map((state) => makePost(state, '2026-11-26T09:00:00.000Z', state));
  const movable = toEntries(posts, [account]).filter(({ canMove }) => canMove);
  expect(movable.map(({ state }) => state)).toEqual(['preparing', 'waiting']);
});

test('a platform is shown once, and what was sent cannot be moved', () => {
  const [entry] = toEntries([makePost('a', '2026-11-26T09:00:00.000Z', 'published')], [account]);
  expect(entry).toMatchObject({ platforms: ['bluesky'], canMove: false });
});

test('a plan stands among the posts as ghosts that cannot be moved', () => {
  const item = (title: string, dueAt: string) => ({
    date: dueAt.slice(0, 10),
    time: dueAt.slice(11, 16),
    zone: 'UTC',
    dueAt,
    accountIds: [account.accountId],
    accountNames: ['Mira'],
    assetId: null,
    title,
    text: `Words of ${title}`,
    warnings: [],
  });
  const plan = [item('late', '2026-11-28T09:00:00.000Z'), item('early', '2026-11-26T08:00:00.000Z')];
  const posts = toEntries([makePost('a', '2026-11-27T09:00:00.000Z')], [account]);
  const shown = withGhosts(posts, plan, [account]);
  expect(shown.map(({ title, isGhost }) => [title, isGhost])).toEqual([
    ['early', true],
    ['a', false],
    ['late', true],
  ]);
  expect(shown[0]).toMatchObject({ canMove: false, platforms: ['bluesky'] });
});
