import { stat } from 'node:fs/promises';
import type { MediaTaskOptions, MediaTools } from '../media-tools.ts';
import { readWithFfmpeg, runFfmpeg } from '../run-ffmpeg.ts';
import type { EncodeJob } from './encode-job.ts';
import { planVideoBudget } from '../../../../src-shared/domain/platforms/plan-fit.ts';

/** A rate is an aim, not a promise: what comes out too large is made once more with less, and once more. */
const shares = [1, 0.8, 0.6] as const;

/** H.264 and AAC in an MP4 that starts to play before it has arrived. */
export async function encodeVideo(
  job: EncodeJob,
  tools: MediaTools,
  options: MediaTaskOptions,
): Promise<void> {
  const durationMs = job.durationMs ?? 1_000;
  for (const share of shares) {
    const budget = planVideoBudget(job.limit, durationMs, share);
    const rate = [
      ...['-crf', '21', '-maxrate', `${budget.videoBitsPerSecond}`],
      ...['-bufsize', `${budget.videoBitsPerSecond * 2}`],
    ];
    const command = read(job)
      .output(`file:${job.temporaryPath}`)
      .outputOptions(
        ...pictureOptions(job, budget.maxPixels),
        ...['-c:v', 'libx264', '-preset', 'veryfast', '-profile:v', 'high', '-pix_fmt', 'yuv420p', ...rate],
        ...['-c:a', 'aac', '-b:a', `${budget.soundBitsPerSecond}`, '-ac', '2', '-ar', '48000'],
        ...['-map_metadata', '-1', '-map_chapters', '-1', '-movflags', '+faststart', '-f', 'mp4'],
      );
    await run(job, command, tools, options);
    if ((await stat(job.temporaryPath)).size <= job.limit.maxBytes) return;
  }
}

/** An MP3, which every player takes. */
export async function encodeSound(
  job: EncodeJob,
  tools: MediaTools,
  options: MediaTaskOptions,
): Promise<void> {
  const seconds = Math.max(1, (job.durationMs ?? 1_000) / 1_000);
  const kilobits = Math.floor((job.limit.maxBytes * 8 * 0.97) / seconds / 1_000);
  const rate = [128, 96, 64, 48, 32].find((candidate) => candidate <= kilobits) ?? 32;
  const command = read(job)
    .output(`file:${job.temporaryPath}`)
    .outputOptions(
      ...['-map', `0:${job.source.soundStreamIndex ?? 'a:0'}`, '-vn', '-map_metadata', '-1'],
      ...['-c:a', 'libmp3lame', '-b:a', `${rate}k`, '-ar', '44100', '-write_xing', '1', '-f', 'mp3'],
    );
  await run(job, command, tools, options);
}

function read({ sourcePath, clip, durationMs }: EncodeJob) {
  if (clip === null || durationMs === null) return readWithFfmpeg(sourcePath);
  const seconds = (ms: number) => (ms / 1_000).toFixed(3);
  return readWithFfmpeg(sourcePath, ['-ss', seconds(clip.startMs), '-t', seconds(durationMs)]);
}

/** Turned as the file asks, square pixels, even sides, and no more pixels than the platform and the rate allow. */
function pictureOptions({ plan, source }: EncodeJob, maxPixels: number): string[] {
  if (plan.kind === 'sound-as-video') {
    const sound = `[0:${source.soundStreamIndex ?? 'a:0'}]`;
    return [
      '-filter_complex',
      `${sound}asplit[heard][seen];[seen]showwaves=s=1280x720:mode=cline:rate=15:colors=0xd9a441,format=yuv420p[picture]`,
      ...['-map', '[picture]', '-map', '[heard]'],
    ];
  }
  const share = `min(1\\,sqrt(${maxPixels}/(iw*ih)))`;
  const filters = [
    'scale=w=iw*max(sar\\,1/100):h=ih',
    'setsar=1',
    `scale=w=trunc(iw*${share}/2)*2:h=trunc(ih*${share}/2)*2`,
    "fps=fps='min(source_fps,30)'",
  ];
  const sound = source.soundStreamIndex;
  return [
    ...['-map', `0:${source.pictureStreamIndex ?? 'v:0'}`],
    ...(sound === null ? [] : ['-map', `0:${sound}`]),
    ...['-vf', filters.join(',')],
  ];
}

async function run(
  { sourcePath, durationMs }: EncodeJob,
  command: ReturnType<typeof readWithFfmpeg>,
  { ffmpegPath }: MediaTools,
  { signal, onProgress }: MediaTaskOptions,
): Promise<void> {
  await runFfmpeg({
    ffmpegPath,
    command,
    inputPath: sourcePath,
    operation: 'write',
    durationMs,
    signal,
    ...(onProgress === undefined ? {} : { onProgress }),
  });
}
