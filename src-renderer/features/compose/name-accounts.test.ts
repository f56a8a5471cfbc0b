import { expect, test } from 'vitest';
import type { PostFinding } from '../../../src-shared/domain/post-check.ts';
import { nameAccounts } from './name-accounts.ts';

const where = { partIndex: 0, mediaIndex: null };
const tooLong: PostFinding = {
  rule: 'text-length',
  severity: 'error',
  message: 'The text is too long.',
  ...where,
};
const noWords: PostFinding = {
  rule: 'alt-text',
  severity: 'advice',
  message: 'A description helps.',
  ...where,
};

test('what holds for every account is said once and without names', () => {
  const checks = ['Bluesky', 'X'].map((accountName) => ({ accountName, findings: [noWords] }));
  expect(nameAccounts(checks)).toEqual([noWords]);
});

test('what holds for some accounts is said once, with their names', () => {
  const found = nameAccounts([
    { accountName: 'Bluesky', findings: [tooLong, noWords] },
    { accountName: 'X', findings: [tooLong, noWords] },
    { accountName: 'LinkedIn', findings: [noWords] },
  ]);
  expect(found.map(({ message }) => message)).toEqual([
    'Bluesky and X: The text is too long.',
    'A description helps.',
  ]);
});

test('what holds for two posts of a thread is said at both', () => {
  const findings = [noWords, { ...noWords, partIndex: 1 }];
  expect(nameAccounts([{ accountName: 'Bluesky', findings }])).toEqual(findings);
});
