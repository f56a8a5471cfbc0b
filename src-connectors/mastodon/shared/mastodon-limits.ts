import {
  commonImageTypes,
  mebibyte,
  type PlatformLimits,
} from '../../../src-shared/domain/platforms/platform-limits.ts';

/** What a Mastodon server says unless it was set up otherwise; each server's own figures are asked for. */
export const mastodonDefaultLimits: PlatformLimits = {
  text: { counting: 'mastodon', maxLength: 500, maxBytes: null, linkLength: 23 },
  title: null,
  hasContentWarning: true,
  altTextMaxLength: 1_500,
  maxThreadParts: 25,
  maxMediaCount: 4,
  mixesKinds: false,
  requires: 'text-or-media',
  image: {
    maxCount: 4,
    maxBytes: 16 * mebibyte,
    maxDurationMs: null,
    maxPixels: 33_177_600,
    mimeTypes: commonImageTypes,
  },
  video: {
    maxCount: 1,
    maxBytes: 99 * mebibyte,
    maxDurationMs: null,
    maxPixels: 8_294_400,
    mimeTypes: ['video/mp4', 'video/webm', 'video/quicktime'],
  },
  audio: {
    maxCount: 1,
    maxBytes: 99 * mebibyte,
    maxDurationMs: null,
    maxPixels: null,
    mimeTypes: ['audio/mpeg', 'audio/ogg', 'audio/wav', 'audio/flac', 'audio/mp4', 'audio/aac'],
  },
};

/** The part of a server's description that says what it takes. */
export interface MastodonConfiguration {
  maxCharacters?: number | undefined;
  charactersPerLink?: number | undefined;
  maxMediaCount?: number | undefined;
  descriptionMaxLength?: number | undefined;
  imageMaxBytes?: number | undefined;
  imageMaxPixels?: number | undefined;
  videoMaxBytes?: number | undefined;
  videoMaxPixels?: number | undefined;
  mimeTypes?: readonly string[] | undefined;
}

/** The limits of one server: what it says, and the usual figure where it says nothing. */
export function mastodonLimits(said: MastodonConfiguration): PlatformLimits {
  const base = mastodonDefaultLimits;
  const maxMediaCount = said.maxMediaCount ?? base.maxMediaCount;
  const narrow = (limit: PlatformLimits['image'], kind: string, maxBytes?: number, maxPixels?: number) => {
    if (limit === null) return null;
    const taken = said.mimeTypes?.filter((type) => type.startsWith(`${kind}/`));
    const mimeTypes =
      taken === undefined ? limit.mimeTypes : limit.mimeTypes.filter((type) => taken.includes(type));
    if (mimeTypes.length === 0) return null;
    return {
      ...limit,
      maxCount: kind === 'image' ? maxMediaCount : limit.maxCount,
      maxBytes: maxBytes ?? limit.maxBytes,
      maxPixels: limit.maxPixels === null ? null : (maxPixels ?? limit.maxPixels),
      mimeTypes,
    };
  };
  return {
    ...base,
    text: {
      ...base.text,
      maxLength: said.maxCharacters ?? base.text.maxLength,
      linkLength: said.charactersPerLink ?? base.text.linkLength,
    },
    altTextMaxLength: said.descriptionMaxLength ?? base.altTextMaxLength,
    maxMediaCount,
    image: narrow(base.image, 'image', said.imageMaxBytes, said.imageMaxPixels),
    video: narrow(base.video, 'video', said.videoMaxBytes, said.videoMaxPixels),
    audio: narrow(base.audio, 'audio', said.videoMaxBytes),
  };
}
