import type { ActivityItem } from '../../../src-shared/domain/activity.ts';

export interface ActivityGroup {
  title: string;
  items: ActivityItem[];
}

const groupTitles = [
  'Needs attention',
  'Running',
  'Waiting',
  'Paused',
  'Watching',
  'Recently finished',
] as const;
type GroupTitle = (typeof groupTitles)[number];

function groupOf({ kind, state }: ActivityItem): GroupTitle {
  // A post cannot be paused: it waits for the person to decide, or to post it by hand.
  if (kind === 'post' && state === 'paused') return 'Needs attention';
  // A watched folder runs for ever; it is work only for what it finds, which has lines of its own.
  if (kind === 'watch-folder' && (state === 'running' || state === 'waiting')) return 'Watching';
  switch (state) {
    case 'failed':
      return 'Needs attention';
    case 'running':
      return 'Running';
    case 'waiting':
      return 'Waiting';
    case 'paused':
      return 'Paused';
    case 'cancelled':
    case 'done':
      return 'Recently finished';
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

/** Whether it counts as work in hand. */
export function isAtWork({ kind, state }: ActivityItem): boolean {
  return state === 'running' && kind !== 'watch-folder';
}
