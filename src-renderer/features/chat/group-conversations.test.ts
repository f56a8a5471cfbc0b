import { describe, expect, it } from 'vitest';
import { groupConversations } from './group-conversations.ts';

const zone = 'Europe/Berlin';
/** Half past midnight in Berlin. */
const nowMs = Date.parse('2026-11-25T00:30+01:00');
const at = (berlinTime: string) => ({ updatedAt: new Date(`${berlinTime}+01:00`).toISOString() });

describe('the list of conversations', () => {
  it('is grouped by calendar days, not by hours that have passed', () => {
    const groups = groupConversations(
      [at('2026-11-25T00:00'), at('2026-11-24T23:00'), at('2026-11-24T01:00')],
      zone,
      nowMs,
    );
    expect(groups.map(({ title, items }) => [title, items.length])).toEqual([
      ['Today', 1],
      ['Yesterday', 2],
    ]);
  });

  it('leaves out groups without conversations, and keeps what is old', () => {
    const groups = groupConversations([at('2026-11-19T12:00'), at('2025-01-01T12:00')], zone, nowMs);
    expect(groups.map(({ title }) => title)).toEqual(['The last seven days', 'Earlier']);
  });
});
