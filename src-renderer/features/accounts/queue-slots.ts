import { appLanguage } from '../../../src-shared/domain/app-language.ts';
import type { QueueSlot } from '../../../src-shared/domain/queue-slot.ts';

/** Monday first, as 1. */
const weekdays = [1, 2, 3, 4, 5, 6, 7] as const;

/** "Mon"; 2024-01-01 was a Monday. */
export function weekdayTitle(weekday: number, length: 'short' | 'long' = 'short'): string {
  return new Intl.DateTimeFormat(appLanguage, { weekday: length, timeZone: 'UTC' }).format(
    new Date(Date.UTC(2024, 0, weekday)),
  );
}

/** The days of a week that begins on one of them. */
export function weekdaysFrom(first: number): number[] {
  return weekdays.map((_, index) => ((first - 1 + index) % 7) + 1);
}

/** The times of the slots with the days on which each is one, in order. */
export function byTime(slots: readonly QueueSlot[]): { time: string; weekdays: number[] }[] {
  const days = new Map<string, number[]>();
  for (const { time, weekday } of slots) days.set(time, [...(days.get(time) ?? []), weekday]);
  return [...days]
    .map(([time, weekdaysOfTime]) => ({
      time,
      weekdays: weekdaysOfTime.toSorted((one, other) => one - other),
    }))
    .sort((one, other) => one.time.localeCompare(other.time));
}

export function withSlotToggled(slots: readonly QueueSlot[], slot: QueueSlot): QueueSlot[] {
  const isThere = slots.some((other) => other.weekday === slot.weekday && other.time === slot.time);
  return isThere
    ? slots.filter((other) => other.weekday !== slot.weekday || other.time !== slot.time)
    : [...slots, slot];
}

/** A time on all days from Monday to Friday; days that have it already keep it. */
export function withTimeAdded(slots: readonly QueueSlot[], time: string): QueueSlot[] {
  const missing = weekdays
    .slice(0, 5)
    .filter((weekday) => !slots.some((slot) => slot.weekday === weekday && slot.time === time));
  return [...slots, ...missing.map((weekday) => ({ weekday, time }))];
}

export function withoutTime(slots: readonly QueueSlot[], time: string): QueueSlot[] {
  return slots.filter((slot) => slot.time !== time);
}
