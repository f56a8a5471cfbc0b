import { z } from 'zod';
import {
  commonImageTypes,
  megabyte,
  minuteMs,
  type MediaLimit,
  type PlatformLimits,
} from '../../../src-shared/domain/platforms/platform-limits.ts';

/** Platforms without an interface that is open to a program like this: one posts there by hand, with all at hand. */
export const manualServiceSchema = z.enum([
  'x',
  'instagram',
  'tiktok',
  'youtube',
  'linkedin',
  'threads',
  'other',
]);
export type ManualService = z.infer<typeof manualServiceSchema>;

export const manualServiceNames: Readonly<Record<ManualService, string>> = {
  x: 'X',
  instagram: 'Instagram',
  tiktok: 'TikTok',
  youtube: 'YouTube',
  linkedin: 'LinkedIn',
  threads: 'Threads',
  other: 'Elsewhere',
};

/** Where one writes a post on the platform. */
export const manualServiceAddresses: Readonly<Record<ManualService, string | null>> = {
  x: 'https://x.com/compose/post',
  instagram: 'https://www.instagram.com/',
  tiktok: 'https://www.tiktok.com/tiktokstudio/upload',
  youtube: 'https://studio.youtube.com/',
  linkedin: 'https://www.linkedin.com/feed/',
  threads: 'https://www.threads.com/',
  other: null,
};

const image = (maxCount: number, maxBytes: number): MediaLimit => ({
  maxCount,
  maxBytes,
  maxDurationMs: null,
  maxPixels: null,
  mimeTypes: commonImageTypes,
});

const video = (maxBytes: number, maxDurationMs: number | null): MediaLimit => ({
  maxCount: 1,
  maxBytes,
  maxDurationMs,
  maxPixels: null,
  mimeTypes: ['video/mp4'],
});

const base: PlatformLimits = {
  text: { counting: 'graphemes', maxLength: 10_000, maxBytes: null, linkLength: null },
  title: null,
  hasContentWarning: false,
  altTextMaxLength: 1_000,
  maxThreadParts: 1,
  maxMediaCount: 10,
  mixesKinds: true,
  requires: 'text-or-media',
  image: image(10, 8 * megabyte),
  video: video(4_000 * megabyte, null),
  audio: null,
};

const text = (maxLength: number): PlatformLimits['text'] => ({ ...base.text, maxLength });

/** As the platforms' help pages say for an ordinary account. Nobody enforces them here: the platform has the last word. */
export const manualServiceLimits: Readonly<Record<ManualService, PlatformLimits>> = {
  x: {
    ...base,
    text: { counting: 'x', maxLength: 280, maxBytes: null, linkLength: 23 },
    maxThreadParts: 25,
    maxMediaCount: 4,
    image: image(4, 5 * megabyte),
    video: video(512 * megabyte, 140_000),
  },
  instagram: {
    ...base,
    text: text(2_200),
    altTextMaxLength: 1_000,
    requires: 'media',
    video: video(4_000 * megabyte, 15 * minuteMs),
  },
  tiktok: {
    ...base,
    text: text(2_200),
    altTextMaxLength: 0,
    requires: 'media',
    video: video(4_000 * megabyte, 10 * minuteMs),
  },
  youtube: {
    ...base,
    text: { ...text(5_000), maxBytes: 5_000 },
    title: { maxLength: 100, isRequired: true },
    altTextMaxLength: 0,
    maxMediaCount: 1,
    mixesKinds: false,
    requires: 'recording',
    image: null,
    video: video(256_000 * megabyte, 12 * 60 * minuteMs),
  },
  linkedin: {
    ...base,
    text: text(3_000),
    altTextMaxLength: 1_000,
    maxMediaCount: 20,
    mixesKinds: false,
    image: image(20, 8 * megabyte),
    video: video(5_000 * megabyte, 15 * minuteMs),
  },
  threads: {
    ...base,
    text: text(500),
    maxThreadParts: 25,
    maxMediaCount: 20,
    image: image(20, 8 * megabyte),
    video: video(1_000 * megabyte, 5 * minuteMs),
  },
  other: {
    ...base,
    maxThreadParts: 25,
    maxMediaCount: 20,
    image: image(20, 100 * megabyte),
    audio: {
      maxCount: 1,
      maxBytes: 4_000 * megabyte,
      maxDurationMs: null,
      maxPixels: null,
      mimeTypes: ['audio/mpeg', 'audio/mp4', 'audio/wav', 'audio/flac', 'audio/ogg'],
    },
  },
};
