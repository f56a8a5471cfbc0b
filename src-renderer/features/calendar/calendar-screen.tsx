import { useState } from 'react';
import { toast } from 'sonner';
import { useHotkeys } from '../../app/hotkeys.ts';
import { useStoredChoice } from '../../ui/stored-choice.ts';
import { ownZone } from '../../ui/zone-time.ts';
import { CalendarGrid } from './calendar-grid.tsx';
import { CalendarToolbar, movedDate, todayIn } from './calendar-toolbar.tsx';
import { calendarViews } from './calendar-view.ts';
import { inOrder, type CalendarEntry } from './calendar-entry.ts';

const fake: CalendarEntry[] = Array.from({ length: 30 }, (_, index) => ({
  postId: `p${index}`,
  title:
    [
      'New episode: how we record outside',
      'Three microphones, one room',
      'Behind the scenes',
      'Ask me anything on Friday',
    ][index % 4] ?? '',
  dueAt: new Date(
    Date.UTC(2026, 10, 2 + ((index * 7) % 29), 8 + (index % 5) * 2, (index * 7) % 60),
  ).toISOString(),
  state:
    (
      [
        'waiting',
        'published',
        'unconfirmed',
        'failed',
        'waiting',
        'needs-decision',
        'partial',
        'cancelled',
        'publishing',
      ] as const
    )[index % 9] ?? 'waiting',
  platforms: index % 3 === 0 ? ['bluesky', 'mastodon'] : ['bluesky'],
  canMove: true,
}));

export function CalendarScreen() {
  const zone = ownZone();
  const [view, setView] = useStoredChoice('longhand.calendar-view', calendarViews, 'month');
  const [date, setDate] = useState(() => todayIn(zone));
  const [entries, setEntries] = useState(() => inOrder(fake));
  useHotkeys({
    m: () => setView('month'),
    w: () => setView('week'),
    d: () => setView('day'),
    t: () => setDate(todayIn(zone)),
    '[': () => setDate(movedDate(date, view, -1)),
    ']': () => setDate(movedDate(date, view, 1)),
  });
  return (
    <div className="flex h-full flex-col">
      <CalendarToolbar view={view} date={date} zone={zone} onView={setView} onDate={setDate}>
        {null}
      </CalendarToolbar>
      <div className="min-h-0 flex-1">
        <CalendarGrid
          view={view}
          date={date}
          zone={zone}
          entries={entries}
          onRange={() => undefined}
          onOpen={(entry) => toast(entry.title)}
          onMove={(entry, dueAt) =>
            setEntries((all) =>
              inOrder(all.map((one) => (one.postId === entry.postId ? { ...one, dueAt } : one))),
            )
          }
          onCreate={(at) => toast(JSON.stringify(at))}
          onShowDay={(day) => {
            setDate(day);
            setView('day');
          }}
        />
      </div>
    </div>
  );
}
