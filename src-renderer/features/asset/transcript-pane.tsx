import { useVirtualizer } from '@tanstack/react-virtual';
import { ArrowDownToDot } from 'lucide-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { Segment } from '../../../src-shared/domain/transcript.ts';
import { useHotkeys } from '../../app/hotkeys.ts';
import { Button } from '../../ui/button.tsx';
import { FindBar } from './find-bar.tsx';
import { changeText, changeTimes, markChecked, merge, split } from './segment-edits.ts';
import { SegmentEditor } from './segment-editor.tsx';
import { SegmentRow, type SegmentActions } from './segment-row.tsx';
import { segmentIndexAt } from './transcript-position.ts';
import { useFind } from './use-find.ts';
import { usePlayer, usePlayerValue } from './use-player.ts';
import type { Transcript } from './use-transcript.ts';

interface TranscriptPaneProps {
  transcript: Transcript;
  segments: readonly Segment[];
  durationMs: number | null;
  isFindOpen: boolean;
  onFindOpen: (isOpen: boolean) => void;
}

interface Editing {
  segmentId: string;
  caret: number | undefined;
}

/** All that was said, following the player. Only the passages in sight are in the document. */
export function TranscriptPane({
  transcript,
  segments,
  durationMs,
  isFindOpen,
  onFindOpen,
}: TranscriptPaneProps) {
  const player = usePlayer();
  const scrollRef = useRef<HTMLDivElement>(null);
  const [editing, setEditing] = useState<Editing | null>(null);
  const [isFollowing, setIsFollowing] = useState(true);
  const currentIndex = usePlayerValue(player, ({ positionMs }) => segmentIndexAt(segments, positionMs));
  const find = useFind(segments, isFindOpen);
  // The library keeps its own memory; nothing here is memoised by its results.
  // eslint-disable-next-line react-hooks/incompatible-library
  const virtualizer = useVirtualizer({
    count: segments.length,
    getScrollElement: () => scrollRef.current,
    getItemKey: (index) => segments[index]?.segmentId ?? index,
    estimateSize: (index) => 28 + 30 * Math.ceil((segments[index]?.text.length ?? 60) / 68),
    overscan: 6,
    paddingStart: 12,
    paddingEnd: 160,
  });

  // Goes on when the next passage is about to leave the comfortable part of the pane, not at every passage.
  useEffect(() => {
    if (!isFollowing || currentIndex < 0 || editing !== null) return;
    const pane = scrollRef.current;
    const row = pane?.querySelector<HTMLElement>(`[data-index="${currentIndex}"]`);
    if (pane !== null && row !== null && row !== undefined) {
      const top = row.offsetTop - pane.scrollTop;
      if (top > 40 && top + row.offsetHeight < pane.clientHeight * 0.7) return;
    }
    virtualizer.scrollToIndex(currentIndex, { align: 'center' });
  }, [currentIndex, isFollowing, editing, virtualizer]);
  const foundSegment = find.current?.segmentIndex;
  useEffect(() => {
    if (foundSegment !== undefined) virtualizer.scrollToIndex(foundSegment, { align: 'center' });
  }, [foundSegment, find.currentIndex, virtualizer]);

  const { edit } = transcript;
  const actions = useMemo<SegmentActions>(
    () => ({
      seek: (positionMs) => {
        player.seek(positionMs);
        setIsFollowing(true);
      },
      startEdit: ({ segmentId }, caret) => setEditing({ segmentId, caret }),
      markChecked: (segment) => edit(markChecked([segment])),
      mergeWithNext: (segment) => {
        const next = segments[segments.indexOf(segment) + 1];
        if (next !== undefined) edit(merge(segment, next));
      },
      remove: ({ segmentId }) => edit([{ kind: 'delete', segmentId }]),
    }),
    [player, edit, segments],
  );
  const jump = (by: 1 | -1) => {
    const target = segments[Math.min(Math.max(0, currentIndex + by), segments.length - 1)];
    if (target !== undefined) actions.seek(target.startMs);
  };
  useHotkeys(
    {
      arrowdown: () => jump(1),
      arrowup: () => jump(-1),
      enter: () => {
        const segment = segments[Math.max(0, currentIndex)];
        if (segment === undefined) return;
        player.pause();
        setEditing({ segmentId: segment.segmentId, caret: undefined });
      },
      'mod+f': () => onFindOpen(true),
      'mod+z': transcript.undo,
      'mod+shift+z': transcript.redo,
    },
    editing === null,
  );

  return (
    <div className="relative h-full">
      {isFindOpen ? (
        <div className="absolute top-2 right-4 z-10 w-[min(30rem,calc(100%-2rem))]">
          <FindBar
            options={find.options}
            replacement={find.replacement}
            foundCount={find.found.length}
            currentIndex={find.currentIndex}
            onOptions={find.setOptions}
            onReplacement={find.setReplacement}
            onMove={find.move}
            onReplace={() => edit(find.replaceCurrent())}
            onReplaceAll={() => edit(find.replaceAll())}
            onClose={() => onFindOpen(false)}
          />
        </div>
      ) : null}
      <div
        ref={scrollRef}
        role="region"
        aria-label="Transcript"
        tabIndex={0}
        onWheel={() => setIsFollowing(false)}
        onTouchMove={() => setIsFollowing(false)}
        className="h-full overflow-y-auto -outline-offset-2"
      >
        <ol className="relative mx-auto max-w-3xl" style={{ height: virtualizer.getTotalSize() }}>
          {virtualizer.getVirtualItems().map(({ index, key, start }) => {
            const segment = segments[index];
            if (segment === undefined) return null;
            return (
              <li
                key={key}
                ref={virtualizer.measureElement}
                data-index={index}
                aria-setsize={segments.length}
                aria-posinset={index + 1}
                {...(index === currentIndex ? { 'aria-current': 'true' as const } : {})}
                className="absolute inset-x-4 pb-0.5"
                style={{ top: start }}
              >
                {editing?.segmentId === segment.segmentId ? (
                  <SegmentEditor
                    // Joined with its neighbour, it is another text to begin from.
                    key={segment.text}
                    segment={segment}
                    caret={editing.caret}
                    durationMs={durationMs}
                    onCancel={() => setEditing(null)}
                    onSave={({ text, startMs, endMs }) => {
                      edit([...changeTimes(segment, startMs, endMs), ...changeText(segment, text)]);
                      setEditing(null);
                    }}
                    onSplit={(text, offset) => {
                      const newSegmentId = crypto.randomUUID();
                      const changes = split(segment, text, offset, newSegmentId);
                      if (changes.length === 0) return;
                      edit(changes);
                      setEditing({ segmentId: newSegmentId, caret: 0 });
                    }}
                    onMergeWithPrevious={(text) => {
                      const previous = segments[index - 1];
                      if (previous === undefined) return;
                      const words = text === segment.text ? segment.words : [];
                      edit(merge(previous, { ...segment, text, words }));
                      setEditing({ segmentId: previous.segmentId, caret: previous.text.length });
                    }}
                  />
                ) : (
                  <SegmentRow
                    segment={segment}
                    isCurrent={index === currentIndex}
                    isLast={index === segments.length - 1}
                    found={find.foundBySegment.get(index)}
                    currentFound={foundSegment === index ? find.current : undefined}
                    actions={actions}
                  />
                )}
              </li>
            );
          })}
        </ol>
      </div>
      {isFollowing || currentIndex < 0 ? null : (
        <Button
          size="small"
          className="absolute bottom-4 left-1/2 -translate-x-1/2 animate-enter rounded-full shadow-pop"
          onClick={() => setIsFollowing(true)}
        >
          <ArrowDownToDot /> Follow the player
        </Button>
      )}
    </div>
  );
}
