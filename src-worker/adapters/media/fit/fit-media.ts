import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { MediaProbe } from '../../../../src-shared/domain/media-probe.ts';
import type { PlatformLimits } from '../../../../src-shared/domain/platforms/platform-limits.ts';
import type { Clip } from '../../../../src-shared/domain/variant-content.ts';
import { AppError } from '../../../../src-shared/domain/errors.ts';
import type { MediaTaskOptions, MediaTools } from '../media-tools.ts';
import { probeMedia } from '../probe-media.ts';
import { removeStaleTemporaryFiles, replaceFile } from '../../../../src-node/replace-file.ts';
import type { EncodeJob } from './encode-job.ts';
import { encodePicture } from './encode-picture.ts';
import { encodeSound, encodeVideo } from './encode-recording.ts';
import { planFit, type FitPlan } from '../../../../src-shared/domain/platforms/plan-fit.ts';

export interface FitRequest {
  sourcePath: string;
  /** Names the content: the same content with the same wish gives the same file. */
  contentKey: string;
  /** Where fitted files of this asset are kept. */
  folder: string;
  limits: PlatformLimits;
  clip: Clip | null;
}

export interface FittedMedia {
  path: string;
  mimeType: string;
  probe: MediaProbe;
  /** What making it took; nothing where it was there. */
  renderedMs: number;
}

/** No file takes so long to be made: what is older was left by a crash. */
const staleAfterMs = 24 * 3_600_000;

/** Raise it when the same wish should give another file. */
const fitVersion = 1;

/**
 * Makes a file that the platform takes: cut, converted and scaled as its limits say, or the original where that fits
 * already. Idempotent: what was made before is found again.
 *
 * @throws AppError `input.over-limit`, `media.*`, `storage.*`; the signal's reason on cancellation
 */
export async function fitMedia(
  request: FitRequest,
  tools: MediaTools,
  options: MediaTaskOptions,
): Promise<FittedMedia> {
  const { sourcePath, clip } = request;
  const source = await probeMedia(sourcePath, tools, { signal: options.signal });
  const fit = planFit(source, request.limits, clip);
  if (fit === null) throw kindNotTaken(sourcePath, source);
  const { plan, limit } = fit;
  const durationMs = requireDuration(request, source, limit.maxDurationMs);
  if (plan.kind === 'as-is')
    return { path: sourcePath, mimeType: plan.mimeType, probe: source, renderedMs: 0 };

  const made = outputs[plan.kind];
  const path = join(request.folder, `${keyOf(request, plan)}.${made.extension}`);
  const beganAtMs = performance.now();
  const isThere = existsSync(path);
  if (!isThere) {
    await mkdir(request.folder, { recursive: true });
    await removeStaleTemporaryFiles(request.folder, staleAfterMs);
    const job = { sourcePath, source, clip, durationMs, limit, plan };
    await replaceFile(path, (temporaryPath) => encode({ ...job, temporaryPath }, tools, options));
  }
  const renderedMs = isThere ? 0 : performance.now() - beganAtMs;
  options.onProgress?.(1);
  const probe = await probeMedia(path, tools, { signal: options.signal });
  if ((await stat(path)).size > limit.maxBytes) throw cannotFit(sourcePath);
  return { path, mimeType: made.mimeType, probe, renderedMs };
}

const outputs = {
  picture: { extension: 'jpg', mimeType: 'image/jpeg' },
  video: { extension: 'mp4', mimeType: 'video/mp4' },
  'sound-as-video': { extension: 'mp4', mimeType: 'video/mp4' },
  sound: { extension: 'mp3', mimeType: 'audio/mpeg' },
} as const satisfies Record<Exclude<FitPlan['kind'], 'as-is'>, object>;

async function encode(job: EncodeJob, tools: MediaTools, options: MediaTaskOptions): Promise<void> {
  switch (job.plan.kind) {
    case 'picture':
      return encodePicture(job, tools, options);
    case 'video':
    case 'sound-as-video':
      return encodeVideo(job, tools, options);
    case 'sound':
      return encodeSound(job, tools, options);
    case 'as-is':
      return;
  }
}

/** Everything that the result depends on. */
function keyOf({ contentKey, limits, clip }: FitRequest, plan: FitPlan): string {
  const { image, video, audio } = limits;
  const wish = JSON.stringify({ fitVersion, contentKey, clip, plan, image, video, audio });
  return createHash('sha256').update(wish).digest('hex').slice(0, 32);
}

/** @throws AppError `input.over-limit` */
function requireDuration(
  { sourcePath, clip }: FitRequest,
  source: MediaProbe,
  maxDurationMs: number | null,
): number | null {
  if (source.durationMs === null) return null;
  if (clip !== null && clip.startMs >= source.durationMs) {
    throw overLimit(sourcePath, 'the chosen clip begins after its end', 'Choose another clip.');
  }
  const endMs = Math.min(clip?.endMs ?? source.durationMs, source.durationMs);
  const durationMs = endMs - (clip?.startMs ?? 0);
  if (maxDurationMs !== null && durationMs > maxDurationMs) {
    throw overLimit(
      sourcePath,
      `only ${Math.round(maxDurationMs / 1000)} seconds are possible there`,
      'Choose a clip.',
    );
  }
  return durationMs;
}

function kindNotTaken(sourcePath: string, { kind }: MediaProbe): AppError {
  const noun = { image: 'pictures', video: 'videos', audio: 'sound recordings' }[kind];
  return overLimit(sourcePath, `${noun} cannot be posted there`, 'Choose another file.');
}

function cannotFit(sourcePath: string): AppError {
  return overLimit(sourcePath, 'it could not be made small enough', 'Choose a shorter clip.');
}

function overLimit(sourcePath: string, reason: string, remedy: string): AppError {
  const name = basename(sourcePath);
  return new AppError({
    code: 'input.over-limit',
    userMessage: `“${name}” does not fit the platform: ${reason}. The original is unchanged. ${remedy}`,
    retry: 'user',
    details: { sourcePath },
  });
}
