import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { Ellipsis, MessageSquareText, Pencil, SearchX, SquarePen, Trash2 } from 'lucide-react';
import { useDeferredValue, useRef, useState, type KeyboardEvent } from 'react';
import type { MethodOutput } from '../../app/command-data.ts';
import { shortcut } from '../../app/bridge.ts';
import { commandQuery } from '../../app/command-data.ts';
import { ErrorNotice } from '../../app/error-notice.tsx';
import { useHotkeys } from '../../app/hotkeys.ts';
import { useZone } from '../../app/zone.ts';
import { IconButton } from '../../ui/button.tsx';
import { TextInput } from '../../ui/field.tsx';
import { Highlight } from '../../ui/highlight.tsx';
import { Menu, MenuItem } from '../../ui/menu.tsx';
import { useNow } from '../../ui/now.ts';
import { Skeleton } from '../../ui/skeleton.tsx';
import { formatWhenIn } from '../../ui/zone-time.ts';
import { newConversation } from './draft-store.ts';
import { groupConversations } from './group-conversations.ts';

export type ListedConversation = MethodOutput<'listConversations'>['items'][number];

interface ConversationListProps {
  currentId: string | null;
  onRename: (conversation: ListedConversation) => void;
  onDelete: (conversation: ListedConversation) => void;
}

const mostShown = 200;

export function ConversationList({ currentId, onRename, onDelete }: ConversationListProps) {
  const [text, setText] = useState('');
  const wanted = useDeferredValue(text.trim());
  const zone = useZone();
  const nowMs = useNow(60_000);
  const navigate = useNavigate();
  const fieldRef = useRef<HTMLInputElement>(null);
  const { data, error, refetch } = useQuery({
    ...commandQuery('listConversations', { ...(wanted === '' ? {} : { text: wanted }), limit: mostShown }),
    placeholderData: (previous) => previous,
  });
  const items = data?.items ?? [];
  const open = (conversationId: string) =>
    void navigate({ to: '/chat/$conversationId', params: { conversationId } });
  const move = (by: 1 | -1) => {
    const index = items.findIndex(({ conversationId }) => conversationId === currentId);
    const target = items[index === -1 ? 0 : index + by];
    if (target !== undefined) open(target.conversationId);
  };
  useHotkeys({
    '/': () => fieldRef.current?.focus(),
    'mod+n': () => open(newConversation),
    'mod+[': () => move(-1),
    'mod+]': () => move(1),
  });
  const handleKey = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || text === '') return;
    event.stopPropagation();
    setText('');
  };
  return (
    <section
      aria-label="Conversations"
      className="flex w-68 shrink-0 flex-col border-r border-line max-xl:w-60 max-lg:w-52"
    >
      <header className="flex items-center justify-between pt-4.5 pr-3 pb-3 pl-5">
        <h1 className="font-serif text-3xl leading-none font-medium tracking-tight">Chat</h1>
        <IconButton label="New conversation" keys={shortcut('N')} onClick={() => open(newConversation)}>
          <SquarePen />
        </IconButton>
      </header>
      <div className="px-3 pb-2" role="search">
        <TextInput
          ref={fieldRef}
          type="search"
          aria-label="Search conversations"
          placeholder="Search"
          value={text}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={handleKey}
        />
      </div>
      <div
        className="min-h-0 flex-1 overflow-y-auto px-2 pb-4 -outline-offset-2"
        tabIndex={items.length === 0 ? -1 : 0}
        role="region"
        aria-label="All conversations"
      >
        {data === undefined ? (
          error === null ? (
            <ListSkeleton />
          ) : (
            <ErrorNotice error={error.dto} retry={() => void refetch()} className="mx-1" />
          )
        ) : items.length === 0 ? (
          <NoConversations wanted={wanted} />
        ) : (
          groupConversations(items, zone, nowMs).map((group) => (
            <section key={group.title} aria-label={group.title}>
              <h2 className="px-3 pt-3 pb-1 text-xs text-ink-faint">{group.title}</h2>
              <ul>
                {group.items.map((conversation) => (
                  <ConversationRow
                    key={conversation.conversationId}
                    conversation={conversation}
                    isCurrent={conversation.conversationId === currentId}
                    nowMs={nowMs}
                    onRename={onRename}
                    onDelete={onDelete}
                  />
                ))}
              </ul>
            </section>
          ))
        )}
      </div>
    </section>
  );
}

interface ConversationRowProps extends Pick<ConversationListProps, 'onRename' | 'onDelete'> {
  conversation: ListedConversation;
  isCurrent: boolean;
  nowMs: number;
}

function ConversationRow({ conversation, isCurrent, nowMs, onRename, onDelete }: ConversationRowProps) {
  const zone = useZone();
  const { conversationId, title, match, isAnswering, hasUnsentDraft, updatedAt } = conversation;
  return (
    <li className="group/row relative">
      <Link
        to="/chat/$conversationId"
        params={{ conversationId }}
        search={match === null ? {} : { message: match.messageId }}
        {...(isCurrent ? { 'aria-current': 'page' as const } : {})}
        onKeyDown={(event) => {
          if (event.key === 'F2') onRename(conversation);
          if (event.key === 'Delete') onDelete(conversation);
        }}
        className="block rounded-lg px-3 py-1.5 hover:bg-hover aria-[current=page]:bg-pressed"
      >
        <span className="flex items-baseline gap-2">
          <span className="min-w-0 flex-1 truncate font-medium">{title}</span>
          {isAnswering ? (
            <span className="size-1.5 shrink-0 animate-pulse-soft self-center rounded-full bg-accent">
              <span className="sr-only">Answering</span>
            </span>
          ) : (
            <span className="shrink-0 text-2xs text-ink-soft group-focus-within/row:opacity-0 group-hover/row:opacity-0">
              {hasUnsentDraft ? 'Draft' : formatWhenIn(updatedAt, zone, nowMs)}
            </span>
          )}
        </span>
        {match === null ? null : (
          <span className="line-clamp-2 text-xs text-ink-soft">
            <Highlight snippet={match.snippet} />
          </span>
        )}
      </Link>
      <Menu
        trigger={
          <IconButton
            label={`More for ${title}`}
            size="icon-small"
            className="absolute top-0.5 right-1 opacity-0 group-focus-within/row:opacity-100 group-hover/row:opacity-100 data-[state=open]:opacity-100"
          >
            <Ellipsis />
          </IconButton>
        }
      >
        <MenuItem icon={<Pencil />} keys="F2" onSelect={() => onRename(conversation)}>
          Rename…
        </MenuItem>
        <MenuItem icon={<Trash2 />} isDangerous onSelect={() => onDelete(conversation)}>
          Delete…
        </MenuItem>
      </Menu>
    </li>
  );
}

function NoConversations({ wanted }: { wanted: string }) {
  return (
    <div className="flex flex-col items-center px-4 pt-12 text-center text-ink-soft [&_svg]:mb-3 [&_svg]:size-7 [&_svg]:stroke-[1.25] [&_svg]:text-ink-faint">
      {wanted === '' ? <MessageSquareText /> : <SearchX />}
      {wanted === '' ? 'What you talk about is kept here.' : `Nothing was said about “${wanted}”.`}
    </div>
  );
}

function ListSkeleton() {
  return (
    <div role="status" aria-label="Loading" className="px-1 pt-3">
      {Array.from({ length: 5 }, (_, index) => (
        <Skeleton key={index} className="mb-1.5 h-8" />
      ))}
    </div>
  );
}
