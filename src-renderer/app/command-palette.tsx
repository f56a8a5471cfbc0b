import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Command } from 'cmdk';
import {
  Activity,
  AlarmClock,
  CalendarDays,
  FilePlus2,
  FolderPlus,
  FolderSync,
  Gauge,
  KeyRound,
  Library,
  ListChecks,
  PenLine,
  Plug,
  ScrollText,
  MessagesSquare,
  Search,
  Settings,
  Sparkles,
  Stamp,
} from 'lucide-react';
import { Dialog as Primitive } from 'radix-ui';
import { useDeferredValue, useState, type ReactNode } from 'react';
import { KindIcon } from '../features/library/kind-icon.tsx';
import { formatClock } from '../ui/format.ts';
import { Highlight } from '../ui/highlight.tsx';
import { chooseAndAdd } from './add-media.ts';
import { commandQuery } from './command-data.ts';

interface PaletteProps {
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
}

/** Goes to any recording, any sentence in one, any screen. */
export function CommandPalette({ isOpen, onOpenChange }: PaletteProps) {
  return (
    <Primitive.Root open={isOpen} onOpenChange={onOpenChange}>
      <Primitive.Portal>
        <Primitive.Overlay className="fixed inset-0 z-40 animate-fade bg-scrim" />
        <Primitive.Content
          aria-describedby={undefined}
          className="fixed top-[14vh] left-1/2 z-40 w-[min(38rem,calc(100vw-3rem))] -translate-x-1/2 animate-fade overflow-hidden rounded-xl bg-raised shadow-pop outline-none"
        >
          <Primitive.Title className="sr-only">Go to anything</Primitive.Title>
          <Palette onDone={() => onOpenChange(false)} />
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}

function Palette({ onDone }: { onDone: () => void }) {
  const [text, setText] = useState('');
  const wanted = useDeferredValue(text.trim());
  const navigate = useNavigate();
  const { data } = useQuery({
    ...commandQuery('searchLibrary', {
      ...(wanted === '' ? {} : { text: wanted }),
      sort: wanted === '' ? 'newest' : 'relevance',
      limit: wanted === '' ? 5 : 8,
    }),
    placeholderData: (previous) => previous,
  });
  const does = (action: () => unknown) => () => {
    onDone();
    action();
  };
  const places: { title: string; icon: ReactNode; action: () => unknown }[] = [
    {
      title: 'New conversation',
      icon: <MessagesSquare />,
      action: () => navigate({ to: '/chat/$conversationId', params: { conversationId: 'new' } }),
    },
    { title: 'Library', icon: <Library />, action: () => navigate({ to: '/library' }) },
    { title: 'Review queue', icon: <ListChecks />, action: () => navigate({ to: '/review' }) },
    { title: 'Calendar', icon: <CalendarDays />, action: () => navigate({ to: '/calendar' }) },
    { title: 'Approvals', icon: <Stamp />, action: () => navigate({ to: '/approvals' }) },
    { title: 'New post', icon: <PenLine />, action: () => navigate({ to: '/compose' }) },
    {
      title: 'Posts that came due late',
      icon: <AlarmClock />,
      action: () => navigate({ to: '/late-posts' }),
    },
    { title: 'Activity', icon: <Activity />, action: () => navigate({ to: '/activity' }) },
    { title: 'Add files…', icon: <FilePlus2 />, action: () => chooseAndAdd('media-files') },
    { title: 'Add a folder…', icon: <FolderPlus />, action: () => chooseAndAdd('media-folder') },
    { title: 'Accounts', icon: <Plug />, action: () => goToSettings('accounts') },
    { title: 'Budgets', icon: <Gauge />, action: () => goToSettings('budgets') },
    { title: 'API access', icon: <KeyRound />, action: () => goToSettings('access') },
    { title: 'Audit', icon: <ScrollText />, action: () => goToSettings('audit') },
    { title: 'Watched folders', icon: <FolderSync />, action: () => goToSettings('folders') },
    { title: 'Models', icon: <Sparkles />, action: () => goToSettings('models') },
    { title: 'Settings', icon: <Settings />, action: () => goToSettings('general') },
  ];
  const goToSettings = (section: string) => navigate({ to: '/settings/$section', params: { section } });
  const shown = places.filter(({ title }) => title.toLowerCase().includes(wanted.toLowerCase()));
  return (
    <Command shouldFilter={false} label="Go to anything">
      <div className="flex h-12 items-center gap-3 border-b border-line px-4">
        <Search className="size-4 shrink-0 text-ink-faint" />
        <Command.Input
          autoFocus
          value={text}
          onValueChange={setText}
          placeholder="Search recordings and what was said in them"
          className="h-full flex-1 bg-transparent text-base outline-none"
        />
      </div>
      <Command.List className="max-h-[52vh] overflow-y-auto p-1.5 [&_[cmdk-group-heading]]:px-2.5 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-xs [&_[cmdk-group-heading]]:text-ink-faint">
        <Command.Empty className="px-4 py-10 text-center text-ink-soft">
          Nothing was found for this.
        </Command.Empty>
        {data === undefined || data.items.length === 0 ? null : (
          <Command.Group heading={wanted === '' ? 'Newest' : 'Recordings'}>
            {data.items.map((item) => {
              const [match] = item.matches;
              return (
                <PaletteItem
                  key={item.assetId}
                  value={item.assetId}
                  icon={<KindIcon kind={item.kind} />}
                  onSelect={does(() =>
                    navigate({
                      to: '/asset/$assetId',
                      params: { assetId: item.assetId },
                      search: match === undefined ? {} : { at: match.startMs },
                    }),
                  )}
                >
                  <span className="block truncate">{item.title}</span>
                  {match === undefined ? null : (
                    <span className="block truncate text-xs text-ink-soft">
                      <span className="mr-2 tabular">{formatClock(match.startMs)}</span>
                      <Highlight snippet={match.snippet} />
                    </span>
                  )}
                </PaletteItem>
              );
            })}
          </Command.Group>
        )}
        {shown.length === 0 ? null : (
          <Command.Group heading="Go to">
            {shown.map(({ title, icon, action }) => (
              <PaletteItem key={title} value={title} icon={icon} onSelect={does(action)}>
                {title}
              </PaletteItem>
            ))}
          </Command.Group>
        )}
      </Command.List>
    </Command>
  );
}

interface PaletteItemProps {
  value: string;
  icon: ReactNode;
  onSelect: () => void;
  children: ReactNode;
}

function PaletteItem({ value, icon, onSelect, children }: PaletteItemProps) {
  return (
    <Command.Item
      value={value}
      onSelect={onSelect}
      className="flex min-h-9 items-center gap-3 rounded-md px-2.5 py-1.5 data-[selected=true]:bg-hover [&_svg]:size-4 [&_svg]:shrink-0 [&_svg]:text-ink-soft"
    >
      {icon}
      <span className="min-w-0 flex-1">{children}</span>
    </Command.Item>
  );
}
