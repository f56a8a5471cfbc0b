import { Check, CircleHelp, Ellipsis, Merge, Pencil, Trash2 } from 'lucide-react';
import { memo, type MouseEvent } from 'react';
import type { Segment, SuspectReason } from '../../../src-shared/domain/transcript.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { classNames } from '../../ui/class-names.ts';
import { formatClock } from '../../ui/format.ts';
import { Menu, MenuItem } from '../../ui/menu.tsx';
import type { Found } from './find-and-replace.ts';
import { SegmentText } from './segment-text.tsx';

export const suspectTitles: Record<SuspectReason, string> = {
  'low-confidence': 'Hard to hear',
  repetition: 'Possible repetition',
  'possible-hallucination': 'Possibly never said',
};

export interface SegmentActions {
  seek: (positionMs: number) => void;
  /** @param offset where in the text the caret goes; the end if left out */
  startEdit: (segment: Segment, offset?: number) => void;
  markChecked: (segment: Segment) => void;
  mergeWithNext: (segment: Segment) => void;
  remove: (segment: Segment) => void;
}

interface SegmentRowProps {
  segment: Segment;
  isCurrent: boolean;
  isLast: boolean;
  found: readonly Found[] | undefined;
  currentFound: Found | undefined;
  actions: SegmentActions;
}

/** One passage: its time, its words, and what can be done with it. */
export const SegmentRow = memo(function SegmentRow(props: SegmentRowProps) {
  const { segment, isCurrent, isLast, found, currentFound, actions } = props;
  const { suspect } = segment;
  const handleClick = (event: MouseEvent) => {
    const start = startOfWord(event.target);
    // A selection made by dragging is meant to be copied.
    if (window.getSelection()?.isCollapsed === false) return;
    actions.seek(start ?? segment.startMs);
  };
  return (
    <div
      className={classNames(
        'group/segment relative grid grid-cols-[4rem_minmax(0,1fr)] rounded-lg py-2 pr-3 transition-colors',
        isCurrent && 'bg-panel',
        suspect !== null && 'bg-warn-soft/50',
      )}
    >
      <button
        type="button"
        aria-label={`Play from ${formatClock(segment.startMs)}`}
        onClick={() => actions.seek(segment.startMs)}
        className={classNames(
          'h-7 self-start rounded pr-4 text-right text-xs tabular hover:text-accent',
          isCurrent ? 'font-medium text-accent' : 'text-ink-faint',
        )}
      >
        {formatClock(segment.startMs)}
      </button>
      <div className="min-w-0">
        <p
          onClick={handleClick}
          onDoubleClick={(event) => actions.startEdit(segment, offsetOfWord(event.target))}
          dir="auto"
          className="selectable cursor-text font-serif text-[1.1875rem] leading-[1.55] text-pretty"
        >
          <SegmentText segment={segment} isCurrent={isCurrent} found={found} currentFound={currentFound} />
        </p>
        {suspect === null ? null : (
          <div className="mt-1 flex items-center gap-2 text-xs">
            <span className="flex items-center gap-1.5 font-medium text-warn">
              <CircleHelp className="size-3.5" /> {suspectTitles[suspect]}
            </span>
            <Button
              look="ghost"
              size="small"
              className="h-6 px-1.5"
              onClick={() => actions.markChecked(segment)}
            >
              <Check /> Mark as checked
            </Button>
          </div>
        )}
      </div>
      <div className="absolute top-1 -right-1 flex rounded-md bg-raised opacity-0 shadow-pop group-focus-within/segment:opacity-100 group-hover/segment:opacity-100 has-data-[state=open]:opacity-100">
        <IconButton label="Edit" keys="Enter" size="icon-small" onClick={() => actions.startEdit(segment)}>
          <Pencil />
        </IconButton>
        <Menu
          trigger={
            <IconButton label={`More for ${formatClock(segment.startMs)}`} size="icon-small">
              <Ellipsis />
            </IconButton>
          }
        >
          <MenuItem icon={<Merge />} isDisabled={isLast} onSelect={() => actions.mergeWithNext(segment)}>
            Join with the next
          </MenuItem>
          <MenuItem icon={<Trash2 />} isDangerous onSelect={() => actions.remove(segment)}>
            Delete this passage
          </MenuItem>
        </Menu>
      </div>
    </div>
  );
});

function wordElement(target: EventTarget): HTMLElement | null {
  return target instanceof HTMLElement ? target.closest<HTMLElement>('[data-start]') : null;
}

function startOfWord(target: EventTarget): number | null {
  const start = wordElement(target)?.dataset['start'];
  return start === undefined ? null : Number(start);
}

function offsetOfWord(target: EventTarget): number | undefined {
  const offset = wordElement(target)?.dataset['offset'];
  return offset === undefined ? undefined : Number(offset);
}
