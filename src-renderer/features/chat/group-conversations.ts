import { DateTime } from 'luxon';

export interface ConversationGroup<Item> {
  title: string;
  items: Item[];
}

/** Conversations, newest first, under the words in which people think of time: days of a zone. */
export function groupConversations<Item extends { updatedAt: string }>(
  items: readonly Item[],
  zone: string,
  nowMs: number,
): ConversationGroup<Item>[] {
  const today = DateTime.fromMillis(nowMs, { zone }).startOf('day');
  const groups: ConversationGroup<Item>[] = [
    { title: 'Today', items: [] },
    { title: 'Yesterday', items: [] },
    { title: 'The last seven days', items: [] },
    { title: 'Earlier', items: [] },
  ];
  for (const item of items) {
    const day = DateTime.fromISO(item.updatedAt, { zone }).startOf('day');
    const daysAgo = today.diff(day, 'days').days;
    const index = daysAgo <= 0 ? 0 : daysAgo === 1 ? 1 : daysAgo <= 7 ? 2 : 3;
    groups[index]?.items.push(item);
  }
  return groups.filter(({ items: { length } }) => length > 0);
}
