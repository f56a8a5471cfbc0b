import { z } from 'zod';

export const wordSchema = z.strictObject({
  startMs: z.int().nonnegative(),
  endMs: z.int().nonnegative(),
  /** As spoken, with its own punctuation and without the space before it. */
  text: z.string(),
  /** 0 to 1. */
  probability: z.number(),
});
export type Word = z.infer<typeof wordSchema>;

/** Why a span should be listened to before it is trusted. */
export const suspectReasonSchema = z.enum(['low-confidence', 'repetition', 'possible-hallucination']);
export type SuspectReason = z.infer<typeof suspectReasonSchema>;

export const segmentIdSchema = z.uuid();

export const segmentSchema = z.strictObject({
  segmentId: segmentIdSchema,
  startMs: z.int().nonnegative(),
  endMs: z.int().nonnegative(),
  text: z.string(),
  /** Empty after the text was edited by hand: the player then follows the segment. */
  words: z.array(wordSchema),
  /** 0 to 1: mean word probability. */
  confidence: z.number(),
  suspect: suspectReasonSchema.nullable(),
  isEdited: z.boolean(),
});
export type Segment = z.infer<typeof segmentSchema>;

export const chapterSchema = z.strictObject({
  startMs: z.int().nonnegative(),
  title: z.string(),
});
export type Chapter = z.infer<typeof chapterSchema>;

/** One edit of a transcript. `edit-transcript` answers with the edits that undo it, in the right order. */
export const transcriptChangeSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('update'),
    segmentId: segmentIdSchema,
    text: z.string().max(10_000).optional(),
    startMs: z.int().nonnegative().optional(),
    endMs: z.int().nonnegative().optional(),
    /** Only for undo: puts back the word times that an edit of the text removed. */
    words: z.array(wordSchema).optional(),
    suspect: suspectReasonSchema.nullable().optional(),
    isEdited: z.boolean().optional(),
  }),
  z.strictObject({ kind: z.literal('insert'), segment: segmentSchema }),
  z.strictObject({ kind: z.literal('delete'), segmentId: segmentIdSchema }),
]);
export type TranscriptChange = z.infer<typeof transcriptChangeSchema>;

export const transcriptFormatSchema = z.enum(['srt', 'vtt', 'txt', 'json']);
export type TranscriptFormat = z.infer<typeof transcriptFormatSchema>;
