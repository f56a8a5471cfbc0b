import { expect, test } from 'vitest';
import type { PostTarget } from '../../../src-shared/domain/post.ts';
import {
  contentFor,
  emptyComposition,
  fromPost,
  isEmpty,
  toDraftInput,
  toTargets,
  withAccounts,
  withContent,
  withoutGone,
  withMedia,
  withoutVariant,
  withPart,
  withPartAdded,
  withPartRemoved,
} from './composer-state.ts';

const one = '00000000-0000-4000-8000-000000000001';
const other = '00000000-0000-4000-8000-000000000002';
const start = emptyComposition('Europe/Berlin');

test('words for one account leave those for all as they are', () => {
  const all = withContent(start, null, withPart(start.content, 0, { text: 'for all' }));
  const both = withContent(
    withAccounts(all, [one, other]),
    other,
    withPart(all.content, 0, { text: 'only here' }),
  );
  expect(contentFor(both, one).parts[0]?.text).toBe('for all');
  expect(contentFor(both, other).parts[0]?.text).toBe('only here');
  expect(toTargets(both)).toMatchObject([
    { accountId: one, variant: null },
    { accountId: other, variant: { parts: [{ text: 'only here' }] } },
  ]);
  expect(contentFor(withoutVariant(both, other), other).parts[0]?.text).toBe('for all');
});

test('a post for accounts that are all there is checked as it is, and otherwise without those that are gone', () => {
  const both = withAccounts(start, [one, other]);
  expect(withoutGone(both, [{ accountId: other }, { accountId: one }])).toBe(both);
  expect(withoutGone(both, [{ accountId: other }]).accountIds).toEqual([other]);
});

test('an account that is taken off takes its own words with it', () => {
  const both = withContent(withAccounts(start, [one, other]), other, start.content);
  expect(withAccounts(both, [one]).variants).toEqual({});
});

test('a thread grows after the post one is in, and never loses its last post', () => {
  const two = withPartAdded(withPart(start.content, 0, { text: 'first' }), 0);
  const three = withPartAdded(withPart(two, 1, { text: 'last' }), 0);
  expect(three.parts.map(({ text }) => text)).toEqual(['first', '', 'last']);
  expect(withPartRemoved(withPartRemoved(withPartRemoved(three, 0), 0), 0).parts).toHaveLength(1);
});

test('media are changed and taken off by their place', () => {
  const media = [
    { assetId: one, altText: '', clip: null },
    { assetId: other, altText: '', clip: null },
  ];
  const content = withPart(start.content, 0, { media });
  expect(withMedia(content, 0, 1, { altText: 'A street' }).parts[0]?.media[1]?.altText).toBe('A street');
  expect(withMedia(content, 0, 0, null).parts[0]?.media).toEqual([media[1]]);
});

test('nothing is written until there are words or media', () => {
  expect(isEmpty(start)).toBe(true);
  expect(isEmpty(withContent(start, null, withPart(start.content, 0, { text: ' ' })))).toBe(true);
  expect(isEmpty(withContent(start, null, withPart(start.content, 0, { text: 'a' })))).toBe(false);
});

test('a draft is saved with the time that is intended, and opened with it again', () => {
  const due = { dueAt: '2026-12-01T09:00:00.000Z', zone: 'Europe/Berlin', localTime: '2026-12-01T10:00' };
  const opened = fromPost(
    { content: start.content, targets: [], due, lateness: { limitMinutes: 5, beyond: 'skip' } },
    'Europe/Berlin',
  );
  expect(toDraftInput(opened, one)).toMatchObject({
    postId: one,
    due: { localTime: '2026-12-01T10:00', zone: 'Europe/Berlin' },
    lateness: { limitMinutes: 5, beyond: 'skip' },
  });
});

test('a post is not opened for an account for which it was cancelled', () => {
  const nothingYet = { variant: null, attempt: 0, nextTryAt: null, url: null, publishedAt: null };
  const facts = { ...nothingYet, error: null, metrics: null };
  const targets: PostTarget[] = [
    { ...facts, targetId: one, accountId: one, state: 'cancelled' },
    { ...facts, targetId: other, accountId: other, state: 'waiting' },
  ];
  const opened = fromPost({ ...start, targets, due: null }, 'Europe/Berlin');
  expect(toTargets(opened)).toEqual([{ accountId: other, variant: null }]);
});

test('a draft has no time until one is chosen', () => {
  expect(toDraftInput(start, undefined).due).toBeNull();
  const reopened = fromPost(
    { content: start.content, targets: [], due: null, lateness: start.lateness },
    'Europe/Berlin',
  );
  expect(toDraftInput(reopened, one).due).toBeNull();
});
