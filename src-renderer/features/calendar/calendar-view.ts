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

/** The instants between which posts are shown. */
export interface ShownRange {
  from: string;
  to: string;
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
