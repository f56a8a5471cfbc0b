import { recordNotFound } from '../../src-data/database-errors.ts';
import { AppError } from '../../src-shared/domain/errors.ts';
import type { TranscriptChange } from '../../src-shared/domain/transcript.ts';
import {
  applySegmentUpdate,
  assertInOrder,
  invertSegmentUpdate,
} from '../../src-shared/domain/transcript-edit.ts';
import type { ChangeHandler } from './handler-types.ts';
import type { CommandServices } from './services.ts';

export const editTranscript: ChangeHandler<'edit-transcript'> = {
  prepare:
    ({ assetId, expectedRevision, changes }, services) =>
    () => {
      const { transcriptRevision } = services.assets.get(assetId);
      if (transcriptRevision !== expectedRevision)
        throw changedMeanwhile(expectedRevision, transcriptRevision);
      const undo = changes.map((change) => applyChange(services, assetId, change)).reverse();
      const revision = services.assets.bumpTranscriptRevision(assetId);
      return { output: { revision, undo }, entityId: assetId };
    },
};

/** Returns the change that takes this one back. */
function applyChange(
  { transcripts }: CommandServices,
  assetId: string,
  change: TranscriptChange,
): TranscriptChange {
  if (change.kind === 'insert') {
    assertInOrder(change.segment);
    if (transcripts.isSegmentIdTaken(change.segment.segmentId)) throw segmentExists(change.segment.segmentId);
    transcripts.insertSegment(assetId, change.segment);
    return { kind: 'delete', segmentId: change.segment.segmentId };
  }
  const present = transcripts.findSegment(assetId, change.segmentId);
  if (present === undefined) throw recordNotFound('This line of the transcript', change.segmentId);
  if (change.kind === 'delete') {
    transcripts.deleteSegment(change.segmentId);
    return { kind: 'insert', segment: present };
  }
  transcripts.updateSegment(change.segmentId, applySegmentUpdate(present, change));
  return invertSegmentUpdate(present);
}

function changedMeanwhile(expectedRevision: number, revision: number): AppError {
  return new AppError({
    code: 'input.conflict',
    userMessage:
      'This transcript was changed elsewhere meanwhile, so your edit was not applied. Nothing was lost: look at the newest text and edit again.',
    retry: 'user',
    details: { expectedRevision, revision },
  });
}

function segmentExists(segmentId: string): AppError {
  return new AppError({
    code: 'input.conflict',
    userMessage: 'This line is in a transcript already. Nothing was changed.',
    retry: 'never',
    details: { segmentId },
  });
}
