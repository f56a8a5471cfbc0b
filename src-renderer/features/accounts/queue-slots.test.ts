import { expect, test } from 'vitest';
import { byTime, weekdaysFrom, withoutTime, withSlotToggled, withTimeAdded } from './queue-slots.ts';

test('slots are shown by their time, each with its days in order', () => {
  expect(
    byTime([
      { weekday: 5, time: '18:00' },
      { weekday: 3, time: '09:00' },
      { weekday: 1, time: '09:00' },
    ]),
  ).toEqual([
    { time: '09:00', weekdays: [1, 3] },
    { time: '18:00', weekdays: [5] },
  ]);
});

test('a slot is put in and taken out without touching the others', () => {
  const monday = { weekday: 1, time: '09:00' };
  const tuesday = { weekday: 2, time: '09:00' };
  expect(withSlotToggled([monday], tuesday)).toEqual([monday, tuesday]);
  expect(withSlotToggled([monday, tuesday], monday)).toEqual([tuesday]);
});

test('a new time is on working days at first, once each', () => {
  const slots = withTimeAdded([{ weekday: 2, time: '10:00' }], '10:00');
  expect(byTime(slots)).toEqual([{ time: '10:00', weekdays: [1, 2, 3, 4, 5] }]);
  expect(withoutTime(slots, '10:00')).toEqual([]);
});

test('the days of a week stand from the one on which it begins', () => {
  expect(weekdaysFrom(1)).toEqual([1, 2, 3, 4, 5, 6, 7]);
  expect(weekdaysFrom(7)).toEqual([7, 1, 2, 3, 4, 5, 6]);
});
