import type { Segment, TranscriptChange } from '../../../src-shared/domain/transcript.ts';

/** The changes behind every edit of a transcript. All are plans: nothing is changed here. */

/** New text by hand. It was read by a person, so the segment is no longer suspect. Nothing where it stays the same. */
export function changeText(segment: Segment, text: string): TranscriptChange[] {
  const clean = text.replace(/\s+/g, ' ').trim();
  if (clean === segment.text) return [];
  if (clean === '') return [{ kind: 'delete', segmentId: segment.segmentId }];
  return [{ kind: 'update', segmentId: segment.segmentId, text: clean, suspect: null, isEdited: true }];
}

export type TimesProblem = 'not-a-time' | 'ends-before-start' | 'after-end-of-recording';

export function checkTimes(
  startMs: number | null,
  endMs: number | null,
  durationMs: number | null,
): TimesProblem | null {
  if (startMs === null || endMs === null) return 'not-a-time';
  if (endMs <= startMs) return 'ends-before-start';
  // Half a second of grace: the length of a file is rarely known to the millisecond.
  return durationMs !== null && endMs > durationMs + 500 ? 'after-end-of-recording' : null;
}

export function changeTimes(segment: Segment, startMs: number, endMs: number): TranscriptChange[] {
  if (segment.startMs === startMs && segment.endMs === endMs) return [];
  return [{ kind: 'update', segmentId: segment.segmentId, startMs, endMs }];
}

export function markChecked(segments: readonly Segment[]): TranscriptChange[] {
  return segments.flatMap(({ segmentId, suspect }) =>
    suspect === null ? [] : [{ kind: 'update', segmentId, suspect: null }],
  );
}

/**
 * Two segments out of one, cut in the text at `offset`. Where word times are known and still fit the text, the cut in
 * time lies before the first word after it; otherwise it lies where it would be if all was spoken evenly.
 */
export function split(
  segment: Segment,
  text: string,
  offset: number,
  newSegmentId: string,
): TranscriptChange[] {
  const before = text.slice(0, offset).replace(/\s+/g, ' ').trim();
  const after = text.slice(offset).replace(/\s+/g, ' ').trim();
  if (before === '' || after === '') return [];
  const hasWords = segment.words.length > 0 && text.replace(/\s+/g, ' ').trim() === segment.text;
  const cut = hasWords ? cutOfWords(segment, before) : null;
  const evenMs =
    segment.startMs + ((segment.endMs - segment.startMs) * before.length) / (before.length + after.length);
  const cutMs = Math.round(cut?.cutMs ?? evenMs);
  const isEdited = segment.isEdited || !hasWords;
  return [
    {
      kind: 'update',
      segmentId: segment.segmentId,
      text: before,
      endMs: cutMs,
      words: cut?.wordsBefore ?? [],
      isEdited,
    },
    {
      kind: 'insert',
      segment: {
        ...segment,
        segmentId: newSegmentId,
        startMs: cutMs,
        text: after,
        words: cut?.wordsAfter ?? [],
        isEdited,
      },
    },
  ];
}

function cutOfWords(segment: Segment, before: string) {
  let length = 0;
  let count = 0;
  for (const word of segment.words) {
    if (length + word.text.length > before.replace(/\s/g, '').length) break;
    length += word.text.replace(/\s/g, '').length;
    count += 1;
  }
  const first = segment.words[count];
  if (first === undefined || count === 0) return null;
  return {
    cutMs: Math.min(Math.max(first.startMs, segment.startMs), segment.endMs),
    wordsBefore: segment.words.slice(0, count),
    wordsAfter: segment.words.slice(count),
  };
}

/** One segment out of two neighbours. Word times stay where both have them. */
export function merge(first: Segment, second: Segment, firstText: string = first.text): TranscriptChange[] {
  const isTextKept = firstText === first.text;
  const hasWords = isTextKept && first.words.length > 0 && second.words.length > 0;
  return [
    { kind: 'delete', segmentId: second.segmentId },
    {
      kind: 'update',
      segmentId: first.segmentId,
      text: `${firstText.trim()} ${second.text}`.trim(),
      endMs: Math.max(first.endMs, second.endMs),
      words: hasWords ? [...first.words, ...second.words] : [],
      suspect: first.suspect ?? second.suspect,
      isEdited: first.isEdited || second.isEdited || !isTextKept,
    },
  ];
}

/** What the segments become: the same as the server does, so that an edit is seen at once. */
export function applyChanges(segments: readonly Segment[], changes: readonly TranscriptChange[]): Segment[] {
  const byId = new Map(segments.map((segment) => [segment.segmentId, segment]));
  for (const change of changes) {
    switch (change.kind) {
      case 'insert':
        byId.set(change.segment.segmentId, change.segment);
        break;
      case 'delete':
        byId.delete(change.segmentId);
        break;
      case 'update': {
        const segment = byId.get(change.segmentId);
        if (segment !== undefined) byId.set(change.segmentId, applyUpdate(segment, change));
      }
    }
  }
  return [...byId.values()].sort((one, other) => one.startMs - other.startMs || one.endMs - other.endMs);
}

function applyUpdate(segment: Segment, change: Extract<TranscriptChange, { kind: 'update' }>): Segment {
  const isTextNew = change.text !== undefined && change.text !== segment.text;
  return {
    ...segment,
    text: change.text ?? segment.text,
    startMs: change.startMs ?? segment.startMs,
    endMs: change.endMs ?? segment.endMs,
    words: change.words ?? (isTextNew ? [] : segment.words),
    suspect: change.suspect === undefined ? segment.suspect : change.suspect,
    isEdited: change.isEdited ?? (segment.isEdited || isTextNew),
  };
}
