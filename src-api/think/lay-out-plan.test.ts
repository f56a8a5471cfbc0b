import { DateTime } from 'luxon';
import { describe, expect, it } from 'vitest';
import { layOutPlan, type PlanFrame } from './lay-out-plan.ts';

const zone = 'Europe/Berlin';
const now = DateTime.fromISO('2026-11-25T14:00', { zone });
const frame: PlanFrame = {
  firstDay: now.plus({ days: 1 }),
  dayCount: 7,
  postCount: 5,
  slots: [],
  taken: [],
  now,
};
const walls = (changed: Partial<PlanFrame>): string[] =>
  layOutPlan({ ...frame, ...changed }).map(({ at }) => at.toFormat('ccc dd HH:mm'));

describe('a plan', () => {
  it('spreads its posts over its days, each for a time to come', () => {
    const places = layOutPlan(frame);
    expect(places).toHaveLength(5);
    expect(new Set(places.map(({ at }) => at.toISODate())).size).toBe(5);
    expect(places.every(({ at }) => at > now)).toBe(true);
  });

  it('keeps to the creator’s own times where there are some', () => {
    const slots = [1, 3, 5].map((weekday) => ({ weekday, time: '08:15' }));
    expect(walls({ slots, postCount: 3 })).toEqual(['Fri 27 08:15', 'Mon 30 08:15', 'Wed 02 08:15']);
  });

  it('leaves out what is taken, and says so where there is nothing else', () => {
    const slots = [
      { weekday: 5, time: '08:15' },
      { weekday: 5, time: '18:00' },
    ];
    const taken = [new Date('2026-11-27T07:20:00Z')];
    expect(walls({ slots, taken, postCount: 1 })).toEqual(['Fri 27 18:00']);
    expect(layOutPlan({ ...frame, slots, taken, postCount: 2 })[0]?.warnings).toEqual([
      'Something else is planned within half an hour.',
    ]);
  });

  it('marks the days on which the clocks change', () => {
    const firstDay = DateTime.fromISO('2027-03-28', { zone });
    const [place] = layOutPlan({ ...frame, firstDay, dayCount: 1, postCount: 1 });
    expect(place?.warnings).toEqual(['The clocks change on this day.']);
  });
});
