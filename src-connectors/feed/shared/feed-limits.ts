import {
  commonImageTypes,
  megabyte,
  type PlatformLimits,
} from '../../../src-shared/domain/platforms/platform-limits.ts';

const gigabyte = 1_000 * megabyte;

/**
 * A feed of one's own. What podcast players and directories take: MP3, M4A and MP4; a description of at most 4,000
 * characters is what Apple Podcasts shows (https://podcasters.apple.com/support/823-podcast-requirements).
 */
export const feedLimits: PlatformLimits = {
  text: { counting: 'graphemes', maxLength: 4_000, maxBytes: null, linkLength: null },
  title: { maxLength: 255, isRequired: true },
  hasContentWarning: false,
  altTextMaxLength: 2_000,
  maxThreadParts: 1,
  maxMediaCount: 1,
  mixesKinds: false,
  requires: 'text-or-media',
  image: {
    maxCount: 1,
    maxBytes: 20 * megabyte,
    maxDurationMs: null,
    maxPixels: null,
    mimeTypes: commonImageTypes,
  },
  video: {
    maxCount: 1,
    maxBytes: 4 * gigabyte,
    maxDurationMs: null,
    maxPixels: null,
    mimeTypes: ['video/mp4'],
  },
  audio: {
    maxCount: 1,
    maxBytes: 2 * gigabyte,
    maxDurationMs: null,
    maxPixels: null,
    mimeTypes: ['audio/mpeg', 'audio/mp4'],
  },
};
