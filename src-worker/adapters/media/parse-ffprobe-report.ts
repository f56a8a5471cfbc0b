import { z } from 'zod';
import type { MediaStream, RotationDegrees } from '../../../src-shared/domain/media-probe.ts';
import type { MediaTags } from './parse-captured-at.ts';

const tagsSchema = z.record(z.string(), z.string()).optional();

const rawStreamSchema = z.object({
  index: z.int(),
  codec_name: z.string().optional(),
  codec_type: z.string().default('unknown'),
  width: z.int().optional(),
  height: z.int().optional(),
  sample_aspect_ratio: z.string().optional(),
  avg_frame_rate: z.string().optional(),
  r_frame_rate: z.string().optional(),
  channels: z.int().optional(),
  channel_layout: z.string().optional(),
  sample_rate: z.string().optional(),
  bit_rate: z.string().optional(),
  duration: z.string().optional(),
  disposition: z.record(z.string(), z.int()).optional(),
  tags: tagsSchema,
  side_data_list: z.array(z.looseObject({ rotation: z.number().optional() })).optional(),
});
type RawStream = z.infer<typeof rawStreamSchema>;

const rawReportSchema = z.object({
  streams: z.array(rawStreamSchema).default([]),
  format: z.object({
    format_name: z.string(),
    duration: z.string().optional(),
    start_time: z.string().optional(),
    bit_rate: z.string().optional(),
    probe_score: z.int().optional(),
    tags: tagsSchema,
  }),
});

/** ffprobe's report in our own words. */
export interface FfprobeReport {
  /** ffprobe's list of names ("mov,mp4,m4a,3gp,3g2,mj2"). */
  formatName: string;
  /** 0 to 100: how sure ffprobe is of the format. 1 means "only by its extension". */
  probeScore: number;
  statedDurationMs: number | null;
  startMs: number;
  bitsPerSecond: number | null;
  /** Lower-case names; the container's tags win over those of streams. */
  tags: MediaTags;
  streams: MediaStream[];
}

/**
 * Reads the output of `ffprobe -of json -show_format -show_streams`.
 *
 * @throws z.ZodError or SyntaxError if it is something else.
 */
export function parseFfprobeReport(json: string): FfprobeReport {
  const raw = rawReportSchema.parse(JSON.parse(json));
  const tags = Object.assign(
    {},
    ...raw.streams.map((stream) => lowerCaseKeys(stream.tags)),
    lowerCaseKeys(raw.format.tags),
  ) as MediaTags;
  return {
    formatName: raw.format.format_name,
    probeScore: raw.format.probe_score ?? 0,
    statedDurationMs: secondsToMs(raw.format.duration),
    startMs: Math.round(Number(raw.format.start_time ?? 0) * 1000) || 0,
    bitsPerSecond: positiveInteger(raw.format.bit_rate),
    tags,
    streams: raw.streams.map((stream) => toStream(stream, raw.format.format_name)),
  };
}

/** Formats that hold sound only: whatever picture is inside is its cover. */
const soundOnlyFormats = new Set(['mp3', 'flac', 'wav', 'aiff', 'aac', 'ogg']);
const stillCodecs = new Set(['mjpeg', 'png', 'bmp', 'gif', 'webp']);

function toStream(raw: RawStream, formatName: string): MediaStream {
  const base = {
    index: raw.index,
    codec: raw.codec_name === undefined || raw.codec_name === 'unknown' ? null : raw.codec_name,
    language: languageOf(raw.tags),
    title: raw.tags?.['title'] ?? raw.tags?.['TITLE'] ?? null,
    isDefault: raw.disposition?.['default'] === 1,
    durationMs: secondsToMs(raw.duration),
  };
  switch (raw.codec_type) {
    case 'audio':
      return {
        type: 'audio',
        ...base,
        channels: positiveInteger(raw.channels),
        channelLayout: raw.channel_layout ?? null,
        sampleRateHz: positiveInteger(raw.sample_rate),
        bitsPerSecond: positiveInteger(raw.bit_rate),
      };
    case 'video':
      return {
        type: 'video',
        ...base,
        widthPx: positiveInteger(raw.width),
        heightPx: positiveInteger(raw.height),
        frameRate: frameRateOf(raw),
        rotationDegrees: rotationOf(raw),
        isCoverArt:
          raw.disposition?.['attached_pic'] === 1 ||
          raw.disposition?.['timed_thumbnails'] === 1 ||
          (soundOnlyFormats.has(formatName) && stillCodecs.has(raw.codec_name ?? '')),
        bitsPerSecond: positiveInteger(raw.bit_rate),
      };
    case 'subtitle':
      return { type: 'subtitle', ...base };
    default:
      return { type: 'other', ...base };
  }
}

function lowerCaseKeys(tags: Record<string, string> | undefined): Record<string, string> {
  return Object.fromEntries(Object.entries(tags ?? {}).map(([key, value]) => [key.toLowerCase(), value]));
}

function languageOf(tags: Record<string, string> | undefined): string | null {
  const language = lowerCaseKeys(tags)['language']?.trim();
  return !language || language === 'und' ? null : language;
}

function secondsToMs(text: string | undefined): number | null {
  const seconds = Number(text);
  return text === undefined || !Number.isFinite(seconds) || seconds < 0 ? null : Math.round(seconds * 1000);
}

function positiveInteger(value: string | number | undefined): number | null {
  const number = Number(value);
  return Number.isSafeInteger(number) && number > 0 ? number : null;
}

/** ffprobe gives the display matrix's turn counter-clockwise; players speak of the clockwise turn to apply. */
function rotationOf(raw: RawStream): RotationDegrees {
  const counterClockwise = raw.side_data_list?.find((entry) => entry.rotation !== undefined)?.rotation;
  const clockwise = counterClockwise === undefined ? Number(raw.tags?.['rotate'] ?? 0) : -counterClockwise;
  const quarterTurns = ((Math.round(clockwise / 90) % 4) + 4) % 4;
  return ([0, 90, 180, 270] as const)[quarterTurns] ?? 0;
}

function frameRateOf(raw: RawStream): number | null {
  for (const ratio of [raw.avg_frame_rate, raw.r_frame_rate]) {
    const [numerator = NaN, denominator = NaN] = (ratio ?? '').split('/').map(Number);
    const rate = numerator / denominator;
    if (Number.isFinite(rate) && rate > 0) return Math.round(rate * 1000) / 1000;
  }
  return null;
}
