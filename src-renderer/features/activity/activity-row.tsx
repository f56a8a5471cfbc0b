import { Link } from '@tanstack/react-router';
import {
  AudioLines,
  Ban,
  Clapperboard,
  Download,
  FolderSync,
  Pause,
  Play,
  RotateCw,
  Send,
  Sparkles,
} from 'lucide-react';
import type { ActivityItem } from '../../../src-shared/domain/activity.ts';
import { titleOf } from '../../app/command-error.ts';
import { classNames } from '../../ui/class-names.ts';
import { IconButton } from '../../ui/button.tsx';
import { formatPercent, formatRelative, formatRemaining } from '../../ui/format.ts';
import { Progress } from '../../ui/progress.tsx';
import { isAtWork } from './group-activity.ts';
import { useActivityActions } from './use-activity-actions.ts';

const actionTitles = {
  cancel: 'Cancel',
  retry: 'Try again',
  pause: 'Pause',
  resume: 'Resume',
} as const satisfies Record<ActivityItem['actions'][number], string>;

function actionTitle(kind: ActivityItem['kind'], action: keyof typeof actionTitles): string {
  return kind === 'watch-folder' && action === 'cancel' ? 'Stop watching' : actionTitles[action];
}

const actionIcons = {
  cancel: <Ban />,
  retry: <RotateCw />,
  pause: <Pause />,
  resume: <Play />,
} as const;

export function ActivityRow({ item, nowMs }: { item: ActivityItem; nowMs: number }) {
  const run = useActivityActions();
  const isRunning = isAtWork(item);
  return (
    <li className="flex items-start gap-3.5 border-b border-line px-4 py-3 last:border-b-0">
      <KindMark kind={item.kind} isRunning={isRunning} />
      <div className="min-w-0 flex-1">
        <div className="flex items-baseline justify-between gap-4">
          <ActivityLink item={item} />
          <span className="shrink-0 text-xs text-ink-soft tabular">
            {isRunning ? (formatRemaining(item.remainingMs) ?? '') : formatRelative(item.updatedAt, nowMs)}
          </span>
        </div>
        {item.error === null ? (
          <div className="flex justify-between gap-4 text-xs text-ink-soft">
            <span className="truncate">{item.detail}</span>
            {isRunning && item.progress !== null ? (
              <span className="shrink-0 tabular">{formatPercent(item.progress)}</span>
            ) : null}
          </div>
        ) : null}
        {isRunning ? (
          <Progress label={`Progress of ${item.title}`} value={item.progress} className="mt-2 mb-0.5" />
        ) : null}
        {item.error === null ? null : (
          <p className="selectable mt-0.5 text-xs">
            <span className="font-semibold text-bad">{titleOf(item.error)}.</span> {item.error.userMessage}
          </p>
        )}
      </div>
      <div className="-my-1 flex shrink-0">
        {item.actions.map((action) => (
          <IconButton
            key={action}
            label={`${actionTitle(item.kind, action)}: ${item.title}`}
            onClick={() => run(item, action)}
          >
            {actionIcons[action]}
          </IconButton>
        ))}
      </div>
    </li>
  );
}

function ActivityLink({ item }: { item: ActivityItem }) {
  const classes = 'truncate font-medium hover:underline';
  switch (item.kind) {
    case 'ingest':
    case 'render':
    case 'describe':
      return (
        <Link to="/asset/$assetId" params={{ assetId: item.entityId }} className={classes}>
          {item.title}
        </Link>
      );
    case 'post':
      return (
        <Link to="/post/$postId" params={{ postId: item.entityId }} className={classes}>
          {item.title}
        </Link>
      );
    case 'model-pull':
    case 'chat-model-pull':
      return (
        <Link to="/settings/$section" params={{ section: 'models' }} className={classes}>
          {item.title}
        </Link>
      );
    case 'watch-folder':
      return (
        <Link to="/settings/$section" params={{ section: 'folders' }} className={classes}>
          {item.title}
        </Link>
      );
  }
}

function KindMark({ kind, isRunning }: { kind: ActivityItem['kind']; isRunning: boolean }) {
  return (
    <span
      className={classNames(
        'mt-0.5 flex size-8 shrink-0 items-center justify-center rounded-lg [&_svg]:size-4',
        isRunning ? 'bg-accent-soft text-accent' : 'bg-hover text-ink-soft',
      )}
    >
      {kindIcon(kind)}
    </span>
  );
}

function kindIcon(kind: ActivityItem['kind']) {
  switch (kind) {
    case 'ingest':
      return <AudioLines aria-label="Recording" />;
    case 'render':
      return <Clapperboard aria-label="Media" />;
    case 'describe':
      return <Sparkles aria-label="Description" />;
    case 'post':
      return <Send aria-label="Post" />;
    case 'model-pull':
    case 'chat-model-pull':
      return <Download aria-label="Download" />;
    case 'watch-folder':
      return <FolderSync aria-label="Watched folder" />;
  }
}
