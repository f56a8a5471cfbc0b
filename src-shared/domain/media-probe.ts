import { z } from 'zod';
import { assetKindSchema, instantSchema } from './asset.ts';

const streamIndexSchema = z.int().nonnegative();
const positiveIntSchema = z.int().positive();

/** Clockwise turn that a player must apply to the stored picture. */
export const rotationDegreesSchema = z.union([z.literal(0), z.literal(90), z.literal(180), z.literal(270)]);
export type RotationDegrees = z.infer<typeof rotationDegreesSchema>;

const streamBase = {
  /** Position in the file; the number that `-map 0:INDEX` takes. */
  index: streamIndexSchema,
  /** Short codec name ("h264", "opus"); null where the codec is not known to the media tool. */
  codec: z.string().nullable(),
  /** As the file says it, mostly ISO 639-2 ("eng"); null where it says nothing. */
  language: z.string().nullable(),
  title: z.string().nullable(),
  isDefault: z.boolean(),
  durationMs: z.int().nonnegative().nullable(),
};

export const audioStreamSchema = z.strictObject({
  type: z.literal('audio'),
  ...streamBase,
  channels: positiveIntSchema.nullable(),
  channelLayout: z.string().nullable(),
  sampleRateHz: positiveIntSchema.nullable(),
  bitsPerSecond: positiveIntSchema.nullable(),
});
export type AudioStream = z.infer<typeof audioStreamSchema>;

export const videoStreamSchema = z.strictObject({
  type: z.literal('video'),
  ...streamBase,
  /** As stored, before rotation. */
  widthPx: positiveIntSchema.nullable(),
  heightPx: positiveIntSchema.nullable(),
  frameRate: z.number().positive().nullable(),
  rotationDegrees: rotationDegreesSchema,
  /** A still picture that belongs to a sound recording, not a moving picture. */
  isCoverArt: z.boolean(),
  bitsPerSecond: positiveIntSchema.nullable(),
});
export type VideoStream = z.infer<typeof videoStreamSchema>;

export const subtitleStreamSchema = z.strictObject({ type: z.literal('subtitle'), ...streamBase });

/** Time codes, telemetry, attachments: kept in the list so that nothing in the file goes unmentioned. */
export const otherStreamSchema = z.strictObject({ type: z.literal('other'), ...streamBase });

export const mediaStreamSchema = z.discriminatedUnion('type', [
  audioStreamSchema,
  videoStreamSchema,
  subtitleStreamSchema,
  otherStreamSchema,
]);
export type MediaStream = z.infer<typeof mediaStreamSchema>;

/**
 * What is not right with a file that can be used all the same.
 * - `media.truncated`: it ends before it says it does; what is there is used.
 * - `media.no-audio`: a video without sound; nothing to transcribe.
 * - `media.unsupported`: one of its streams cannot be decoded; the others are used.
 * - `media.wrong-extension`: the name promises another kind of file than the content is.
 */
export const mediaWarningSchema = z.strictObject({
  code: z.enum(['media.truncated', 'media.no-audio', 'media.unsupported', 'media.wrong-extension']),
  /** One or two plain sentences for the person. */
  userMessage: z.string(),
});
export type MediaWarning = z.infer<typeof mediaWarningSchema>;

/** When the recording was made, and how far that can be trusted. */
export const capturedAtSchema = z.strictObject({
  instant: instantSchema,
  source: z.enum(['quicktime', 'container', 'exif', 'exif-gps', 'broadcast-wave', 'tag']),
  /** False: the file gives a wall-clock time without a zone, read as a time in this machine's zone. */
  isZoneKnown: z.boolean(),
});
export type CapturedAt = z.infer<typeof capturedAtSchema>;

/** WGS 84, degrees; north and east are positive. */
export const geoLocationSchema = z.strictObject({
  latitude: z.number().min(-90).max(90),
  longitude: z.number().min(-180).max(180),
  altitudeM: z.number().nullable(),
  source: z.enum(['iso6709', 'exif']),
});
export type GeoLocation = z.infer<typeof geoLocationSchema>;

/** Everything known about one media file without decoding it. Stored as JSON beside the asset. */
export const mediaProbeSchema = z.strictObject({
  kind: assetKindSchema,
  /** Short name of the container or picture format: "mp4", "mkv", "webm", "mp3", "jpeg" and so on. */
  container: z.string(),
  sizeBytes: z.int().positive(),
  /** Null for pictures. */
  durationMs: z.int().positive().nullable(),
  /** `counted`: the file says nothing or something wrong, so its packets were read to the end. */
  durationSource: z.enum(['container', 'counted']).nullable(),
  /** What the file itself says, where that differs from `durationMs`. */
  statedDurationMs: z.int().nonnegative().nullable(),
  bitsPerSecond: positiveIntSchema.nullable(),
  streams: z.array(mediaStreamSchema),
  /** The stream to listen to and transcribe. */
  soundStreamIndex: streamIndexSchema.nullable(),
  /** The stream to watch. Null for sound and pictures. */
  pictureStreamIndex: streamIndexSchema.nullable(),
  coverArtStreamIndex: streamIndexSchema.nullable(),
  /** As shown, after rotation. */
  displayWidthPx: positiveIntSchema.nullable(),
  displayHeightPx: positiveIntSchema.nullable(),
  rotationDegrees: rotationDegreesSchema,
  /** The picture is stored mirrored (EXIF orientations 2, 4, 5 and 7), to be undone before the rotation. */
  isMirrored: z.boolean(),
  capturedAt: capturedAtSchema.nullable(),
  location: geoLocationSchema.nullable(),
  /** Title, artist, album and the recording device, where the file names them. */
  tags: z.strictObject({
    title: z.string().nullable(),
    artist: z.string().nullable(),
    album: z.string().nullable(),
    device: z.string().nullable(),
  }),
  warnings: z.array(mediaWarningSchema),
});
export type MediaProbe = z.infer<typeof mediaProbeSchema>;
