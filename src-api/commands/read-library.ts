import { exportTranscript } from '../../src-shared/domain/transcript-export.ts';
import type { QueryHandler } from './handler-types.ts';

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
  answer({ assetId, format }, { assets, transcripts }) {
    const { title, originalName, language, durationMs } = assets.get(assetId);
    const segments = transcripts.listSegments(assetId);
    return exportTranscript({ title, originalName, language, durationMs, segments }, format);
  },
};
