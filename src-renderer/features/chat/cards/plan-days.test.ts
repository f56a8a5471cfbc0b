import { describe, expect, it } from 'vitest';
import type { PlanItem } from '../../../../src-shared/domain/plan.ts';
import { groupByDay } from './plan-days.ts';

const item = (date: string, time: string, dueAt: string): PlanItem => ({
  date,
  time,
  zone: 'Pacific/Auckland',
  dueAt,
  accountIds: [],
  accountNames: [],
  assetId: null,
  title: time,
  text: 'Words',
  warnings: [],
});

describe('the days of a plan', () => {
  it('are those of the creator, in order of time', () => {
    const days = groupByDay([
      item('2026-11-27', '09:00', '2026-11-26T20:00:00.000Z'),
      item('2026-11-26', '18:00', '2026-11-26T05:00:00.000Z'),
      item('2026-11-26', '08:00', '2026-11-25T19:00:00.000Z'),
    ]);
    expect(days.map(({ date, items }) => [date, items.map(({ time }) => time)])).toEqual([
      ['2026-11-26', ['08:00', '18:00']],
      ['2026-11-27', ['09:00']],
    ]);
  });
});
