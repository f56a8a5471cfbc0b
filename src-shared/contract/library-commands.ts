import { z } from 'zod';
import { activityItemSchema } from '../domain/activity.ts';
import {
  assetDetailSchema,
  assetIdSchema,
  assetKindSchema,
  assetStatusSchema,
  assetSummarySchema,
  storageModeSchema,
} from '../domain/asset.ts';
import {
  segmentIdSchema,
  segmentSchema,
  transcriptChangeSchema,
  transcriptFormatSchema,
} from '../domain/transcript.ts';
import { defineDurableCommand, defineThinkCommand } from './define-command.ts';

const assetInput = z.strictObject({ assetId: assetIdSchema });
const pathSchema = z.string().min(1).max(4096);

export const searchMatchSchema = z.strictObject({
  segmentId: segmentIdSchema,
  startMs: z.int().nonnegative(),
  /** The text around the match; what matched stands between U+0002 and U+0003. */
  snippet: z.string(),
});

export const libraryCommands = {
  'search-library': defineThinkCommand({
    area: 'library',
    title: 'Search the library',
    description:
      'Lists assets, newest first or by relevance, with full-text search over titles, summaries and transcripts; with titleWords only those whose title has a word that begins with one of them, the best fit first by relevance.',
    scope: 'library:read',
    changesState: false,
    input: z.strictObject({
      text: z.string().max(500).optional(),
      titleWords: z.array(z.string().max(100)).max(20).optional(),
      kinds: z.array(assetKindSchema).optional(),
      statuses: z.array(assetStatusSchema).optional(),
      onlySuspect: z.boolean().optional(),
      sort: z.enum(['newest', 'oldest', 'title', 'longest', 'relevance']).default('newest'),
      offset: z.int().nonnegative().default(0),
      limit: z.int().min(1).max(200).default(100),
    }),
    output: z.strictObject({
      totalCount: z.int().nonnegative(),
      items: z.array(assetSummarySchema.extend({ matches: z.array(searchMatchSchema) })),
    }),
  }),
  'summarise-library': defineThinkCommand({
    area: 'library',
    title: 'Count the library',
    description: 'How many assets there are in all and in each status, their whole duration and size.',
    scope: 'library:read',
    changesState: false,
    input: z.strictObject({}),
    output: z.strictObject({
      totalCount: z.int().nonnegative(),
      countByStatus: z.record(assetStatusSchema, z.int().nonnegative()),
      durationMs: z.int().nonnegative(),
      sizeBytes: z.int().nonnegative(),
      sampleAssetId: assetIdSchema.nullable(),
    }),
  }),
  'read-metadata': defineThinkCommand({
    area: 'library',
    title: 'Read an asset',
    description:
      'Everything known about one asset except its transcript, with the state of each ingest step.',
    scope: 'library:read',
    changesState: false,
    input: assetInput,
    output: assetDetailSchema,
  }),
  'read-transcript': defineThinkCommand({
    area: 'library',
    title: 'Read a transcript',
    description:
      'The segments of one asset in order, with word times. Also while transcription is still going on.',
    scope: 'library:read',
    changesState: false,
    input: assetInput,
    output: z.strictObject({ revision: z.int().nonnegative(), segments: z.array(segmentSchema) }),
  }),
  'export-transcript': defineThinkCommand({
    area: 'library',
    title: 'Export a transcript',
    description:
      'The transcript as SubRip, WebVTT, plain text or JSON. While it is being made: what there is of it.',
    scope: 'library:read',
    changesState: false,
    input: assetInput.extend({ format: transcriptFormatSchema }),
    output: z.strictObject({
      fileName: z.string(),
      mimeType: z.string(),
      text: z.string(),
      /** False while transcription has not come to its end, or never did. */
      isComplete: z.boolean(),
    }),
  }),
  'edit-transcript': defineThinkCommand({
    area: 'library',
    title: 'Edit a transcript',
    description: 'Changes text or times of segments. Answers with the edits that undo it.',
    scope: 'library:write',
    changesState: true,
    input: assetInput.extend({
      expectedRevision: z.int().nonnegative(),
      changes: z.array(transcriptChangeSchema).min(1).max(5000),
    }),
    output: z.strictObject({ revision: z.int().nonnegative(), undo: z.array(transcriptChangeSchema) }),
  }),
  'update-asset': defineThinkCommand({
    area: 'library',
    title: 'Edit an asset',
    description: 'Changes title, summary, hook or keywords.',
    scope: 'library:write',
    changesState: true,
    input: assetInput.extend({
      title: z.string().trim().min(1).max(300).optional(),
      summary: z.string().trim().max(5000).nullable().optional(),
      hook: z.string().trim().max(500).nullable().optional(),
      keywords: z.array(z.string().trim().min(1).max(60)).max(40).optional(),
    }),
    output: assetDetailSchema,
  }),
  'review-asset': defineThinkCommand({
    area: 'library',
    title: 'Review an asset',
    description: 'Approves or rejects an asset in the review queue, or puts it back there.',
    scope: 'library:write',
    changesState: true,
    input: assetInput.extend({ decision: z.enum(['approve', 'reject', 'return-to-review']) }),
    output: assetDetailSchema,
  }),
  'remove-asset': defineThinkCommand({
    area: 'library',
    title: 'Remove an asset',
    description:
      'Takes an asset and what was made for it out of the library. The original file is never touched.',
    scope: 'library:write',
    changesState: true,
    agentsNeedApproval: true,
    input: assetInput,
    output: z.strictObject({ removed: z.literal(true) }),
  }),
  'relocate-asset': defineThinkCommand({
    area: 'library',
    title: 'Find a moved file again',
    description:
      'Points an asset at its file after it was moved. A folder is searched; the content hash must match.',
    scope: 'library:write',
    changesState: true,
    input: assetInput.extend({ path: pathSchema }),
    output: assetDetailSchema,
  }),
  'locate-media': defineThinkCommand({
    area: 'library',
    title: 'Locate a file of an asset',
    description:
      'The path of the original, the thumbnail or the waveform peaks, for players on this machine.',
    scope: 'library:read',
    changesState: false,
    input: assetInput.extend({ rendition: z.enum(['original', 'thumbnail', 'waveform']) }),
    output: z.strictObject({ path: z.string(), mimeType: z.string() }),
  }),
  'expand-paths': defineThinkCommand({
    area: 'library',
    title: 'List media files in folders',
    description: 'Files and folders in, media files out: what a drop of them would ingest.',
    scope: 'library:read',
    changesState: false,
    input: z.strictObject({ paths: z.array(pathSchema).min(1).max(1000) }),
    output: z.strictObject({
      files: z.array(z.string()),
      skippedCount: z.int().nonnegative(),
      isCutOff: z.boolean(),
    }),
  }),
  'list-activity': defineThinkCommand({
    area: 'library',
    title: 'List activity',
    description: 'Everything that runs, waits or has failed, and what ended lately.',
    scope: 'library:read',
    changesState: false,
    input: z.strictObject({ limit: z.int().min(1).max(500).default(200) }),
    output: z.strictObject({ items: z.array(activityItemSchema) }),
  }),
  'ingest-media': defineDurableCommand({
    area: 'library',
    mode: 'commit',
    title: 'Ingest a media file',
    description:
      'Adds one audio, video or image file: it is examined, transcribed, described and queued for review.',
    scope: 'library:write',
    input: z.strictObject({
      path: pathSchema,
      storage: storageModeSchema.optional(),
      isSample: z.boolean().default(false),
    }),
  }),
  'retry-ingest': defineDurableCommand({
    area: 'library',
    mode: 'commit',
    title: 'Try an ingest again',
    description: 'Goes on with a failed or cancelled asset. What was transcribed already is kept.',
    scope: 'library:write',
    input: assetInput,
  }),
  'cancel-ingest': defineDurableCommand({
    area: 'library',
    mode: 'commit',
    title: 'Cancel an ingest',
    description: 'Stops the work on an asset. What was transcribed already is kept.',
    scope: 'library:write',
    input: assetInput,
  }),
  'describe-asset': defineDurableCommand({
    area: 'library',
    mode: 'commit',
    title: 'Describe an asset',
    description:
      'Writes title, summary, keywords, chapters and hook anew from the transcript with the local model.',
    scope: 'library:write',
    input: assetInput,
  }),
};
