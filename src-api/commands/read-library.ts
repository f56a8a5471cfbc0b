import { exportTranscript } from '../../src-shared/domain/transcript-export.ts';
import type { IngestStep } from '../../src-shared/domain/asset.ts';
import type { AppError } from '../../src-shared/domain/errors.ts';
import type { QueryHandler } from './handler-types.ts';
import { wrongState } from './wrong-state.ts';

export const searchLibrary: QueryHandler<'search-library'> = {
  answer: (input, { queries }) => queries.search(input),
};

export const summariseLibrary: QueryHandler<'summarise-library'> = {
  answer: (_input, { queries }) => queries.countLibrary(),
};

export const readMetadata: QueryHandler<'read-metadata'> = {
  answer: ({ assetId }, { queries }) => queries.readDetail(assetId),
};

export const readTranscript: QueryHandler<'read-transcript'> = {
  answer: ({ assetId }, { assets, transcripts }) => ({
    revision: assets.get(assetId).transcriptRevision,
    segments: transcripts.listSegments(assetId),
  }),
};

export const exportTranscriptAs: QueryHandler<'export-transcript'> = {
  answer({ assetId, format }, { assets, steps, transcripts }) {
    const { title, originalName, language, durationMs } = assets.get(assetId);
    const segments = transcripts.listSegments(assetId);
    const transcription = steps.list(assetId).find(({ step }) => step === 'transcribe');
    const isComplete = transcription?.state === 'done';
    if (segments.length === 0 && !isComplete) throw noTranscript(title, transcription);
    const exported = exportTranscript({ title, originalName, language, durationMs, segments }, format);
    return { ...exported, isComplete };
  },
};

function noTranscript(title: string, transcription: IngestStep | undefined): AppError {
  const state = transcription?.state;
  const why =
    state === 'skipped'
      ? 'There is nothing in it to transcribe.'
      : state === 'failed' || state === 'cancelled'
        ? 'Its transcription did not come to an end; try it again under Activity.'
        : 'It is still waiting for its turn; export it once it is transcribed.';
  return wrongState(`“${title}” has no transcript. ${why} Nothing was exported.`, { state });
}
