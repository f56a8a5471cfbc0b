export interface ConversationGroup<Item> {
  title: string;
  items: Item[];
}

const dayMs = 24 * 60 * 60_000;

/** Conversations, newest first, under the words in which people think of time. */
export function groupConversations<Item extends { updatedAt: string }>(
  items: readonly Item[],
  nowMs: number,
): ConversationGroup<Item>[] {
  const today = new Date(nowMs).setHours(0, 0, 0, 0);
  const groups: ConversationGroup<Item>[] = [
    { title: 'Today', items: [] },
    { title: 'Yesterday', items: [] },
    { title: 'The last seven days', items: [] },
    { title: 'Earlier', items: [] },
  ];
  for (const item of items) {
    // Whole days between midnights: rounded, since a day may have 23 or 25 hours.
    const day = new Date(item.updatedAt).setHours(0, 0, 0, 0);
    const daysAgo = Math.round((today - day) / dayMs);
    const index = daysAgo <= 0 ? 0 : daysAgo === 1 ? 1 : daysAgo <= 7 ? 2 : 3;
    groups[index]?.items.push(item);
  }
  return groups.filter(({ items: { length } }) => length > 0);
}
