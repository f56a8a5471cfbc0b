import { useQuery } from '@tanstack/react-query';
import {
  Bell,
  CircleAlert,
  CircleCheck,
  FolderSync,
  History,
  Send,
  ShieldQuestion,
  Sparkles,
  TimerOff,
  Wrench,
} from 'lucide-react';
import { useState } from 'react';
import type { Notice } from '../../src-shared/domain/activity.ts';
import { Button } from '../ui/button.tsx';
import { classNames } from '../ui/class-names.ts';
import { formatRelative } from '../ui/format.ts';
import { useNow } from '../ui/now.ts';
import { Popover } from '../ui/popover.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { commandQuery, useCommand } from './command-data.ts';
import { openTarget } from './navigation.ts';
import { useNoticeToasts } from './notice-toasts.ts';

/** The bell and what lies behind it: what happened while nobody looked. */
export function Notices() {
  const [isOpen, setIsOpen] = useState(false);
  const { data } = useQuery(commandQuery('listNotices', { limit: 50 }));
  useNoticeToasts(data?.notices);
  const markRead = useCommand('markNoticesRead');
  const unreadIds = data?.notices.filter(({ isRead }) => !isRead).map(({ noticeId }) => noticeId) ?? [];
  const open = (notice: Notice) => {
    if (!notice.isRead) markRead.mutate({ noticeIds: [notice.noticeId] });
    setIsOpen(false);
    openTarget(notice.target);
  };
  return (
    <Popover
      label="Notifications"
      side="top"
      className="flex max-h-[min(32rem,80vh)] w-88 flex-col"
      isOpen={isOpen}
      onOpenChange={setIsOpen}
      trigger={
        <button
          type="button"
          aria-label={unreadIds.length === 0 ? 'Notifications' : `Notifications, ${unreadIds.length} unread`}
          title="Notifications"
          className="relative flex size-8 items-center justify-center rounded-md text-ink-soft hover:bg-hover hover:text-ink data-[state=open]:bg-hover"
        >
          <Bell className="size-4" />
          {unreadIds.length === 0 ? null : (
            <span className="absolute top-1.5 right-1.5 size-2 rounded-full bg-accent ring-2 ring-panel" />
          )}
        </button>
      }
    >
      <div className="flex h-11 shrink-0 items-center justify-between border-b border-line pr-2 pl-4">
        <h2 className="font-semibold">Notifications</h2>
        {unreadIds.length === 0 ? null : (
          <Button look="ghost" size="small" onClick={() => markRead.mutate({ noticeIds: unreadIds })}>
            Mark all as read
          </Button>
        )}
      </div>
      <NoticeList notices={data?.notices} onOpen={open} />
    </Popover>
  );
}

function NoticeList({
  notices,
  onOpen,
}: {
  notices: Notice[] | undefined;
  onOpen: (notice: Notice) => void;
}) {
  const nowMs = useNow(30_000);
  if (notices === undefined) return <Skeleton className="m-3 h-12" />;
  if (notices.length === 0) {
    return (
      <p className="px-6 py-10 text-center text-ink-soft">
        Nothing new. When a recording is ready or something needs you, you will see it here.
      </p>
    );
  }
  return (
    <ul className="min-h-0 flex-1 overflow-y-auto p-1.5">
      {notices.map((notice) => (
        <li key={notice.noticeId}>
          <button
            type="button"
            onClick={() => onOpen(notice)}
            className="flex w-full gap-3 rounded-lg px-2.5 py-2 text-left hover:bg-hover"
          >
            <NoticeIcon kind={notice.kind} />
            <span className="min-w-0 flex-1">
              <span className="flex items-baseline justify-between gap-2">
                <span className={classNames('line-clamp-2', !notice.isRead && 'font-semibold')}>
                  {notice.title}
                </span>
                <span className="shrink-0 text-2xs text-ink-faint">
                  {formatRelative(notice.createdAt, nowMs)}
                </span>
              </span>
              <span className="mt-0.5 line-clamp-2 text-xs text-ink-soft">{notice.body}</span>
            </span>
            {notice.isRead ? null : (
              <span className="mt-1.5 size-2 shrink-0 rounded-full bg-accent">
                <span className="sr-only">Unread</span>
              </span>
            )}
          </button>
        </li>
      ))}
    </ul>
  );
}

function NoticeIcon({ kind }: { kind: Notice['kind'] }) {
  const classes = 'mt-0.5 size-4 shrink-0';
  switch (kind) {
    case 'asset-ready':
      return <CircleCheck className={classNames(classes, 'text-good')} />;
    case 'asset-failed':
      return <CircleAlert className={classNames(classes, 'text-bad')} />;
    case 'account-problem':
      return <CircleAlert className={classNames(classes, 'text-warn')} />;
    case 'folder-problem':
      return <FolderSync className={classNames(classes, 'text-warn')} />;
    case 'library-restored':
      return <History className={classNames(classes, 'text-warn')} />;
    case 'engine-rebuilt':
      return <Wrench className={classNames(classes, 'text-ink-soft')} />;
    case 'post-problem':
      return <CircleAlert className={classNames(classes, 'text-bad')} />;
    case 'posts-late':
    case 'post-to-mark':
      return <Send className={classNames(classes, 'text-warn')} />;
    case 'model-ready':
      return <Sparkles className={classNames(classes, 'text-accent')} />;
    case 'approval-waiting':
      return <ShieldQuestion className={classNames(classes, 'text-accent')} />;
    case 'approval-expired':
      return <TimerOff className={classNames(classes, 'text-ink-soft')} />;
  }
}
