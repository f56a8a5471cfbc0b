import { describe, expect, it } from 'vitest';
import type { Notice } from '../../src-shared/domain/activity.ts';
import { newProblems } from './new-problems.ts';

function notice(noticeId: string, kind: Notice['kind'], isRead = false): Notice {
  const createdAt = '2026-01-01T00:00:00.000Z';
  return { noticeId, kind, title: '', body: '', target: { screen: 'activity' }, createdAt, isRead };
}

describe('notices that are told at once', () => {
  it('are none of those that were there when the window opened', () => {
    expect(newProblems([notice('a', 'asset-failed')], null)).toEqual([]);
  });

  it('are new problems, not good news, and not what was read elsewhere', () => {
    const notices = [
      notice('ready', 'asset-ready'),
      notice('failed', 'asset-failed'),
      notice('read', 'asset-failed', true),
      notice('known', 'folder-problem'),
    ];
    expect(newProblems(notices, new Set(['known'])).map(({ noticeId }) => noticeId)).toEqual(['failed']);
  });

  it('are the newest few of a burst, oldest first', () => {
    const notices = ['5', '4', '3', '2', '1'].map((id) => notice(id, 'asset-failed'));
    expect(newProblems(notices, new Set()).map(({ noticeId }) => noticeId)).toEqual(['3', '4', '5']);
  });
});
