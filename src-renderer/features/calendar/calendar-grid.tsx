import '@fullcalendar/react/skeleton.css';
import FullCalendar, { type CalendarRef, type EventDropInfo, type EventInput } from '@fullcalendar/react';
import dayGridPlugin from '@fullcalendar/react/daygrid';
import interactionPlugin from '@fullcalendar/react/interaction';
import timeGridPlugin from '@fullcalendar/react/timegrid';
import { useEffect, useMemo, useRef, type KeyboardEvent } from 'react';
import { appLanguage } from '../../../src-shared/domain/app-language.ts';
import { useFirstWeekday } from '../../app/first-weekday.ts';
import { clockChangeDates, shiftInZone } from '../../ui/zone-time.ts';
import type { CalendarEntry } from './calendar-entry.ts';
import { EntryChip } from './entry-chip.tsx';
import { gridClasses } from './grid-classes.ts';
import { gridViews, stepOf, type CalendarView } from './calendar-view.ts';

interface CalendarGridProps {
  view: CalendarView;
  /** "2026-11-25": some day of what is shown. */
  date: string;
  zone: string;
  entries: readonly CalendarEntry[];
  onOpen: (entry: CalendarEntry) => void;
  onMove: (entry: CalendarEntry, dueAt: string) => void;
  /** A free place was clicked: a day in the month, a time elsewhere. */
  onCreate: (at: { date: string; time: string | null }) => void;
  onShowDay: (date: string) => void;
}

/** Posts as a month, a week or a day. Dragging or arrow keys move them; the time of day is kept. */
export function CalendarGrid(props: CalendarGridProps) {
  const { view, date, zone, entries, onOpen, onMove, onCreate, onShowDay } = props;
  const firstWeekday = useFirstWeekday();
  const calendarRef = useRef<CalendarRef>(null);
  const rootRef = useRef<HTMLDivElement>(null);
  /** The post that the keyboard is on; gets the focus back after it has moved. */
  const focusedId = useRef<string | null>(null);
  const events = useMemo(() => entries.map(toEvent), [entries]);
  const clockChanges = useMemo(() => clockChangeDates(`${date}T00:00:00.000Z`, 45, zone), [date, zone]);
  const entryOf = (postId: string | undefined) => entries.find((entry) => entry.postId === postId);

  useEffect(() => {
    const api = calendarRef.current?.getApi();
    // The library draws at once, which React does not allow inside of an effect of its own.
    queueMicrotask(() => api?.changeView(gridViews[view], date));
  }, [view, date]);

  useEffect(() => {
    const wanted = focusedId.current;
    if (wanted === null || rootRef.current?.contains(document.activeElement) === true) return;
    if (document.activeElement !== document.body && document.activeElement !== null) return;
    rootRef.current?.querySelector<HTMLElement>(`[data-post-id="${wanted}"]`)?.focus();
  }, [entries]);

  const handleDrop = ({ event, delta, revert }: EventDropInfo) => {
    const entry = entryOf(event.id);
    // Where it stands is decided by our own data: it comes back changed, or stays as it was.
    revert();
    if (entry === undefined) return;
    const { years, months, days, milliseconds } = delta;
    onMove(
      entry,
      shiftInZone(entry.dueAt, zone, {
        days: days + 30 * months + 365 * years,
        minutes: milliseconds / 60_000,
      }),
    );
  };

  const handleKey = (event: KeyboardEvent<HTMLElement>) => {
    if (!(event.target instanceof HTMLElement)) return;
    const chip = event.target.closest<HTMLElement>('[data-post-id]');
    const entry = entryOf(chip?.dataset['postId']);
    if (entry === undefined) return;
    const step = stepOf(event.key, view);
    if (step === null) return;
    event.preventDefault();
    event.stopPropagation();
    if (event.altKey) {
      focusedId.current = entry.postId;
      if (entry.canMove) onMove(entry, shiftInZone(entry.dueAt, zone, step));
      return;
    }
    const isBack = event.key === 'ArrowLeft' || event.key === 'ArrowUp';
    const next = entries[entries.indexOf(entry) + (isBack ? -1 : 1)];
    if (next === undefined) return;
    focusedId.current = next.postId;
    rootRef.current?.querySelector<HTMLElement>(`[data-post-id="${next.postId}"]`)?.focus();
  };

  return (
    <div
      ref={rootRef}
      className="h-full min-h-0"
      onKeyDown={handleKey}
      onFocus={({ target }) => {
        const chip = target.closest<HTMLElement>('[data-post-id]');
        if (chip !== null) focusedId.current = chip.dataset['postId'] ?? null;
      }}
    >
      <FullCalendar
        ref={calendarRef}
        plugins={[dayGridPlugin, timeGridPlugin, interactionPlugin]}
        {...gridClasses}
        initialView={gridViews[view]}
        initialDate={date}
        timeZone={zone}
        locale={appLanguage}
        height="100%"
        headerToolbar={false}
        events={events}
        editable
        eventDurationEditable={false}
        eventInteractive={false}
        dragRevertDuration={0}
        eventDragMinDistance={4}
        defaultTimedEventDuration="00:30"
        snapDuration="00:15"
        slotDuration="00:30"
        slotEventOverlap={false}
        scrollTime="07:00"
        allDaySlot={false}
        nowIndicator
        firstDay={firstWeekday % 7}
        fixedWeekCount={false}
        expandRows
        dayMaxEvents={view === 'month'}
        // Side by side in a week, more than these would be too narrow to read; a day has room for eight.
        eventMaxStack={view === 'week' ? 1 : 8}
        moreLinkClick={(info) => {
          onShowDay(toDate(info.date, zone));
          return undefined;
        }}
        // A day is named above.
        dayHeaders={view !== 'day'}
        dayHeaderContent={({ weekdayText, dayNumberText, isToday }) => (
          <span className="flex items-center gap-1.5">
            {weekdayText}
            {dayNumberText === '' ? null : <DayNumber text={dayNumberText} isToday={isToday} />}
          </span>
        )}
        dayHeaderFormat={view === 'month' ? { weekday: 'short' } : { weekday: 'short', day: 'numeric' }}
        slotHeaderFormat={{ hour: '2-digit', minute: '2-digit' }}
        dayCellTopContent={(info) => (
          <DayNumber
            text={info.text}
            isToday={info.isToday}
            clockChange={clockChanges.get(info.date.toISOString().slice(0, 10))}
          />
        )}
        eventContent={({ event }) => {
          const entry = entryOf(event.id);
          return entry === undefined ? null : (
            <EntryChip entry={entry} zone={zone} isBlock={view !== 'month'} onOpen={() => onOpen(entry)} />
          );
        }}
        eventDrop={handleDrop}
        viewDidMount={({ el }) => makeScrollable(el)}
        dateClick={({ dateStr, allDay }) =>
          onCreate({ date: dateStr.slice(0, 10), time: allDay ? null : dateStr.slice(11, 16) })
        }
      />
    </div>
  );
}

