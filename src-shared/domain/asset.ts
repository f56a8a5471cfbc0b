import { z } from 'zod';
import { appErrorDtoSchema } from './errors.ts';
import { chapterSchema } from './transcript.ts';

export const assetIdSchema = z.uuid();
/** An instant as ISO 8601 in UTC, as `Date.prototype.toISOString` writes it. */
export const instantSchema = z.iso.datetime();

export const assetKindSchema = z.enum(['audio', 'video', 'image']);
export type AssetKind = z.infer<typeof assetKindSchema>;

/**
 * Where an asset stands. `ingesting` and `review` come from the ingest workflow, `approved` and `rejected` from the
 * creator. A `duplicate` is a second path to content that is in the library already (see `duplicateOf`).
 */
export const assetStatusSchema = z.enum([
  'ingesting',
  'review',
  'approved',
  'rejected',
  'failed',
  'cancelled',
  'duplicate',
]);
export type AssetStatus = z.infer<typeof assetStatusSchema>;

/** `reference` leaves the original where it is; `copy` keeps a copy inside the data folder. Originals never change. */
export const storageModeSchema = z.enum(['reference', 'copy']);
export type StorageMode = z.infer<typeof storageModeSchema>;

export const ingestStepNameSchema = z.enum([
  'register',
  'probe',
  'preview',
  'transcribe',
  'describe',
  'queue',
]);
export type IngestStepName = z.infer<typeof ingestStepNameSchema>;

/** `deferred`: goes on by itself once something appears that is missing now (a chat model, for `describe`). */
export const stepStateSchema = z.enum([
  'waiting',
  'running',
  'done',
  'skipped',
  'deferred',
  'failed',
  'cancelled',
]);
export type StepState = z.infer<typeof stepStateSchema>;

export const ingestStepSchema = z.strictObject({
  step: ingestStepNameSchema,
  state: stepStateSchema,
  /** 0 to 1; null while it cannot be known. */
  progress: z.number().min(0).max(1).nullable(),
  remainingMs: z.int().nonnegative().nullable(),
  startedAt: instantSchema.nullable(),
  endedAt: instantSchema.nullable(),
  attempt: z.int().nonnegative(),
  /** A plain sentence about how it went, for instance which engine was used. */
  note: z.string().nullable(),
  error: appErrorDtoSchema.nullable(),
});
export type IngestStep = z.infer<typeof ingestStepSchema>;

export const assetSummarySchema = z.strictObject({
  assetId: assetIdSchema,
  title: z.string(),
  originalName: z.string(),
  kind: assetKindSchema.nullable(),
  status: assetStatusSchema,
  isSample: z.boolean(),
  durationMs: z.int().nonnegative().nullable(),
  sizeBytes: z.int().nonnegative().nullable(),
  capturedAt: instantSchema.nullable(),
  createdAt: instantSchema,
  updatedAt: instantSchema,
  language: z.string().nullable(),
  summary: z.string().nullable(),
  /** Null until transcription ended; false is the result "no speech found". */
  hasSpeech: z.boolean().nullable(),
  suspectSegmentCount: z.int().nonnegative(),
  hasThumbnail: z.boolean(),
  hasWaveform: z.boolean(),
  isFileMissing: z.boolean(),
  /** The step in hand while the asset is being ingested. */
  currentStep: ingestStepSchema.nullable(),
  error: appErrorDtoSchema.nullable(),
});
export type AssetSummary = z.infer<typeof assetSummarySchema>;

export const loudnessSchema = z.strictObject({
  integratedLufs: z.number().nullable(),
  truePeakDbtp: z.number().nullable(),
  rangeLu: z.number().nullable(),
});
export type Loudness = z.infer<typeof loudnessSchema>;

export const assetDetailSchema = assetSummarySchema.extend({
  workflowId: z.string(),
  path: z.string(),
  storage: storageModeSchema,
  contentHash: z.string().nullable(),
  duplicateOf: assetIdSchema.nullable(),
  hook: z.string().nullable(),
  keywords: z.array(z.string()),
  chapters: z.array(chapterSchema),
  /** See `mediaProbeSchema` in media-probe.ts; null until the file was examined. */
  probe: z.record(z.string(), z.unknown()).nullable(),
  loudness: loudnessSchema.nullable(),
  steps: z.array(ingestStepSchema),
  transcriptRevision: z.int().nonnegative(),
  speechEngine: z.string().nullable(),
});
export type AssetDetail = z.infer<typeof assetDetailSchema>;
