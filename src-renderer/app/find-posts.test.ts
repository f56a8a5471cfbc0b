import { expect, test } from 'vitest';
import { findPosts } from './find-posts.ts';

function post(heading: string, text: string, dueAt: string | null = null) {
  const due = dueAt === null ? null : { dueAt, zone: 'utc', localTime: dueAt };
  return { heading, text, due, updatedAt: '2026-11-20T00:00:00.000Z' };
}

const posts = [
  post('Rain', 'Rain on the roof', '2026-11-10T10:00:00.000Z'),
  post('Sun', 'Sun after rain', '2026-12-01T10:00:00.000Z'),
  post('A draft', 'About the rain'),
  post('Snow', 'No such word'),
];

test('posts are found by what they say, whatever the case, the latest first', () => {
  expect(findPosts(posts, 'RAIN').map(({ heading }) => heading)).toEqual(['Sun', 'A draft', 'Rain']);
});

test('nothing is listed before anything is looked for, and never more than can be taken in', () => {
  expect(findPosts(posts, '')).toEqual([]);
  expect(
    findPosts(
      Array.from({ length: 40 }, () => post('Rain', 'Rain')),
      'rain',
    ),
  ).toHaveLength(6);
});