/** What scrolls can be scrolled with the keyboard, also on a day without posts. */
function makeScrollable(view: HTMLElement): void {
  for (const element of view.querySelectorAll('div')) {
    const { overflowY } = getComputedStyle(element);
    if (overflowY !== 'auto' && overflowY !== 'scroll') continue;
    // Not the element itself: a table wants rows there, and no other things that take the focus.
    element.querySelector('[role="row"]')?.setAttribute('tabindex', '0');
  }
}

function toDate(day: Date, zone: string): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone: zone }).format(day);
}

function toEvent(entry: CalendarEntry): EventInput {
  return { id: entry.postId, title: entry.title, start: entry.dueAt, startEditable: entry.canMove };
}

interface DayNumberProps {
  text: string;
  isToday: boolean;
  clockChange?: 1 | -1 | undefined;
}

function DayNumber({ text, isToday, clockChange }: DayNumberProps) {
  return (
    <span className="flex items-center gap-1.5">
      {clockChange === undefined ? null : (
        <span className="text-2xs text-ink-faint">
          {clockChange > 0 ? 'Clocks go forward' : 'Clocks go back'}
        </span>
      )}
      <span
        {...(isToday ? { 'aria-current': 'date' as const } : {})}
        className={
          isToday
            ? 'flex h-5 min-w-5 items-center justify-center rounded-full bg-accent px-1.5 font-semibold text-on-accent'
            : 'flex h-5 items-center'
        }
      >
        {text}
      </span>
    </span>
  );
}
