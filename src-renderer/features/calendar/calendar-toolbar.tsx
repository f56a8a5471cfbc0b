import { ChevronLeft, ChevronRight } from 'lucide-react';
import { DateTime } from 'luxon';
import type { ReactNode } from 'react';
import { appLanguage } from '../../../src-shared/domain/app-language.ts';
import { useFirstWeekday } from '../../app/first-weekday.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { zoneTitle } from '../../ui/zone-time.ts';
import { calendarViews, viewTitles, weekBegin, type CalendarView } from './calendar-view.ts';

interface CalendarToolbarProps {
  view: CalendarView;
  date: string;
  zone: string;
  onView: (view: CalendarView) => void;
  onDate: (date: string) => void;
  children: ReactNode;
}

const options = calendarViews.map((value) => ({ value, label: viewTitles[value] }));

export function CalendarToolbar({ view, date, zone, onView, onDate, children }: CalendarToolbarProps) {
  const firstWeekday = useFirstWeekday();
  return (
    <header className="flex shrink-0 flex-wrap items-center gap-x-4 gap-y-3 px-6 pt-5 pb-4 max-[900px]:gap-x-2">
      <div className="mr-auto min-w-0">
        <h1 className="font-serif text-3xl leading-none font-medium tracking-tight max-[900px]:text-2xl">
          {periodTitle(view, date, firstWeekday)}
        </h1>
        <p className="mt-1.5 text-xs text-ink-soft">
          Times in {zoneTitle(zone, DateTime.fromISO(date, { zone }).toUTC().toISO() ?? date)}
        </p>
      </div>
      <div className="flex items-center gap-1">
        <IconButton label={`Previous ${view}`} keys="[" onClick={() => onDate(movedDate(date, view, -1))}>
          <ChevronLeft />
        </IconButton>
        <Button look="ghost" onClick={() => onDate(todayIn(zone))} title="T">
          Today
        </Button>
        <IconButton label={`Next ${view}`} keys="]" onClick={() => onDate(movedDate(date, view, 1))}>
          <ChevronRight />
        </IconButton>
      </div>
      <Segmented label="How much to show" value={view} options={options} onChange={onView} />
      {children}
    </header>
  );
}

export function todayIn(zone: string): string {
  return DateTime.now().setZone(zone).toFormat('yyyy-MM-dd');
}

/** The same place one month, week or day on. */
export function movedDate(date: string, view: CalendarView, by: 1 | -1): string {
  const day = DateTime.fromISO(date, { zone: 'utc' });
  return day.plus({ [view]: by }).toFormat('yyyy-MM-dd');
}

/** "November 2026", "23 – 29 Nov 2026", "Wed 25 Nov 2026" */
function periodTitle(view: CalendarView, date: string, firstWeekday: number): string {
  const day = DateTime.fromISO(date, { zone: 'utc' });
  const format = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(appLanguage, { ...options, timeZone: 'UTC' });
  switch (view) {
    case 'month':
      return format({ month: 'long', year: 'numeric' }).format(day.toJSDate());
    case 'week': {
      const begin = weekBegin(day, firstWeekday);
      return format({ day: 'numeric', month: 'short', year: 'numeric' }).formatRange(
        begin.toJSDate(),
        begin.plus({ days: 6 }).toJSDate(),
      );
    }
    case 'day':
      // Short, so that it stands beside the buttons in a narrow window too.
      return format({ weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' }).format(
        day.toJSDate(),
      );
  }
}
