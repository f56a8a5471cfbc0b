import { fileTypeFromFile } from 'file-type';
import { open } from 'node:fs/promises';
import { basename } from 'node:path';
import {
  classifyMediaError,
  mediaUnsupported,
  notMedia,
  type MediaOperation,
} from './classify-media-error.ts';
import { decideImageIdentity, decideSoundOrVideoIdentity, type MediaIdentity } from './decide-identity.ts';
import type { MediaTools } from './media-tools.ts';
import { observeFile, withNamedErrors } from './observe-failure.ts';
import { parseFfprobeReport, type FfprobeReport } from './parse-ffprobe-report.ts';
import { safeInputOptions, toToolPath } from './run-ffmpeg.ts';
import { requireSuccess, runTool } from './run-tool.ts';

const reportLimitCharacters = 20_000_000;

/** A file's identity together with what was read to find it. `report` is null for pictures. */
export interface ExaminedFile {
  identity: MediaIdentity;
  sizeBytes: number;
  detectedMime: string | null;
  report: FfprobeReport | null;
  /** ffprobe's warnings. */
  messages: string;
}

/**
 * Opens the file and finds out what it is: its first bytes (file-type), then, unless it is a picture, its streams
 * (ffprobe).
 *
 * @throws AppError `input.empty-file`, `input.not-media`, `media.truncated`, `media.unsupported`,
 *   `storage.vanished`, `storage.unreadable`, `dependency.missing`
 */
export async function examineFile(
  path: string,
  tools: MediaTools,
  options: { signal: AbortSignal; operation: MediaOperation },
): Promise<ExaminedFile> {
  const { operation, signal } = options;
  const fileName = basename(path);
  const sizeBytes = await requireReadable(path, options);
  const detectedMime = await withNamedErrors(
    path,
    options,
    async () => (await fileTypeFromFile(path))?.mime ?? null,
  );
  const evidence = { operation, fileName, detectedMime };

  const image = decideImageIdentity(fileName, detectedMime);
  if (image) return { identity: image, sizeBytes, detectedMime, report: null, messages: '' };
  if (detectedMime?.startsWith('image/')) throw mediaUnsupported(evidence);

  const { json, messages } = await runFfprobeReport(path, tools, { signal, operation, detectedMime });
  const report = parseFfprobeReport(json);
  const identity = decideSoundOrVideoIdentity(fileName, report, detectedMime);
  if (!identity) throw notMedia(evidence);
  return { identity, sizeBytes, detectedMime, report, messages };
}

async function requireReadable(
  path: string,
  options: { signal: AbortSignal; operation: MediaOperation },
): Promise<number> {
  // Looked at before it is opened: opening a named pipe would wait for ever.
  const file = await observeFile(path);
  if (file.state !== 'present' || file.sizeBytes === 0) {
    throw classifyMediaError({ operation: options.operation, fileName: basename(path), file });
  }
  await withNamedErrors(path, options, async () => {
    const handle = await open(path, 'r');
    await handle.close();
  });
  return file.sizeBytes;
}

async function runFfprobeReport(
  path: string,
  tools: MediaTools,
  context: { signal: AbortSignal; operation: MediaOperation; detectedMime: string | null },
): Promise<{ json: string; messages: string }> {
  const lines: string[] = [];
  let characters = 0;
  const outcome = await runTool({
    executablePath: tools.ffprobePath,
    arguments: [
      ...['-hide_banner', '-loglevel', 'level+warning', ...safeInputOptions],
      // Cameras and screen recorders may start a stream late; the default of 5 s misses it.
      ...['-analyzeduration', '10000000', '-probesize', '20000000'],
      ...['-of', 'json', '-show_format', '-show_streams', toToolPath(path)],
    ],
    signal: context.signal,
    onStdoutLine: (line) => {
      characters += line.length;
      if (characters <= reportLimitCharacters) lines.push(line);
    },
  });
  await requireSuccess(outcome, { inputPath: path, ...context });
  return { json: lines.join('\n'), messages: outcome.stderrTail };
}
