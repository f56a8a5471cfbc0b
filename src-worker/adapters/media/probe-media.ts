import { basename } from 'node:path';
import type { MediaProbe, MediaStream, MediaWarning } from '../../../src-shared/domain/media-probe.ts';
import { chooseStreams, isDecodable, type ChosenStreams } from './choose-streams.ts';
import {
  mediaProtected,
  mediaUnsupported,
  mediaZeroDuration,
  type MediaFailureEvidence,
} from './classify-media-error.ts';
import { isPictureCutOff } from './inspect-picture.ts';
import { examineFile, type ExaminedFile } from './examine-file.ts';
import { inspectContainer, type ContainerInspection } from './inspect-container.ts';
import { countDurationMs, durationToleranceMs, readTailEndMs } from './measure-duration.ts';
import type { MediaTaskOptions, MediaTools } from './media-tools.ts';
import { withNamedErrors } from './observe-failure.ts';
import { capturedAtFromTags } from './parse-captured-at.ts';
import type { FfprobeReport } from './parse-ffprobe-report.ts';
import { locationFromTags } from './parse-location.ts';
import { readImageDetails } from './read-image-details.ts';

/**
 * Reads everything that can be known about a media file without decoding it. Mostly a fraction of a second; a file
 * that states no length, or a wrong one, is read to its end, and only then is there progress.
 *
 * What is wrong with a file that can be used all the same is in `warnings`.
 *
 * @throws AppError `input.empty-file`, `input.not-media`, `media.truncated` (where nothing can be read),
 *   `media.zero-duration`, `media.unsupported`, `media.protected`, `storage.vanished`, `storage.unreadable`,
 *   `dependency.missing`
 */
export async function probeMedia(
  path: string,
  tools: MediaTools,
  options: MediaTaskOptions,
): Promise<MediaProbe> {
  const examined = await examineFile(path, tools, { signal: options.signal, operation: 'probe' });
  if (examined.report === null) return probeImage(path, examined, options);
  return probeSoundOrVideo(path, tools, { ...examined, report: examined.report }, options);
}

async function probeImage(
  path: string,
  examined: ExaminedFile,
  options: MediaTaskOptions,
): Promise<MediaProbe> {
  const context = { operation: 'probe', signal: options.signal } as const;
  const details = await withNamedErrors(path, context, () => readImageDetails(path));
  const isCutOff = await withNamedErrors(path, context, () => isPictureCutOff(path));
  const isTurned = details.rotationDegrees % 180 !== 0;
  options.onProgress?.(1);
  return {
    kind: 'image',
    container: examined.identity.container,
    sizeBytes: examined.sizeBytes,
    durationMs: null,
    durationSource: null,
    statedDurationMs: null,
    bitsPerSecond: null,
    streams: [],
    soundStreamIndex: null,
    pictureStreamIndex: null,
    coverArtStreamIndex: null,
    displayWidthPx: isTurned ? details.heightPx : details.widthPx,
    displayHeightPx: isTurned ? details.widthPx : details.heightPx,
    rotationDegrees: details.rotationDegrees,
    isMirrored: details.isMirrored,
    capturedAt: details.capturedAt,
    location: details.location,
    tags: { title: null, artist: null, album: null, device: details.device },
    warnings: [...cutOffPictureWarning(path, isCutOff), ...wrongExtensionWarning(path, examined)],
  };
}

async function probeSoundOrVideo(
  path: string,
  tools: MediaTools,
  examined: ExaminedFile & { report: FfprobeReport },
  options: MediaTaskOptions,
): Promise<MediaProbe> {
  const { report, identity } = examined;
  const context = { operation: 'probe', signal: options.signal } as const;
  const inspection = await withNamedErrors(path, context, () => inspectContainer(path));
  const chosen = chooseStreams(report.streams);
  requireUsable(path, examined, inspection, chosen);

  const duration = await findDuration(path, tools, { report, chosen, messages: examined.messages }, options);
  const { picture, sound, coverArt } = chosen;
  if (duration.durationMs === 0) throw mediaZeroDuration(evidenceOf(path, examined));
  const rotationDegrees = picture?.rotationDegrees ?? 0;
  const isTurned = rotationDegrees % 180 !== 0;
  options.onProgress?.(1);
  return {
    kind: identity.kind,
    container: identity.container,
    sizeBytes: examined.sizeBytes,
    ...duration,
    bitsPerSecond: report.bitsPerSecond,
    streams: report.streams,
    soundStreamIndex: sound?.index ?? null,
    pictureStreamIndex: picture?.index ?? null,
    coverArtStreamIndex: coverArt?.index ?? null,
    displayWidthPx: (isTurned ? picture?.heightPx : picture?.widthPx) ?? null,
    displayHeightPx: (isTurned ? picture?.widthPx : picture?.heightPx) ?? null,
    rotationDegrees,
    isMirrored: false,
    capturedAt: capturedAtFromTags(report.tags),
    location: locationFromTags(report.tags),
    tags: {
      title: report.tags['title'] ?? null,
      artist: report.tags['artist'] ?? null,
      album: report.tags['album'] ?? null,
      device: deviceFromTags(report.tags),
    },
    warnings: [
      ...truncatedWarning(path, identity.container, inspection, duration),
      ...streamWarnings(path, report.streams, chosen),
      ...wrongExtensionWarning(path, examined),
    ],
  };
}

