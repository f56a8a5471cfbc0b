import {
  megabyte,
  minuteMs,
  type PlatformLimits,
} from '../../../src-shared/domain/platforms/platform-limits.ts';

/** From the lexicons `app.bsky.feed.post`, `app.bsky.embed.images` and `app.bsky.embed.video`. */
export const blueskyLimits: PlatformLimits = {
  text: { counting: 'bluesky', maxLength: 300, maxBytes: 3_000, linkLength: null },
  title: null,
  hasContentWarning: false,
  altTextMaxLength: 2_000,
  maxThreadParts: 25,
  maxMediaCount: 4,
  mixesKinds: false,
  requires: 'text-or-media',
  image: {
    maxCount: 4,
    maxBytes: 2 * megabyte,
    maxDurationMs: null,
    maxPixels: null,
    mimeTypes: ['image/jpeg', 'image/png', 'image/webp'],
  },
  video: {
    maxCount: 1,
    maxBytes: 100 * megabyte,
    maxDurationMs: 3 * minuteMs,
    maxPixels: 1920 * 1920,
    mimeTypes: ['video/mp4'],
  },
  audio: null,
};
