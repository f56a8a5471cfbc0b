import { describe, expect, it } from 'vitest';
import { groupConversations } from './group-conversations.ts';

const nowMs = new Date(2026, 10, 25, 0, 30).getTime();
const at = (...date: [number, number, number, number]) => ({ updatedAt: new Date(...date).toISOString() });

describe('the list of conversations', () => {
  it('is grouped by calendar days, not by hours that have passed', () => {
    const groups = groupConversations(
      [at(2026, 10, 25, 0), at(2026, 10, 24, 23), at(2026, 10, 24, 1)],
      nowMs,
    );
    expect(groups.map(({ title, items }) => [title, items.length])).toEqual([
      ['Today', 1],
      ['Yesterday', 2],
    ]);
  });

  it('leaves out groups without conversations, and keeps what is old', () => {
    const groups = groupConversations([at(2026, 10, 19, 12), at(2025, 0, 1, 12)], nowMs);
    expect(groups.map(({ title }) => title)).toEqual(['The last seven days', 'Earlier']);
  });
});
