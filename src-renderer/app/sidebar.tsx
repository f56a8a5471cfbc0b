import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import {
  Activity,
  CalendarDays,
  FilePlus2,
  FolderPlus,
  Library,
  ListChecks,
  MessagesSquare,
  PenLine,
  Plus,
  Search,
  Settings,
  Stamp,
} from 'lucide-react';
import type { ReactNode } from 'react';
import { isAtWork } from '../features/activity/group-activity.ts';
import { Button } from '../ui/button.tsx';
import { classNames } from '../ui/class-names.ts';
import { formatCount } from '../ui/format.ts';
import { narrowWindow, useMediaQuery } from '../ui/media-query.ts';
import { Menu, MenuItem, MenuSeparator } from '../ui/menu.tsx';
import { Tooltip } from '../ui/tooltip.tsx';
import { chooseAndAdd } from './add-media.ts';
import { shortcut } from './bridge.ts';
import { commandQuery } from './command-data.ts';
import { Notices } from './notices.tsx';
import { placeKey, type PlacePath } from './places.ts';
import { StatusStrip } from './status-strip.tsx';
import { Wordmark } from './wordmark.tsx';

interface Place {
  to: PlacePath;
  title: string;
  icon: ReactNode;
  count?: number;
}

export function Sidebar({ onOpenPalette }: { onOpenPalette: () => void }) {
  const navigate = useNavigate();
  const isNarrow = useMediaQuery(narrowWindow);
  const { data: library } = useQuery(commandQuery('summariseLibrary', {}));
  const { data: activity } = useQuery(commandQuery('listActivity', {}));
  const runningCount = activity?.items.filter(isAtWork).length ?? 0;
  const { data: approvals } = useQuery(commandQuery('listApprovals', { states: ['pending'], limit: 1 }));
  const places: Place[] = [
    { to: '/chat', title: 'Chat', icon: <MessagesSquare /> },
    { to: '/library', title: 'Library', icon: <Library /> },
    { to: '/review', title: 'Review', icon: <ListChecks />, count: library?.countByStatus.review ?? 0 },
    { to: '/calendar', title: 'Calendar', icon: <CalendarDays /> },
    { to: '/approvals', title: 'Approvals', icon: <Stamp />, count: approvals?.pendingCount ?? 0 },
    { to: '/activity', title: 'Activity', icon: <Activity />, count: runningCount },
    { to: '/settings', title: 'Settings', icon: <Settings /> },
  ];
  return (
    <nav
      aria-label="Main"
      className={classNames(
        'flex shrink-0 flex-col border-r border-line bg-panel pt-4 pb-2',
        isNarrow ? 'w-15 items-center px-2' : 'w-54 px-3',
      )}
    >
      <Wordmark isNarrow={isNarrow} />
      <div className={classNames('mt-5 mb-4 flex gap-2', isNarrow && 'flex-col')}>
        <Menu
          align="start"
          trigger={
            <Button
              aria-label="Add media or write a post"
              title={isNarrow ? 'Add' : undefined}
              className={isNarrow ? 'w-9 px-0' : 'flex-1 justify-start pl-2.5'}
            >
              <Plus /> {isNarrow ? null : 'Add media'}
            </Button>
          }
        >
          <MenuItem
            icon={<FilePlus2 />}
            keys={shortcut('O')}
            onSelect={() => void chooseAndAdd('media-files')}
          >
            Files…
          </MenuItem>
          <MenuItem icon={<FolderPlus />} onSelect={() => void chooseAndAdd('media-folder')}>
            A folder…
          </MenuItem>
          <MenuSeparator />
          <MenuItem
            icon={<PenLine />}
            keys={shortcut('Shift N')}
            onSelect={() => void navigate({ to: '/compose' })}
          >
            New post
          </MenuItem>
        </Menu>
        <Tooltip text="Go to anything" keys={shortcut('K')}>
          <Button
            aria-label="Go to anything"
            className={isNarrow ? 'w-9 px-0' : 'w-8 px-0'}
            onClick={onOpenPalette}
          >
            <Search />
          </Button>
        </Tooltip>
      </div>
      <ul className="-m-1 flex min-h-9 flex-col gap-0.5 overflow-y-auto p-1 [scrollbar-width:none]">
        {places.map((place) => (
          <li key={place.to}>
            <PlaceLink place={place} isNarrow={isNarrow} />
          </li>
        ))}
      </ul>
      <div
        className={classNames(
          'mt-auto flex shrink-0 items-center gap-1 pt-1',
          isNarrow && 'flex-col-reverse',
        )}
      >
        <StatusStrip isNarrow={isNarrow} />
        <Notices />
      </div>
    </nav>
  );
}

function PlaceLink({ place, isNarrow }: { place: Place; isNarrow: boolean }) {
  const count = place.count ?? 0;
  return (
    <Tooltip text={place.title} keys={shortcut(placeKey(place.to))} side="right">
      <Link
        to={place.to}
        aria-label={count === 0 ? place.title : `${place.title}, ${formatCount(count)}`}
        activeProps={{ 'aria-current': 'page' }}
        className={classNames(
          'relative flex h-8 items-center gap-2.5 rounded-md text-sm font-medium text-ink-soft transition-colors hover:bg-hover hover:text-ink aria-[current=page]:bg-pressed aria-[current=page]:text-ink [&_svg]:size-4 [&_svg]:shrink-0',
          isNarrow ? 'w-9 justify-center' : 'px-2.5',
        )}
      >
        {place.icon}
        {isNarrow ? null : <span className="flex-1">{place.title}</span>}
        {count === 0 ? null : isNarrow ? (
          <span className="absolute top-1 right-1 size-1.5 rounded-full bg-accent" />
        ) : (
          <span className="text-xs font-normal text-ink-soft tabular">{formatCount(count)}</span>
        )}
      </Link>
    </Tooltip>
  );
}
