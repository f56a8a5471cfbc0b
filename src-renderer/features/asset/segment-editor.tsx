import { useEffect, useId, useRef, useState, type KeyboardEvent } from 'react';
import type { Segment } from '../../../src-shared/domain/transcript.ts';
import { shortcut } from '../../app/bridge.ts';
import { Button } from '../../ui/button.tsx';
import { classNames } from '../../ui/class-names.ts';
import { formatPreciseClock, parseClock } from '../../ui/format.ts';
import { Kbd } from '../../ui/kbd.tsx';
import { checkTimes, type TimesProblem } from './segment-edits.ts';

export interface SegmentDraft {
  text: string;
  startMs: number;
  endMs: number;
}

interface SegmentEditorProps {
  segment: Segment;
  caret: number | undefined;
  durationMs: number | null;
  onSave: (draft: SegmentDraft) => void;
  onCancel: () => void;
  /** With what was typed so far, and where the caret is in it. */
  onSplit: (text: string, offset: number) => void;
  /** Backspace at the very beginning. */
  onMergeWithPrevious: (text: string) => void;
}

const problemTexts: Record<TimesProblem, string> = {
  'not-a-time': 'Write times as 1:02:03.4',
  'ends-before-start': 'The end must come after the start',
  'after-end-of-recording': 'The recording ends before that',
};

/** A passage while it is edited: Enter saves, Escape leaves everything as it was. */
export function SegmentEditor(props: SegmentEditorProps) {
  const { segment, caret, durationMs, onSave, onCancel, onSplit, onMergeWithPrevious } = props;
  const textRef = useRef<HTMLTextAreaElement>(null);
  const [text, setText] = useState(segment.text);
  const [start, setStart] = useState(formatPreciseClock(segment.startMs));
  const [end, setEnd] = useState(formatPreciseClock(segment.endMs));
  // What was not touched keeps its milliseconds, which the field does not show.
  const startMs = start === formatPreciseClock(segment.startMs) ? segment.startMs : parseClock(start);
  const endMs = end === formatPreciseClock(segment.endMs) ? segment.endMs : parseClock(end);
  const problem = checkTimes(startMs, endMs, durationMs);
  const problemId = useId();

  useEffect(() => {
    const field = textRef.current;
    if (field === null) return;
    field.focus();
    const position = caret ?? field.value.length;
    field.setSelectionRange(position, position);
  }, [caret]);

  const save = () => {
    if (problem === null && startMs !== null && endMs !== null) onSave({ text, startMs, endMs });
  };
  const handleKey = (event: KeyboardEvent<HTMLElement>) => {
    if (event.nativeEvent.isComposing) return;
    const field = event.target === textRef.current ? textRef.current : null;
    const hasModifier = event.ctrlKey || event.metaKey;
    if (event.key === 'Escape') onCancel();
    else if (event.key === 'Enter' && event.target instanceof HTMLButtonElement) return;
    else if (event.key === 'Enter' && hasModifier && field !== null) onSplit(text, field.selectionStart);
    else if (event.key === 'Enter') save();
    else if (event.key === 'Backspace' && field?.selectionEnd === 0) onMergeWithPrevious(text);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const timeClasses =
    'h-6 w-20 rounded border border-line bg-raised px-1.5 text-xs tabular outline-none focus-visible:border-accent aria-invalid:border-bad';
  return (
    <div
      role="group"
      aria-label="Edit this passage"
      onKeyDown={handleKey}
      className="rounded-lg bg-raised p-3 pl-16 shadow-pop"
    >
      <textarea
        ref={textRef}
        aria-label="Text"
        value={text}
        rows={1}
        onChange={(event) => setText(event.target.value)}
        className="field-sizing-content block w-full resize-none bg-transparent font-serif text-[1.1875rem] leading-[1.55] outline-none"
      />
      <div className="mt-2 flex flex-wrap items-center gap-x-3 gap-y-2 text-xs text-ink-soft">
        <label className="flex items-center gap-1.5">
          From
          <input
            className={timeClasses}
            value={start}
            aria-invalid={problem !== null}
            aria-describedby={problemId}
            onChange={(event) => setStart(event.target.value)}
          />
        </label>
        <label className="flex items-center gap-1.5">
          to
          <input
            className={timeClasses}
            value={end}
            aria-invalid={problem !== null}
            aria-describedby={problemId}
            onChange={(event) => setEnd(event.target.value)}
          />
        </label>
        <span id={problemId} role="status" className="text-bad">
          {problem === null ? '' : problemTexts[problem]}
        </span>
        <span className={classNames('ml-auto flex items-center gap-1.5', problem !== null && 'hidden')}>
          <Kbd>{shortcut('Enter')}</Kbd> splits here
        </span>
        <Button look="ghost" size="small" onClick={onCancel}>
          Cancel
        </Button>
        <Button look="primary" size="small" disabled={problem !== null} onClick={save}>
          Save
        </Button>
      </div>
    </div>
  );
}
