import fc from 'fast-check';
import { DateTime } from 'luxon';
import { describe, expect, it } from 'vitest';
import { describeDelay, describeDue, resolveTime } from './due-time.ts';
import { findFreeSlot } from './queue-slot.ts';

const berlin = 'Europe/Berlin';

describe('a wished time', () => {
  it('is a wall-clock time in its zone, summer and winter (complaint 7)', () => {
    expect(resolveTime('2026-07-01T10:00', berlin).due.dueAt).toBe('2026-07-01T08:00:00.000Z');
    expect(resolveTime('2026-12-01T10:00', berlin).due.dueAt).toBe('2026-12-01T09:00:00.000Z');
  });

  it('that the clocks skip moves on, and says so', () => {
    expect(resolveTime('2026-03-29T02:30', berlin)).toEqual({
      due: { dueAt: '2026-03-29T01:30:00.000Z', zone: berlin, localTime: '2026-03-29T03:30' },
      isMoved: true,
    });
  });

  it('that comes twice counts the first time', () => {
    expect(resolveTime('2026-10-25T02:30', berlin)).toMatchObject({
      due: { dueAt: '2026-10-25T00:30:00.000Z', localTime: '2026-10-25T02:30' },
      isMoved: false,
    });
  });

  it('with an offset is an instant, told in the zone', () => {
    expect(resolveTime('2026-11-25T09:00:00Z', berlin).due).toEqual({
      dueAt: '2026-11-25T09:00:00.000Z',
      zone: berlin,
      localTime: '2026-11-25T10:00',
    });
  });

  it('keeps the zone in which it was chosen, wherever the creator is when it is read', () => {
    const { due } = resolveTime('2026-11-25T10:00', berlin);
    expect(describeDue(due, new Date('2026-11-24T20:00:00Z'))).toBe('Wednesday 10:00 (Europe/Berlin)');
    expect(describeDue(due, new Date('2026-10-24T20:00:00Z'))).toBe(
      'Wednesday 25 November 10:00 (Europe/Berlin)',
    );
    expect(describeDue(due, new Date('2025-10-24T20:00:00Z'))).toBe(
      'Wednesday 25 November 2026 10:00 (Europe/Berlin)',
    );
  });

  it('in a zone or of a shape that does not exist is refused', () => {
    expect(() => resolveTime('2026-11-25T10:00', 'Mars/Olympus')).toThrow(/input\.invalid/);
    expect(() => resolveTime('2026-13-25T10:00', berlin)).toThrow(/input\.invalid/);
  });

  it('of any minute of any year reads back as what was chosen, or as later on the same day', () => {
    const zones = fc.constantFrom('Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kolkata');
    const minutes = fc.integer({ min: 0, max: 2 * 366 * 24 * 60 });
    fc.assert(
      fc.property(zones, minutes, (zone, minute) => {
        const wish = new Date(Date.UTC(2026, 0, 1, 0, minute)).toISOString().slice(0, 16);
        const { due, isMoved } = resolveTime(wish, zone);
        const readBack = DateTime.fromISO(due.dueAt, { zone }).toFormat("yyyy-MM-dd'T'HH:mm");
        expect(readBack).toBe(due.localTime);
        expect(isMoved).toBe(readBack !== wish);
        if (isMoved) expect(readBack > wish).toBe(true);
      }),
    );
  });
});

describe('queue slots', () => {
  const daily = { zone: berlin, slots: [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, time: '09:00' })) };

  it('stay at nine through both changes of the clocks (complaint 7)', () => {
    for (const start of ['2026-03-26T12:00:00Z', '2026-10-22T12:00:00Z']) {
      let after = new Date(start);
      const localTimes: string[] = [];
      for (let day = 0; day < 6; day += 1) {
        const due = findFreeSlot(daily, after, () => false);
        if (due === null) throw new Error('no slot');
        localTimes.push(DateTime.fromISO(due.dueAt, { zone: berlin }).toFormat('HH:mm'));
        after = new Date(due.dueAt);
      }
      expect(localTimes).toEqual(Array(6).fill('09:00'));
    }
  });

  it('that are taken are passed over', () => {
    const taken = new Set(['2026-11-26T08:00:00.000Z', '2026-11-27T08:00:00.000Z']);
    const due = findFreeSlot(daily, new Date('2026-11-25T12:00:00Z'), (dueAt) => taken.has(dueAt));
    expect(due?.localTime).toBe('2026-11-28T09:00');
  });

  it('of an account without any are none', () => {
    expect(findFreeSlot({ zone: berlin, slots: [] }, new Date(), () => false)).toBeNull();
  });
});

describe('a delay', () => {
  it.each([
    [20_000, 'less than a minute'],
    [60_000, '1 minute'],
    [95 * 60_000, '95 minutes'],
    [3 * 3_600_000, '3 hours'],
    [5 * 24 * 3_600_000, '5 days'],
  ])('of %i ms is said as %s', (delayMs, text) => {
    expect(describeDelay(delayMs)).toBe(text);
  });
});
