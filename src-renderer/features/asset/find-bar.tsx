import { CaseSensitive, ChevronDown, ChevronUp, WholeWord, X } from 'lucide-react';
import { useEffect, useRef, type KeyboardEvent } from 'react';
import { Button, IconButton } from '../../ui/button.tsx';
import { formatCount } from '../../ui/format.ts';
import type { FindOptions } from './find-and-replace.ts';

interface FindBarProps {
  options: FindOptions;
  replacement: string;
  foundCount: number;
  /** Position in the list of what was found; -1 where nothing was. */
  currentIndex: number;
  onOptions: (options: FindOptions) => void;
  onReplacement: (replacement: string) => void;
  onMove: (direction: 1 | -1) => void;
  onReplace: () => void;
  onReplaceAll: () => void;
  onClose: () => void;
}

const fieldClasses =
  'h-7 min-w-0 flex-1 rounded-md border border-line bg-canvas px-2.5 outline-none focus-visible:border-accent';

export function FindBar(props: FindBarProps) {
  const { options, replacement, foundCount, currentIndex, onMove } = props;
  const findRef = useRef<HTMLInputElement>(null);
  useEffect(() => findRef.current?.select(), []);
  const handleKey = (event: KeyboardEvent) => {
    if (event.key === 'Escape') props.onClose();
    else if (event.key === 'Enter' && event.target === findRef.current) onMove(event.shiftKey ? -1 : 1);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const told =
    options.text.trim() === ''
      ? ''
      : foundCount === 0
        ? 'Not found'
        : `${formatCount(currentIndex + 1)} of ${formatCount(foundCount)}`;
  return (
    <search
      aria-label="Find and replace in the transcript"
      onKeyDown={handleKey}
      className="flex animate-enter flex-col gap-1.5 rounded-xl bg-raised p-2 shadow-pop"
    >
      <div className="flex items-center gap-1">
        <input
          ref={findRef}
          aria-label="Find"
          placeholder="Find in this transcript"
          value={options.text}
          onChange={(event) => props.onOptions({ ...options, text: event.target.value })}
          className={fieldClasses}
        />
        <span role="status" className="w-22 shrink-0 px-1 text-right text-xs text-ink-soft tabular">
          {told}
        </span>
        <IconButton
          label="Match case"
          size="icon-small"
          aria-pressed={options.isCaseSensitive}
          data-state={options.isCaseSensitive ? 'on' : 'off'}
          onClick={() => props.onOptions({ ...options, isCaseSensitive: !options.isCaseSensitive })}
        >
          <CaseSensitive />
        </IconButton>
        <IconButton
          label="Whole words"
          size="icon-small"
          aria-pressed={options.isWholeWord}
          data-state={options.isWholeWord ? 'on' : 'off'}
          onClick={() => props.onOptions({ ...options, isWholeWord: !options.isWholeWord })}
        >
          <WholeWord />
        </IconButton>
        <IconButton
          label="Previous"
          keys="Shift Enter"
          size="icon-small"
          disabled={foundCount === 0}
          onClick={() => onMove(-1)}
        >
          <ChevronUp />
        </IconButton>
        <IconButton
          label="Next"
          keys="Enter"
          size="icon-small"
          disabled={foundCount === 0}
          onClick={() => onMove(1)}
        >
          <ChevronDown />
        </IconButton>
        <IconButton label="Close" keys="Esc" size="icon-small" onClick={props.onClose}>
          <X />
        </IconButton>
      </div>
      <div className="flex items-center gap-1">
        <input
          aria-label="Replace with"
          placeholder="Replace with"
          value={replacement}
          onChange={(event) => props.onReplacement(event.target.value)}
          className={fieldClasses}
        />
        <Button size="small" disabled={foundCount === 0} onClick={props.onReplace}>
          Replace
        </Button>
        <Button size="small" disabled={foundCount === 0} onClick={props.onReplaceAll}>
          Replace all
        </Button>
      </div>
    </search>
  );
}
