import { AppError } from './errors.ts';
import type { Segment, TranscriptChange } from './transcript.ts';

type SegmentUpdate = Extract<TranscriptChange, { kind: 'update' }>;

/**
 * What an edit makes of a segment. New text voids the word times, counts as looked at (no longer suspect) and as edited
 * by hand, unless the edit says otherwise, as an undo does.
 * @throws AppError `input.invalid` where the segment would end before it begins
 */
export function applySegmentUpdate(present: Segment, update: SegmentUpdate): Segment {
  const isNewText = update.text !== undefined && update.text !== present.text;
  const changed: Segment = {
    segmentId: present.segmentId,
    startMs: update.startMs ?? present.startMs,
    endMs: update.endMs ?? present.endMs,
    text: update.text ?? present.text,
    words: update.words ?? (isNewText ? [] : present.words),
    confidence: present.confidence,
    suspect: update.suspect === undefined ? (isNewText ? null : present.suspect) : update.suspect,
    isEdited: update.isEdited ?? true,
  };
  assertInOrder(changed);
  return changed;
}

/** @throws AppError `input.invalid` where the segment ends before it begins */
export function assertInOrder({ startMs, endMs }: Segment): void {
  if (endMs >= startMs) return;
  throw new AppError({
    code: 'input.invalid',
    userMessage: 'A line of a transcript cannot end before it begins. Nothing was changed. Check its times.',
    retry: 'user',
    details: { startMs, endMs },
  });
}

/** The edit that puts a segment back as it was. */
export function invertSegmentUpdate(present: Segment): SegmentUpdate {
  const { segmentId, startMs, endMs, text, words, suspect, isEdited } = present;
  return { kind: 'update', segmentId, startMs, endMs, text, words, suspect, isEdited };
}
