import { DateTime } from 'luxon';

/** How much of the calendar is seen at once. */
export const calendarViews = ['month', 'week', 'day'] as const;
export type CalendarView = (typeof calendarViews)[number];

export const viewTitles: Record<CalendarView, string> = { month: 'Month', week: 'Week', day: 'Day' };

/** The library's own name of each view. */
export const gridViews = {
  month: 'dayGridMonth',
  week: 'timeGridWeek',
  day: 'timeGridDay',
} as const satisfies Record<CalendarView, string>;

/** The instants between which posts are read: what is shown, and a week around it. */
export function rangeAround(date: string, view: CalendarView, zone: string): { from: string; to: string } {
  const day = DateTime.fromISO(date, { zone });
  const from = day.startOf(view).minus({ days: 8 });
  const to = day.endOf(view).plus({ days: 15 });
  return { from: from.toUTC().toISO() ?? '', to: to.toUTC().toISO() ?? '' };
}

/** The first day of the week that a day is in. @param firstWeekday 1 is Monday, 7 is Sunday */
export function weekBegin(day: DateTime, firstWeekday: number): DateTime {
  return day.startOf('day').minus({ days: (day.weekday - firstWeekday + 7) % 7 });
}

/** A step of the arrow keys with the modifier: days to the sides, and up or down a week or a quarter of an hour. */
export function stepOf(key: string, view: CalendarView): { days?: number; minutes?: number } | null {
  switch (key) {
    case 'ArrowLeft':
      return { days: -1 };
    case 'ArrowRight':
      return { days: 1 };
    case 'ArrowUp':
      return view === 'month' ? { days: -7 } : { minutes: -15 };
    case 'ArrowDown':
      return view === 'month' ? { days: 7 } : { minutes: 15 };
    default:
      return null;
  }
}
