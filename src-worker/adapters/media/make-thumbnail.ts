import type { FfmpegCommand } from 'fluent-ffmpeg';
import { imageSizeFromFile } from 'image-size/fromFile';
import { access, constants, stat } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { mediaUnsupported } from './classify-media-error.ts';
import type { MediaProbe } from '../../../src-shared/domain/media-probe.ts';
import { AppError } from '../../../src-shared/domain/errors.ts';
import { pictureStream } from './picture-stream.ts';
import type { MediaTaskOptions, MediaTools } from './media-tools.ts';
import { withNamedErrors } from './observe-failure.ts';
import { replaceFile } from '../../../src-node/replace-file.ts';
import { readWithFfmpeg, runFfmpeg, toToolPath } from './run-ffmpeg.ts';

const longestSidePx = 640;
const comparedFrameCount = 50;
/** Bounds memory: threads hold frames of their own, and a small file may claim an enormous picture. */
const decoderOptions = ['-threads', '2', '-max_pixels', String(300_000_000)];

/** `none` is a result: a recording without a cover, or a picture that cannot be decoded here (and why). */
export type ThumbnailResult =
  | { outcome: 'made'; widthPx: number; heightPx: number }
  | { outcome: 'none'; reason: 'no-picture' }
  | { outcome: 'none'; reason: 'cannot-decode'; error: AppError };

/**
 * Makes a JPEG of at most 640 px at `thumbnailPath`: of a video a telling frame that is not black, of a picture the
 * picture, of a sound recording its cover. Turned and mirrored as the file asks.
 *
 * @throws AppError `storage.*`, `dependency.missing`; content that cannot be decoded is `none`, not an error.
 */
export async function makeThumbnail(
  path: string,
  tools: MediaTools,
  target: { probe: MediaProbe; thumbnailPath: string },
  options: MediaTaskOptions,
): Promise<ThumbnailResult> {
  const { probe, thumbnailPath } = target;
  const streamIndex = probe.pictureStreamIndex ?? probe.coverArtStreamIndex;
  if (probe.kind !== 'image' && streamIndex === null) return { outcome: 'none', reason: 'no-picture' };
  const context = { operation: 'thumbnail', signal: options.signal } as const;
  try {
    await requireWritableFolder(thumbnailPath, options.signal);
    return await withNamedErrors(thumbnailPath, context, () =>
      replaceFile(thumbnailPath, async (temporaryPath) => {
        const source = { path, ffmpegPath: tools.ffmpegPath, temporaryPath };
        if (probe.pictureStreamIndex !== null) {
          await makeFromVideo(source, probe, probe.pictureStreamIndex, options);
        } else {
          await makeFromPicture(source, probe, options);
        }
        const { width, height } = await readJpegSize(path, temporaryPath);
        if (!isWholePicture(probe, { width, height })) {
          throw mediaUnsupported({ operation: 'thumbnail', fileName: basename(path) });
        }
        options.onProgress?.(1);
        return { outcome: 'made', widthPx: width, heightPx: height } as const;
      }),
    );
  } catch (error) {
    const isAboutContent = error instanceof AppError && /^(media|input)\./.test(error.code);
    if (!isAboutContent || error.retry === 'auto') throw error;
    // The probe has found it to be media, so what cannot be read of it is a matter of its format.
    const evidence = { operation: 'thumbnail', fileName: basename(path), cause: error } as const;
    return {
      outcome: 'none',
      reason: 'cannot-decode',
      error: error.code === 'input.not-media' ? mediaUnsupported(evidence) : error,
    };
  }
}

/** Checked first, since ffmpeg reports a folder it cannot write to like a file it cannot read. */
async function requireWritableFolder(thumbnailPath: string, signal: AbortSignal): Promise<void> {
  const folder = dirname(thumbnailPath);
  await withNamedErrors(folder, { operation: 'write', signal }, () => access(folder, constants.W_OK));
}

/** ffmpeg ends well and leaves an empty file where no frame could be decoded. */
async function readJpegSize(path: string, jpegPath: string): Promise<{ width: number; height: number }> {
  const { size } = await stat(jpegPath);
  if (size === 0) throw mediaUnsupported({ operation: 'thumbnail', fileName: basename(path) });
  return imageSizeFromFile(jpegPath);
}

/**
 * Whether it is the picture and not one tile of it, or another picture of the same file. It shows in the shape, or in
 * being smaller than a preview should be.
 */
export function isWholePicture(
  probe: Pick<MediaProbe, 'kind' | 'container' | 'displayWidthPx' | 'displayHeightPx'>,
  made: { width: number; height: number },
): boolean {
  const { displayWidthPx: width, displayHeightPx: height } = probe;
  if (probe.kind !== 'image' || width === null || height === null) return true;
  if (probe.container !== 'heic' && probe.container !== 'avif') return true;
  const scale = Math.min(1, longestSidePx / Math.max(width, height));
  return Math.abs(made.width - width * scale) <= 2 && Math.abs(made.height - height * scale) <= 2;
}

interface ThumbnailSource {
  path: string;
  ffmpegPath: string;
  temporaryPath: string;
}

/** Square pixels first, then down to the longest side, never up. */
const scaleFilters = [
  'scale=w=iw*max(sar\\,1/100):h=ih',
  'setsar=1',
  `scale=w=min(${longestSidePx}\\,iw):h=min(${longestSidePx}\\,ih):force_original_aspect_ratio=decrease`,
];

