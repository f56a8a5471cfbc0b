import { describe, expect, it } from 'vitest';
import type { ActivityItem } from '../../../src-shared/domain/activity.ts';
import { groupActivity, isAtWork } from './group-activity.ts';

function item(activityId: string, state: ActivityItem['state']): ActivityItem {
  return {
    activityId,
    kind: 'ingest',
    entityId: activityId,
    workflowId: activityId,
    title: activityId,
    state,
    detail: '',
    progress: null,
    remainingMs: null,
    updatedAt: '2026-01-01T00:00:00.000Z',
    error: null,
    actions: [],
  };
}

describe('the activity centre', () => {
  it('puts what needs the person before what runs, waits and has ended', () => {
    const groups = groupActivity([
      item('done', 'done'),
      item('running', 'running'),
      item('failed', 'failed'),
      item('waiting', 'waiting'),
      item('cancelled', 'cancelled'),
    ]);
    expect(groups.map(({ title, items }) => [title, items.map(({ activityId }) => activityId)])).toEqual([
      ['Needs attention', ['failed']],
      ['Running', ['running']],
      ['Waiting', ['waiting']],
      ['Recently finished', ['done', 'cancelled']],
    ]);
  });

  it('puts a post that the person has to decide about, or to post by hand, among what needs them', () => {
    const post: ActivityItem = { ...item('post', 'paused'), kind: 'post' };
    expect(groupActivity([post, item('pull', 'paused')]).map(({ title }) => title)).toEqual([
      'Needs attention',
      'Paused',
    ]);
  });

  it('does not take a watched folder for work in hand', () => {
    const folder: ActivityItem = { ...item('folder', 'running'), kind: 'watch-folder' };
    expect(groupActivity([folder]).map(({ title }) => title)).toEqual(['Watching']);
    expect(isAtWork(folder)).toBe(false);
    expect(isAtWork(item('a', 'running'))).toBe(true);
  });
});
