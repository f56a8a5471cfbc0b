import { expect, test } from 'vitest';
import { emptyGrant, toGrantInput } from './grant-form.ts';

const nowMs = Date.parse('2026-11-25T10:00:00.000Z');

test('a standing approval is limited in number and time unless somebody says otherwise', () => {
  expect(toGrantInput(emptyGrant('schedule-post', 'assistant'), nowMs)).toEqual({
    command: 'schedule-post',
    principal: 'assistant',
    accountIds: null,
    budget: { count: 5, period: 'day' },
    expiresAt: '2026-12-02T10:00:00.000Z',
  });
});

test('one without limits says so in every place', () => {
  const draft = { ...emptyGrant('schedule-post', null), count: null, ending: 'never' as const };
  expect(toGrantInput(draft, nowMs)).toMatchObject({ budget: null, expiresAt: null, principal: null });
});
