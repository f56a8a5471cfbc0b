import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { AlarmClock, PanelRight, PenLine } from 'lucide-react';
import { useMemo, useState } from 'react';
import { commandQuery } from '../../app/command-data.ts';
import { ErrorNotice } from '../../app/error-notice.tsx';
import { useHotkeys } from '../../app/hotkeys.ts';
import { useShownPlan } from '../../app/shown-plan.ts';
import { useZone } from '../../app/zone.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { formatQuantity } from '../../ui/format.ts';
import { useMediaQuery } from '../../ui/media-query.ts';
import { Skeleton } from '../../ui/skeleton.tsx';
import { useStoredChoice } from '../../ui/stored-choice.ts';
import { useCommitPlan } from '../chat/cards/use-commit-plan.ts';
import { toEntries, withGhosts } from './calendar-entry.ts';
import { CalendarGrid } from './calendar-grid.tsx';
import { CalendarRail } from './calendar-rail.tsx';
import { CalendarToolbar, movedDate, todayIn } from './calendar-toolbar.tsx';
import { calendarViews, rangeAround } from './calendar-view.ts';
import { PlanBanner } from './plan-banner.tsx';
import { useMovePost } from './use-move-post.ts';

const railChoices = ['shown', 'hidden'] as const;

/** When what goes out. Drag a post, or hold Alt and use the arrow keys, and its time of day stays. */
export function CalendarScreen() {
  const zone = useZone();
  const navigate = useNavigate();
  const [view, setView] = useStoredChoice('longhand.calendar-view', calendarViews, 'month');
  const [rail, setRail] = useStoredChoice('longhand.calendar-rail', railChoices, 'shown');
  // Where there is little room, the calendar has it, until the drafts are asked for.
  const isNarrow = useMediaQuery('(max-width: 1180px)');
  const [isAskedFor, setIsAskedFor] = useState(false);
  const isRailShown = isNarrow ? isAskedFor : rail === 'shown';
  const toggleRail = () =>
    isNarrow ? setIsAskedFor(!isAskedFor) : setRail(rail === 'shown' ? 'hidden' : 'shown');
  const plan = useShownPlan();
  const committing = useCommitPlan(plan);
  const ghosts = committing.isCommitted === false ? plan?.items : undefined;
  const [date, setDate] = useState(() => plan?.startsOn ?? todayIn(zone));
  const range = rangeAround(date, view, zone);
  const { data, error, refetch } = useQuery({
    ...commandQuery('listPosts', { ...range, limit: 2000 }),
    placeholderData: (previous) => previous,
  });
  const { data: accounts } = useQuery(commandQuery('listAccounts', {}));
  const { data: late } = useQuery(commandQuery('listLatePosts', {}));
  const { moved, move } = useMovePost(zone);
  const entries = useMemo(() => {
    const posts = data?.posts ?? [];
    const known = accounts?.accounts ?? [];
    return withGhosts(toEntries(posts, known, moved), ghosts ?? [], known);
  }, [data, accounts, moved, ghosts]);
  const openCount = late?.posts.filter(({ target }) => target.state === 'needs-decision').length ?? 0;
  const write = (at: { date: string; time: string | null }) =>
    void navigate({
      to: '/compose',
      search: { date: at.date, ...(at.time === null ? {} : { time: at.time }) },
    });
  useHotkeys({
    m: () => setView('month'),
    w: () => setView('week'),
    d: () => setView('day'),
    t: () => setDate(todayIn(zone)),
    n: () => void navigate({ to: '/compose' }),
    '[': () => setDate(movedDate(date, view, -1)),
    ']': () => setDate(movedDate(date, view, 1)),
  });
  return (
    <div className="flex h-full">
      <div className="flex min-w-0 flex-1 flex-col">
        <CalendarToolbar view={view} date={date} zone={zone} onView={setView} onDate={setDate}>
          <Button look="primary" onClick={() => void navigate({ to: '/compose' })}>
            <PenLine /> New post
          </Button>
          <IconButton
            label={isRailShown ? 'Hide drafts' : 'Show drafts'}
            aria-pressed={isRailShown}
            onClick={toggleRail}
          >
            <PanelRight />
          </IconButton>
        </CalendarToolbar>
        {plan === null ? null : <PlanBanner plan={plan} committing={committing} />}
        {openCount === 0 ? null : (
          <Link
            to="/late-posts"
            className="mx-6 mb-3 flex items-center gap-2.5 rounded-lg bg-warn-soft px-3.5 py-2 hover:brightness-97"
          >
            <AlarmClock className="size-4 text-warn" />
            <span className="flex-1">
              {formatQuantity(openCount, 'post')} came due while nobody was there, and{' '}
              {openCount === 1 ? 'waits' : 'wait'} for your decision.
            </span>
            <span className="font-medium text-warn">Look at them</span>
          </Link>
        )}
        {error === null ? null : (
          <ErrorNotice error={error.dto} retry={() => void refetch()} className="mx-6 mb-3" />
        )}
        {data?.isCut === true ? (
          <p className="mx-6 mb-2 text-xs text-warn">
            There are more posts than can be shown at once. Look at a week or a day to see all of them.
          </p>
        ) : null}
        <div className="relative min-h-0 flex-1">
          {data === undefined && error === null ? (
            <Skeleton className="absolute top-10 right-6 z-10 h-6 w-24" />
          ) : null}
          <CalendarGrid
            view={view}
            date={date}
            zone={zone}
            entries={entries}
            onOpen={(entry) =>
              void navigate(
                entry.isGhost
                  ? // Where it was laid out, with its words.
                    { to: '/chat' }
                  : entry.state === 'draft'
                    ? { to: '/compose', search: { post: entry.postId } }
                    : { to: '/post/$postId', params: { postId: entry.postId } },
              )
            }
            onMove={move}
            onCreate={write}
            onShowDay={(day) => {
              setDate(day);
              setView('day');
            }}
          />
          {data !== undefined && entries.length === 0 ? (
            <p
              role="status"
              className="pointer-events-none absolute bottom-6 left-1/2 w-max max-w-[90%] -translate-x-1/2 rounded-full border border-line bg-raised px-4 py-2 text-center text-ink-soft shadow-card"
            >
              Nothing is planned here yet. Click a {view === 'month' ? 'day' : 'time'} to write for it.
            </p>
          ) : null}
        </div>
      </div>
      {isRailShown ? <CalendarRail /> : null}
    </div>
  );
}
