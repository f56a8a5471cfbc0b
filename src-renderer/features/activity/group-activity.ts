import type { ActivityItem } from '../../../src-shared/domain/activity.ts';

export interface ActivityGroup {
  title: string;
  items: ActivityItem[];
}

const groupTitles = ['Needs you', 'Running', 'Waiting', 'Paused', 'Lately'] as const;
type GroupTitle = (typeof groupTitles)[number];

function groupOf({ state }: ActivityItem): GroupTitle {
  switch (state) {
    case 'failed':
      return 'Needs you';
    case 'running':
      return 'Running';
    case 'waiting':
      return 'Waiting';
    case 'paused':
      return 'Paused';
    case 'cancelled':
    case 'done':
      return 'Lately';
  }
}

/** What needs the person first, then what runs, waits, is paused, and what ended. Each keeps the order it came in. */
export function groupActivity(items: readonly ActivityItem[]): ActivityGroup[] {
  const byTitle = Map.groupBy(items, groupOf);
  return groupTitles.flatMap((title) => {
    const group = byTitle.get(title);
    return group === undefined ? [] : [{ title, items: group }];
  });
}
