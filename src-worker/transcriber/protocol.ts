import { z } from 'zod';
import { appErrorDtoSchema } from '../../src-shared/domain/errors.ts';
import { segmentSchema } from '../../src-shared/domain/transcript.ts';

/** A segment as it leaves the transcriber; times count from the start of the recording. */
export const transcribedSegmentSchema = segmentSchema.omit({ segmentId: true, isEdited: true });
export type TranscribedSegment = z.infer<typeof transcribedSegmentSchema>;

const position = z.int().nonnegative();

const languageSchema = z.strictObject({ code: z.string().min(1), probability: z.number() });

/** A chunk that was saved by an earlier run. Chunks lie end to end, from index 0 and sample 0. */
export const savedChunkSchema = z.object({
  index: position,
  startMs: position,
  endMs: position,
  startSample: position,
  endSample: position,
  /** Whether it has text; where that is not known, it counts as having some once a language is known. */
  hasSpeech: z.boolean().optional(),
});
export type SavedChunk = z.infer<typeof savedChunkSchema>;

export const transcriptionRequestSchema = z.strictObject({
  sourcePath: z.string().min(1),
  /** The stream's index in the file, as ffprobe counts; without it, the first audio stream. */
  audioStreamIndex: position.optional(),
  /** The length that the container promises; null where it promises none. */
  durationMs: position.nullable(),
  /** The speech model: a CTranslate2 folder or a ggml file. */
  modelDirectory: z.string().min(1),
  /** The language that the creator chose; without it, the language is detected. */
  language: z.string().min(1).optional(),
  ffmpegPath: z.string().min(1),
  /** A folder of this recording alone. Half-done work is kept in it over a crash; it is emptied at the end. */
  scratchDirectory: z.string().min(1),
  /** Where the engine may keep a converted model. Default: a folder beside the native parts. */
  cacheDirectory: z.string().min(1).optional(),
  /** Where the transcriber writes its log. Without it, it writes none. */
  logsDirectory: z.string().min(1).optional(),
  /** The voice detector's model. Default: the one that is shipped. */
  voiceDetectorPath: z.string().min(1).optional(),
  resume: z.strictObject({
    savedChunks: z.array(savedChunkSchema),
    language: languageSchema.optional(),
  }),
});
export type TranscriptionRequest = z.input<typeof transcriptionRequestSchema>;

export const transcribedChunkSchema = z.strictObject({
  index: position,
  startMs: position,
  endMs: position,
  startSample: position,
  endSample: position,
  /** False where nobody speaks: `segments` is then empty. */
  hasSpeech: z.boolean(),
  segments: z.array(transcribedSegmentSchema),
});
export type TranscribedChunk = z.infer<typeof transcribedChunkSchema>;

export const transcriptionEventSchema = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('engine'),
    name: z.string(),
    version: z.string(),
    note: z.string().optional(),
  }),
  z.strictObject({ type: z.literal('language'), language: z.string(), probability: z.number() }),
  z.strictObject({ type: z.literal('chunk'), chunk: transcribedChunkSchema }),
  z.strictObject({
    type: z.literal('progress'),
    processedMs: position,
    totalMs: position.nullable(),
    remainingMs: position.nullable(),
  }),
  /** Something the creator should know although the work went on. */
  z.strictObject({ type: z.literal('warning'), code: z.literal('media.truncated'), userMessage: z.string() }),
]);
export type TranscriptionEvent = z.infer<typeof transcriptionEventSchema>;

export const transcriptionSummarySchema = z.strictObject({
  durationMs: position,
  language: z.string().nullable(),
  chunkCount: position,
  outcome: z.enum(['speech', 'no-speech']),
});
export type TranscriptionSummary = z.infer<typeof transcriptionSummarySchema>;

/** What the transcriber says. An `event` is answered with `saved` once its effect outlives a crash. */
export const transcriberMessageSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('event'), id: position, event: transcriptionEventSchema }),
  z.strictObject({ type: z.literal('finished'), summary: transcriptionSummarySchema }),
  z.strictObject({ type: z.literal('failed'), error: appErrorDtoSchema }),
]);
export type TranscriberMessage = z.infer<typeof transcriberMessageSchema>;

/** What the transcriber is told. It ends by itself when the channel closes. */
export const transcriberCommandSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('start'), request: transcriptionRequestSchema }),
  z.strictObject({ type: z.literal('saved'), id: position }),
]);
export type TranscriberCommand = z.input<typeof transcriberCommandSchema>;
