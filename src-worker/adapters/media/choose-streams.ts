import type { AudioStream, MediaStream, VideoStream } from '../../../src-shared/domain/media-probe.ts';

export interface ChosenStreams {
  sound: AudioStream | null;
  picture: VideoStream | null;
  coverArt: VideoStream | null;
}

/**
 * Which streams to listen to and to watch: the default ones, else the first. Streams of an unknown codec, or without
 * channels or size, cannot be decoded and are passed over.
 */
export function chooseStreams(streams: readonly MediaStream[]): ChosenStreams {
  const sounds = streams.filter((stream) => stream.type === 'audio').filter(isDecodable);
  const videos = streams.filter((stream) => stream.type === 'video').filter(isDecodable);
  const pictures = videos.filter((stream) => !stream.isCoverArt);
  return {
    sound: sounds.find((stream) => stream.isDefault) ?? sounds[0] ?? null,
    picture: pictures.find((stream) => stream.isDefault) ?? pictures[0] ?? null,
    coverArt: videos.find((stream) => stream.isCoverArt) ?? null,
  };
}

/** Whether the media tool can make anything of a stream of sound or pictures. */
export function isDecodable(stream: MediaStream): boolean {
  if (stream.codec === null) return false;
  switch (stream.type) {
    case 'audio':
      return stream.channels !== null && stream.sampleRateHz !== null;
    case 'video':
      return stream.widthPx !== null && stream.heightPx !== null;
    case 'subtitle':
    case 'other':
      return false;
  }
}