/** Fractions of the length at which a frame is sought, best first. */
const framePositions = [0.1, 0.3, 0.5, 0.75, 0];

async function makeFromVideo(
  source: ThumbnailSource,
  probe: MediaProbe,
  streamIndex: number,
  options: MediaTaskOptions,
): Promise<void> {
  let best: { position: number; contrast: number } | null = null;
  for (const [attempt, position] of framePositions.entries()) {
    const statistics = await takeVideoFrame(source, probe, { streamIndex, position }, options);
    options.onProgress?.((attempt + 1) / (framePositions.length + 2));
    if (statistics === null) continue;
    if (isTellingFrame(statistics)) return;
    const contrast = statistics.high - statistics.low;
    if (best === null || contrast > best.contrast) best = { position, contrast };
  }
  await takeVideoFrame(source, probe, { streamIndex, position: best?.position ?? 0 }, options);
}

export interface FrameStatistics {
  /** Mean luma, 0 to 255. */
  average: number;
  /** Luma that a tenth of the pixels lie below, and above. */
  low: number;
  high: number;
}

/** Neither black (a fade, a lens cap) nor one even colour. Video black is 16. */
export function isTellingFrame(statistics: FrameStatistics): boolean {
  return statistics.average >= 24 && statistics.high - statistics.low >= 10;
}

/** Takes the most typical of the frames that follow a position. Null if there is no frame. */
async function takeVideoFrame(
  source: ThumbnailSource,
  probe: MediaProbe,
  frame: { streamIndex: number; position: number },
  options: MediaTaskOptions,
): Promise<FrameStatistics | null> {
  const seconds = ((probe.durationMs ?? 0) * frame.position) / 1000;
  const command = readWithFfmpeg(source.path, [...decoderOptions, '-ss', seconds.toFixed(3)])
    .outputOptions('-map', `0:${frame.streamIndex}`)
    // Scaled before the comparison, which holds all its frames in memory.
    .videoFilters([
      ...scaleFilters,
      `thumbnail=n=${comparedFrameCount}`,
      'signalstats',
      'metadata=mode=print',
      'format=yuvj420p',
    ])
    .outputOptions(...jpegOptions);
  const values = new Map<string, number>();
  await writeJpeg(source, command, options, (line) => {
    const match = /lavfi\.signalstats\.([A-Z]+)=([\d.]+)/.exec(line);
    if (match?.[1] !== undefined) values.set(match[1], Number(match[2]));
    return line.includes('lavfi.signalstats.');
  });
  const [average, low, high] = ['YAVG', 'YLOW', 'YHIGH'].map((name) => values.get(name));
  return average === undefined || low === undefined || high === undefined ? null : { average, low, high };
}

/**
 * The demuxer is named, since the one for numbered picture sequences takes `%d` in a file's name for a pattern.
 * Newer ffmpeg reads HEIC as it reads AVIF.
 */
const demuxerByImageFormat: Record<string, string> = {
  jpeg: 'jpeg_pipe',
  png: 'png_pipe',
  webp: 'webp_pipe',
  gif: 'gif',
  heic: 'mov',
  avif: 'mov',
};

async function makeFromPicture(
  source: ThumbnailSource,
  probe: MediaProbe,
  options: MediaTaskOptions,
): Promise<void> {
  const stream =
    probe.coverArtStreamIndex === null ? await pictureStream(source.path) : `0:${probe.coverArtStreamIndex}`;
  const demuxer = probe.kind === 'image' ? demuxerByImageFormat[probe.container] : undefined;
  const command = readWithFfmpeg(source.path, [
    ...decoderOptions,
    '-noautorotate',
    ...(demuxer === undefined ? [] : ['-f', demuxer]),
  ])
    .complexFilter(
      [
        `[${stream}]${[...scaleFilters, ...orientationFilters(probe)].join(',')},format=rgba,split[front][copy]`,
        // What is transparent becomes white instead of black. (drawbox would do, and crashes ffmpeg 5.1.)
        '[copy]lutrgb=r=255:g=255:b=255:a=255[back]',
        '[back][front]overlay=format=auto,format=yuvj420p[out]',
      ].join(';'),
      'out',
    )
    .outputOptions(...jpegOptions);
  await writeJpeg(source, command, options);
}

/** Mirroring and turning, left to right as the file describes it. */
export function orientationFilters(
  probe: Pick<MediaProbe, 'isMirrored' | 'rotationDegrees' | 'kind'>,
): string[] {
  if (probe.kind !== 'image') return [];
  const turn = { 0: [], 90: ['transpose=clock'], 180: ['hflip', 'vflip'], 270: ['transpose=cclock'] };
  return [...(probe.isMirrored ? ['hflip'] : []), ...turn[probe.rotationDegrees]];
}

const jpegOptions = ['-frames:v', '1', '-an', '-sn', '-dn', '-map_metadata', '-1', '-q:v', '4'];

async function writeJpeg(
  source: ThumbnailSource,
  command: FfmpegCommand,
  options: MediaTaskOptions,
  onStderrLine?: (line: string) => boolean,
): Promise<void> {
  await runFfmpeg({
    signal: options.signal,
    ffmpegPath: source.ffmpegPath,
    command: command.format('mjpeg').output(toToolPath(source.temporaryPath)),
    inputPath: source.path,
    operation: 'thumbnail',
    ...(onStderrLine ? { onStderrLine } : {}),
  });
}
