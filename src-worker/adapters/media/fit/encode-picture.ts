import { stat } from 'node:fs/promises';
import { pictureStream } from '../picture-stream.ts';
import type { MediaTaskOptions, MediaTools } from '../media-tools.ts';
import { readWithFfmpeg, runFfmpeg } from '../run-ffmpeg.ts';
import type { EncodeJob } from './encode-job.ts';
import { pictureLadder } from '../../../../src-shared/domain/platforms/plan-fit.ts';

/** Tries smaller and plainer JPEGs until one is small enough. What the file says of place and device is left out. */
export async function encodePicture(
  job: EncodeJob,
  tools: MediaTools,
  options: MediaTaskOptions,
): Promise<void> {
  const { limit } = job;
  const longest = Math.max(job.source.displayWidthPx ?? 0, job.source.displayHeightPx ?? 0);
  const steps = pictureLadder.filter(
    ({ longestSidePx }, index) => longestSidePx < longest || longest === 0 || index < 4,
  );
  for (const step of steps) {
    await encodeOnce(job, step, tools, options);
    if ((await stat(job.temporaryPath)).size <= limit.maxBytes) return;
  }
}

async function encodeOnce(
  { sourcePath, temporaryPath, source, limit }: EncodeJob,
  { longestSidePx, quality }: (typeof pictureLadder)[number],
  { ffmpegPath }: MediaTools,
  options: MediaTaskOptions,
): Promise<void> {
  const pixels = (source.displayWidthPx ?? 0) * (source.displayHeightPx ?? 0);
  const share =
    limit.maxPixels === null || pixels <= limit.maxPixels ? 1 : Math.sqrt(limit.maxPixels / pixels);
  const side = `min(${longestSidePx}\\,max(iw\\,ih)*${share.toFixed(4)})`;
  const filters = [
    `scale=w=${side}:h=${side}:force_original_aspect_ratio=decrease:flags=lanczos`,
    // Transparent parts would come out black.
    'format=rgba,split[front][back]',
  ];
  const flatten =
    '[back]drawbox=c=white:t=fill:replace=1[white];[white][front]overlay=format=rgb,format=yuvj420p';
  const command = readWithFfmpeg(sourcePath)
    .output(`file:${temporaryPath}`)
    .outputOptions(
      '-filter_complex',
      `[${await pictureStream(sourcePath)}]${filters.join(',')};${flatten}`,
      '-frames:v',
      '1',
      '-map_metadata',
      '-1',
      '-q:v',
      String(quality),
      '-c:v',
      'mjpeg',
      '-f',
      'image2',
      '-update',
      '1',
    );
  await runFfmpeg({ ffmpegPath, command, inputPath: sourcePath, operation: 'write', signal: options.signal });
}
