import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import {
  Activity,
  AlarmClock,
  CalendarDays,
  FilePlus2,
  FolderPlus,
  FolderSync,
  Gauge,
  HardDrive,
  KeyRound,
  Library,
  ListChecks,
  PenLine,
  Plug,
  ScrollText,
  MessagesSquare,
  Settings,
  Sparkles,
  Stamp,
  Stethoscope,
} from 'lucide-react';
import { useDeferredValue, useState, type ReactNode } from 'react';
import { KindIcon } from '../features/library/kind-icon.tsx';
import type { FoundAsset } from '../features/library/use-paged-assets.ts';
import { formatClock } from '../ui/format.ts';
import { Highlight } from '../ui/highlight.tsx';
import { PickDialog, PickGroup, PickItem, PickList } from '../ui/pick-dialog.tsx';
import { chooseAndAdd } from './add-media.ts';
import { commandQuery } from './command-data.ts';
import { findPlaces } from './find-places.ts';
import { PalettePosts } from './palette-posts.tsx';

interface PaletteProps {
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
}

/** What the api looks for at most. */
const longestPostText = 200;

interface Place {
  title: string;
  icon: ReactNode;
  action: () => unknown;
}

/** Goes to any recording, any sentence in one, any post, any screen. */
export function CommandPalette({ isOpen, onOpenChange }: PaletteProps) {
  return (
    <PickDialog isOpen={isOpen} onOpenChange={onOpenChange} title="Go to anything">
      <Palette onDone={() => onOpenChange(false)} />
    </PickDialog>
  );
}

function Palette({ onDone }: { onDone: () => void }) {
  const [text, setText] = useState('');
  const wanted = useDeferredValue(text.trim());
  const navigate = useNavigate();
  const { data, isPlaceholderData } = useQuery({
    ...commandQuery('searchLibrary', {
      ...(wanted === '' ? {} : { text: wanted }),
      sort: wanted === '' ? 'newest' : 'relevance',
      limit: wanted === '' ? 5 : 8,
    }),
    placeholderData: (previous) => previous,
  });
  const isWanted = wanted !== '';
  const postQuery = useQuery({
    ...commandQuery('listPosts', { text: wanted.slice(0, longestPostText), limit: 6 }),
    enabled: isWanted,
    placeholderData: (previous) => previous,
  });
  const posts = isWanted ? (postQuery.data?.posts ?? []) : [];
  const isFinding =
    data === undefined ||
    isPlaceholderData ||
    (isWanted && (postQuery.isLoading || postQuery.isPlaceholderData));
  const does = (action: () => unknown) => () => {
    onDone();
    action();
  };
  const open = (item: FoundAsset) => {
    const [match] = item.matches;
    does(() =>
      navigate({
        to: '/asset/$assetId',
        params: { assetId: item.assetId },
        search: match === undefined ? {} : { at: match.startMs },
      }),
    )();
  };
  const places: Place[] = [
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
      title: 'Late posts',
      icon: <AlarmClock />,
      action: () => navigate({ to: '/late-posts' }),
    },
    { title: 'Activity', icon: <Activity />, action: () => navigate({ to: '/activity' }) },
    { title: 'Add files…', icon: <FilePlus2 />, action: () => chooseAndAdd('media-files') },
    { title: 'Add a folder…', icon: <FolderPlus />, action: () => chooseAndAdd('media-folder') },
    { title: 'Accounts', icon: <Plug />, action: () => goToSettings('accounts') },
    { title: 'Budgets', icon: <Gauge />, action: () => goToSettings('budgets') },
    { title: 'API access', icon: <KeyRound />, action: () => goToSettings('access') },
    { title: 'Audit log', icon: <ScrollText />, action: () => goToSettings('audit') },
    { title: 'Watched folders', icon: <FolderSync />, action: () => goToSettings('folders') },
    { title: 'Models', icon: <Sparkles />, action: () => goToSettings('models') },
    { title: 'Storage', icon: <HardDrive />, action: () => goToSettings('storage') },
    { title: 'Diagnostics', icon: <Stethoscope />, action: () => goToSettings('diagnostics') },
    { title: 'Settings', icon: <Settings />, action: () => goToSettings('general') },
  ];
  const goToSettings = (section: string) => navigate({ to: '/settings/$section', params: { section } });
  const { places: shown, areFirst: arePlacesFirst } = findPlaces(places, wanted);
  const recordings = data?.items ?? [];
  const found = (
    <>
      <Recordings items={recordings} heading={wanted === '' ? 'Newest' : 'Recordings'} onPick={open} />
      <PalettePosts
        posts={posts}
        onPick={({ postId, state }) =>
          does(() =>
            state === 'draft'
              ? navigate({ to: '/compose', search: { post: postId } })
              : navigate({ to: '/post/$postId', params: { postId } }),
          )()
        }
      />
    </>
  );
  const firstFound = recordings[0]?.assetId ?? posts[0]?.postId;
  return (
    <PickList
      label="Go to anything"
      placeholder="Search recordings, what was said in them, and posts"
      text={text}
      onText={setText}
      foundFor={isFinding ? null : wanted}
      firstValue={arePlacesFirst ? shown[0]?.title : (firstFound ?? shown[0]?.title)}
    >
      {arePlacesFirst ? null : found}
      {shown.length === 0 ? null : (
        <PickGroup heading="Go to">
          {shown.map(({ title, icon, action }) => (
            <PickItem key={title} value={title} icon={icon} onSelect={does(action)}>
              {title}
            </PickItem>
          ))}
        </PickGroup>
      )}
      {arePlacesFirst ? found : null}
    </PickList>
  );
}

interface RecordingsProps {
  items: readonly FoundAsset[];
  heading: string;
  onPick: (item: FoundAsset) => void;
}

function Recordings({ items, heading, onPick }: RecordingsProps) {
  if (items.length === 0) return null;
  return (
    <PickGroup heading={heading}>
      {items.map((item) => {
        const [match] = item.matches;
        return (
          <PickItem
            key={item.assetId}
            value={item.assetId}
            icon={<KindIcon kind={item.kind} />}
            onSelect={() => onPick(item)}
          >
            <span className="block truncate">{item.title}</span>
            {match === undefined ? null : (
              <span className="block truncate text-xs text-ink-soft">
                <span className="mr-2 tabular">{formatClock(match.startMs)}</span>
                <Highlight snippet={match.snippet} />
              </span>
            )}
          </PickItem>
        );
      })}
    </PickGroup>
  );
}