/** Protection first: an encrypted file's streams look sound or broken by chance. */
function requireUsable(
  path: string,
  examined: ExaminedFile & { report: FfprobeReport },
  inspection: ContainerInspection,
  { sound, picture }: ChosenStreams,
): void {
  const evidence = evidenceOf(path, examined);
  if (inspection.isProtected) throw mediaProtected(evidence);
  if (sound !== null || picture !== null) return;
  const hasSoundOrPicture = examined.report.streams.some(
    (stream) => stream.type === 'audio' || stream.type === 'video',
  );
  throw hasSoundOrPicture ? mediaUnsupported(evidence) : mediaZeroDuration(evidence);
}

function evidenceOf(path: string, examined: ExaminedFile): MediaFailureEvidence {
  return {
    operation: 'probe',
    fileName: basename(path),
    detectedMime: examined.detectedMime,
    toolOutput: examined.messages,
  };
}

type FoundDuration = Pick<MediaProbe, 'statedDurationMs' | 'durationSource'> & { durationMs: number };

/** Believes the stated length if there are packets close to it, and counts otherwise. */
async function findDuration(
  path: string,
  tools: MediaTools,
  file: { report: FfprobeReport; chosen: ChosenStreams; messages: string },
  options: MediaTaskOptions,
): Promise<FoundDuration> {
  const { statedDurationMs, startMs } = file.report;
  const streamIndexes = [file.chosen.picture?.index, file.chosen.sound?.index].filter(
    (index) => index !== undefined,
  );
  const isEstimate = file.messages.includes('Estimating duration from bitrate');
  if (statedDurationMs !== null && statedDurationMs > 0 && !isEstimate) {
    const tailEndMs = await readTailEndMs(path, tools, { statedDurationMs, startMs, streamIndexes }, options);
    if (tailEndMs >= statedDurationMs - durationToleranceMs(statedDurationMs)) {
      return { durationMs: statedDurationMs, durationSource: 'container', statedDurationMs };
    }
  }
  const durationMs = await countDurationMs(path, tools, { streamIndexes, statedDurationMs }, options);
  return { durationMs, durationSource: 'counted', statedDurationMs };
}

/** Formats without an end mark of their own, where a missing end shows only as a missing length. */
const containersWithoutEndMark = new Set(['mp3', 'flac', 'aac']);

function truncatedWarning(
  path: string,
  container: string,
  inspection: ContainerInspection,
  duration: FoundDuration,
): MediaWarning[] {
  const { durationMs, durationSource, statedDurationMs } = duration;
  const isShorterThanStated =
    durationSource === 'counted' &&
    statedDurationMs !== null &&
    durationMs < statedDurationMs - durationToleranceMs(statedDurationMs);
  if (!inspection.isCutOff && !(containersWithoutEndMark.has(container) && isShorterThanStated)) return [];
  const whatHappened = inspection.isCutOff ? 'breaks off before its end' : 'is incomplete';
  return [
    {
      code: 'media.truncated',
      userMessage: `“${basename(path)}” ${whatHappened}. What can be read, ${describeLength(durationMs)}, is used; to have the rest, copy it again from where it came from.`,
    },
  ];
}

function cutOffPictureWarning(path: string, isCutOff: boolean): MediaWarning[] {
  if (!isCutOff) return [];
  return [
    {
      code: 'media.truncated',
      userMessage: `The picture “${basename(path)}” breaks off before its end. What can be read of it is used; to have the rest, copy it again from where it came from.`,
    },
  ];
}

function streamWarnings(
  path: string,
  streams: readonly MediaStream[],
  chosen: ChosenStreams,
): MediaWarning[] {
  const warnings: MediaWarning[] = [];
  const hasUndecodable = (type: 'audio' | 'video') =>
    streams.some(
      (stream) =>
        stream.type === type && !isDecodable(stream) && !(stream.type === 'video' && stream.isCoverArt),
    );
  if (chosen.sound === null && hasUndecodable('audio')) {
    warnings.push({
      code: 'media.unsupported',
      userMessage: `The sound of “${basename(path)}” is in a format that cannot be read here, so only its picture is used. Convert it to MP4 to have both.`,
    });
  } else if (chosen.sound === null) {
    warnings.push({
      code: 'media.no-audio',
      userMessage: `“${basename(path)}” has no sound, so there is nothing to transcribe. Its picture is kept; choose the version with sound if there is one.`,
    });
  }
  if (chosen.picture === null && hasUndecodable('video')) {
    warnings.push({
      code: 'media.unsupported',
      userMessage: `The picture of “${basename(path)}” is in a format that cannot be read here, so only its sound is used. Convert it to MP4 to have both.`,
    });
  }
  return warnings;
}

function wrongExtensionWarning(path: string, { identity }: ExaminedFile): MediaWarning[] {
  if (!identity.isExtensionWrong) return [];
  return [
    {
      code: 'media.wrong-extension',
      userMessage: `“${basename(path)}” is really a file of the kind ${identity.container.toUpperCase()}. It is used as what it is; rename it if other programs refuse it.`,
    },
  ];
}

function deviceFromTags(tags: FfprobeReport['tags']): string | null {
  const make = tags['com.apple.quicktime.make'] ?? tags['make'] ?? tags['com.android.manufacturer'];
  const model = tags['com.apple.quicktime.model'] ?? tags['model'] ?? tags['com.android.model'];
  return [make, model].filter(Boolean).join(' ').trim() || null;
}

function describeLength(durationMs: number): string {
  const seconds = Math.max(1, Math.round(durationMs / 1000));
  if (seconds < 120) return `${seconds} seconds`;
  const minutes = Math.round(seconds / 60);
  return minutes < 120 ? `${minutes} minutes` : `${Math.round(minutes / 60)} hours`;
}
