import type { AssetKind } from '../../../src-shared/domain/asset.ts';
import { fileExtensionOf } from '../../../src-shared/domain/media-kinds.ts';
import { chooseStreams } from './choose-streams.ts';
import type { FfprobeReport } from './parse-ffprobe-report.ts';

/** What a file is, by its content. */
export interface MediaIdentity {
  kind: AssetKind;
  /** Short name of the container or picture format: "mp4", "mkv", "mp3", "jpeg". */
  container: string;
  mimeType: string;
  /** The name's ending promises another kind of file. Nothing goes wrong for that; the person is told. */
  isExtensionWrong: boolean;
}

interface ContainerEntry {
  container: string;
  mimeType: string;
  extensions: readonly string[];
}

/** Picture formats by the MIME type that file-type finds. */
const imageFormats = new Map<string, ContainerEntry>(
  (
    [
      ['jpeg', 'image/jpeg', ['jpg', 'jpeg', 'jpe', 'jfif']],
      ['png', 'image/png', ['png']],
      ['png', 'image/apng', ['png', 'apng']],
      ['webp', 'image/webp', ['webp']],
      ['gif', 'image/gif', ['gif']],
      ['heic', 'image/heic', ['heic', 'heif', 'hif']],
      ['heic', 'image/heic-sequence', ['heic', 'heics', 'heif']],
      ['heic', 'image/heif', ['heif', 'heic', 'hif']],
      ['heic', 'image/heif-sequence', ['heif', 'heifs', 'heic']],
      ['avif', 'image/avif', ['avif', 'avifs']],
    ] as const
  ).map(([container, mimeType, extensions]) => [mimeType, { container, mimeType, extensions }]),
);

const mp4Extensions = ['mp4', 'm4v', 'm4a', 'm4b', 'm4r', 'mov', 'qt', '3gp', '3g2', 'f4v', 'aac'];

/** Containers by ffprobe's name. Those of one family are not held against each other's extensions. */
const containerFormats: Record<string, { audio: ContainerEntry; video: ContainerEntry }> = {
  'matroska,webm': both('mkv', ['audio/matroska', 'video/matroska'], ['mkv', 'mka', 'webm', 'weba', 'mk3d']),
  'mov,mp4,m4a,3gp,3g2,mj2': both('mp4', ['audio/mp4', 'video/mp4'], mp4Extensions),
  avi: both('avi', ['video/x-msvideo', 'video/x-msvideo'], ['avi']),
  mp3: both('mp3', ['audio/mpeg', 'audio/mpeg'], ['mp3', 'mpga']),
  wav: both('wav', ['audio/wav', 'audio/wav'], ['wav', 'wave', 'bwf']),
  w64: both('w64', ['audio/x-w64', 'audio/x-w64'], ['w64']),
  flac: both('flac', ['audio/flac', 'audio/flac'], ['flac']),
  ogg: both('ogg', ['audio/ogg', 'video/ogg'], ['ogg', 'oga', 'ogv', 'opus', 'spx', 'ogx']),
  aiff: both('aiff', ['audio/aiff', 'audio/aiff'], ['aif', 'aiff', 'aifc']),
  aac: both('aac', ['audio/aac', 'audio/aac'], ['aac']),
  caf: both('caf', ['audio/x-caf', 'audio/x-caf'], ['caf']),
  mpeg: both('mpeg', ['audio/mpeg', 'video/mpeg'], ['mpg', 'mpeg', 'vob', 'm2p']),
  mpegts: both('mpegts', ['video/mp2t', 'video/mp2t'], ['ts', 'mts', 'm2ts', 'm2t']),
};

function both(container: string, [audio, video]: [string, string], extensions: readonly string[]) {
  return {
    audio: { container, mimeType: audio, extensions },
    video: { container, mimeType: video, extensions },
  };
}

/** ffprobe calls whole families by one name; file-type looks at the brand inside. */
const containerByDetectedMime: Record<string, string> = {
  'video/webm': 'webm',
  'video/quicktime': 'mov',
  'audio/x-m4a': 'm4a',
  'audio/ogg; codecs=opus': 'opus',
  'video/3gpp': '3gp',
};

/** A still picture's identity by its detected MIME type; null if it is none of the known formats. */
export function decideImageIdentity(fileName: string, detectedMime: string | null): MediaIdentity | null {
  const entry = imageFormats.get(detectedMime ?? '');
  return entry === undefined ? null : toIdentity('image', fileName, entry);
}

/**
 * The identity of sound and video by ffprobe's report: with a moving picture it is video, whatever its name; a sound
 * recording with a cover is audio. Null if ffprobe's format is not a known one, or was only guessed from the name.
 */
export function decideSoundOrVideoIdentity(
  fileName: string,
  report: FfprobeReport,
  detectedMime: string | null,
): MediaIdentity | null {
  const isGuess = report.probeScore < 25 && detectedMime === null;
  const format = containerFormats[report.formatName];
  if (format === undefined || isGuess) return null;
  const kind = chooseStreams(report.streams).picture === null ? 'audio' : 'video';
  const container = containerByDetectedMime[detectedMime ?? ''];
  return toIdentity(kind, fileName, {
    ...format[kind],
    ...(container === undefined ? {} : { container }),
  });
}

function toIdentity(kind: AssetKind, fileName: string, entry: ContainerEntry): MediaIdentity {
  const extension = fileExtensionOf(fileName);
  return {
    kind,
    container: entry.container,
    mimeType: entry.mimeType,
    isExtensionWrong: extension !== '' && !entry.extensions.includes(extension),
  };
}
