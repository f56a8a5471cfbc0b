import type { Clip } from '../variant-content.ts';
import type { MediaProbe } from '../media-probe.ts';
import type { MediaLimit, PlatformLimits } from './platform-limits.ts';

/** Only containers that a platform could take as they are; what is missing here is converted. */
const mimeTypes: Readonly<Record<string, Partial<Record<MediaProbe['kind'], string>>>> = {
  jpeg: { image: 'image/jpeg' },
  png: { image: 'image/png' },
  webp: { image: 'image/webp' },
  gif: { image: 'image/gif', video: 'image/gif' },
  mp4: { video: 'video/mp4', audio: 'audio/mp4' },
  m4a: { audio: 'audio/mp4' },
  mp3: { audio: 'audio/mpeg' },
  wav: { audio: 'audio/wav' },
  flac: { audio: 'audio/flac' },
  ogg: { audio: 'audio/ogg' },
};

/** The MIME type of what a file holds; null where no platform takes its container. */
export function mimeTypeOf({ container, kind }: Pick<MediaProbe, 'container' | 'kind'>): string | null {
  return mimeTypes[container]?.[kind] ?? null;
}

export type FitPlan =
  | { kind: 'as-is'; mimeType: string }
  /** A JPEG. */
  | { kind: 'picture' }
  /** H.264 and AAC in an MP4. */
  | { kind: 'video' }
  /** The sound with a moving waveform, for platforms that take no sound. */
  | { kind: 'sound-as-video' }
  /** An MP3. */
  | { kind: 'sound' };

/**
 * What has to be done so that a platform takes a file. A picture or video that says where it was made is always made
 * anew, without it: few platforms take the place out.
 */
export function planFit(
  probe: MediaProbe,
  limits: PlatformLimits,
  clip: Clip | null,
): { plan: FitPlan; limit: MediaLimit } | null {
  switch (probe.kind) {
    case 'image': {
      const limit = limits.image;
      if (limit === null) return null;
      const mimeType = asIs(probe, limit);
      // Turned by a note in the file, which platforms read in different ways.
      const isPlain = probe.rotationDegrees === 0 && !probe.isMirrored && probe.location === null;
      return {
        limit,
        plan: mimeType !== null && isPlain ? { kind: 'as-is', mimeType } : { kind: 'picture' },
      };
    }
    case 'video': {
      const limit = limits.video;
      if (limit === null) return null;
      const mimeType = clip === null && probe.location === null ? asIs(probe, limit) : null;
      const isPlain = mimeType !== null && hasCommonCodecs(probe);
      return { limit, plan: isPlain ? { kind: 'as-is', mimeType } : { kind: 'video' } };
    }
    case 'audio': {
      const limit = limits.audio;
      if (limit === null) {
        return limits.video === null ? null : { limit: limits.video, plan: { kind: 'sound-as-video' } };
      }
      const mimeType = clip === null ? asIs(probe, limit) : null;
      return { limit, plan: mimeType === null ? { kind: 'sound' } : { kind: 'as-is', mimeType } };
    }
  }
}

function asIs(probe: MediaProbe, limit: MediaLimit): string | null {
  const mimeType = mimeTypeOf(probe);
  if (mimeType === null || !limit.mimeTypes.includes(mimeType)) return null;
  if (probe.sizeBytes > limit.maxBytes) return null;
  const pixels = (probe.displayWidthPx ?? 0) * (probe.displayHeightPx ?? 0);
  return limit.maxPixels !== null && pixels > limit.maxPixels ? null : mimeType;
}

function hasCommonCodecs({ streams, pictureStreamIndex, soundStreamIndex }: MediaProbe): boolean {
  const codecAt = (index: number | null) => streams.find((stream) => stream.index === index)?.codec ?? null;
  const sound = codecAt(soundStreamIndex);
  return codecAt(pictureStreamIndex) === 'h264' && (sound === null || sound === 'aac');
}

/** Room for the container and for a rate that is not kept to the bit. */
const usableShare = 0.92;
const soundBitsPerSecond = 128_000;
/** Beyond this nobody sees a difference on a platform. */
const videoBitsPerSecondMax = 8_000_000;
const videoBitsPerSecondMin = 80_000;

export interface VideoBudget {
  videoBitsPerSecond: number;
  soundBitsPerSecond: number;
  maxPixels: number;
}

/** How much each second may take so that the whole stays within the limit, and how large a picture that is good for. */
export function planVideoBudget(limit: MediaLimit, durationMs: number, share = 1): VideoBudget {
  const total = (limit.maxBytes * 8 * usableShare * share) / Math.max(1, durationMs / 1_000);
  const sound = Math.round(Math.min(soundBitsPerSecond, Math.max(32_000, total / 8)));
  const video = Math.round(Math.min(videoBitsPerSecondMax, Math.max(videoBitsPerSecondMin, total - sound)));
  // About a tenth of a bit for each pixel of each of thirty frames keeps faces whole.
  const sharp = video / (30 * 0.06);
  const maxPixels = Math.round(
    Math.min(limit.maxPixels ?? 1920 * 1080, 1920 * 1920, Math.max(sharp, 256 * 144)),
  );
  return { videoBitsPerSecond: video, soundBitsPerSecond: sound, maxPixels };
}

/** Quality (2 is best, 31 worst) and longest side of each try for a picture, best first. */
export const pictureLadder = [4096, 3072, 2048, 1600, 1280, 1024, 800].flatMap((longestSidePx) =>
  [2, 4, 7, 11].map((quality) => ({ longestSidePx, quality })),
);
