import { ChevronLeft, ChevronRight, Copy, GitBranch, ListTree, RotateCw } from 'lucide-react';
import type { Message } from '../../../src-shared/domain/conversation.ts';
import { useZone } from '../../app/zone.ts';
import { IconButton } from '../../ui/button.tsx';
import { classNames } from '../../ui/class-names.ts';
import { useNow } from '../../ui/now.ts';
import { Popover } from '../../ui/popover.tsx';
import { formatWhenIn } from '../../ui/zone-time.ts';
import { ContextParts } from './context-parts.tsx';
import type { MessageActions } from './use-message-actions.ts';

interface AnswerActionsProps {
  message: Message;
  isLast: boolean;
  actions: MessageActions;
}

export function AnswerActions({ message, isLast, actions }: AnswerActionsProps) {
  const zone = useZone();
  const { messageId, text, model, context, endedAt, versions } = message;
  const nowMs = useNow(60_000);
  return (
    <div
      className={classNames(
        'mt-1.5 -ml-1.5 flex h-8 items-center text-xs text-ink-faint transition-opacity group-focus-within/message:opacity-100 group-hover/message:opacity-100 has-data-[state=open]:opacity-100',
        isLast ? 'opacity-100' : 'opacity-0',
      )}
    >
      <Versions messageId={messageId} versions={versions} onChoose={actions.choose} />
      <IconButton label="Copy" size="icon-small" disabled={text === ''} onClick={() => actions.copy(text)}>
        <Copy />
      </IconButton>
      <IconButton label="Answer again" size="icon-small" onClick={() => actions.regenerate(messageId)}>
        <RotateCw />
      </IconButton>
      <IconButton label="Branch from here" size="icon-small" onClick={() => actions.branch(messageId)}>
        <GitBranch />
      </IconButton>
      {context === null ? null : (
        <Popover
          label="What went in"
          className="w-96 p-4"
          trigger={
            // The tooltip of an icon button and the popover would both want its trigger.
            <button
              type="button"
              aria-label="What went in"
              title="What went in"
              className="flex size-7 items-center justify-center rounded-md text-ink-soft hover:bg-hover hover:text-ink data-[state=open]:bg-hover [&_svg]:size-4"
            >
              <ListTree />
            </button>
          }
        >
          <ContextParts meter={context} title="What went in" />
        </Popover>
      )}
      <span className="ml-auto truncate pl-3">
        {[model, endedAt === null ? null : formatWhenIn(endedAt, zone, nowMs)]
          .filter((part) => part !== null)
          .join(' · ')}
      </span>
    </div>
  );
}

interface VersionsProps {
  messageId: string;
  versions: readonly string[];
  onChoose: (messageId: string) => void;
}

function Versions({ messageId, versions, onChoose }: VersionsProps) {
  if (versions.length < 2) return null;
  const index = versions.indexOf(messageId);
  const before = versions[index - 1];
  const after = versions[index + 1];
  return (
    <div role="group" aria-label="Versions of this answer" className="flex items-center">
      <IconButton
        label="Previous version"
        size="icon-small"
        disabled={before === undefined}
        onClick={() => before !== undefined && onChoose(before)}
      >
        <ChevronLeft />
      </IconButton>
      <span className="tabular">
        {index + 1} / {versions.length}
      </span>
      <IconButton
        label="Next version"
        size="icon-small"
        disabled={after === undefined}
        onClick={() => after !== undefined && onChoose(after)}
      >
        <ChevronRight />
      </IconButton>
    </div>
  );
}
