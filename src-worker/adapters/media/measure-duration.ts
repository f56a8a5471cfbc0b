import { readWithFfmpeg, runFfmpeg, safeInputOptions, toToolPath } from './run-ffmpeg.ts';
import type { MediaTaskOptions, MediaTools } from './media-tools.ts';
import { requireSuccess, runTool } from './run-tool.ts';

const tailMs = 5000;

/** How far the last packets may lie from the stated end before the stated length is doubted. */
export function durationToleranceMs(statedDurationMs: number): number {
  return Math.min(2000, Math.max(250, statedDurationMs * 0.05));
}

/**
 * Jumps close to the stated end and reads the packets there.
 *
 * @returns where the last of them ends, counted from the start of the recording; 0 if none can be read.
 */
export async function readTailEndMs(
  path: string,
  tools: MediaTools,
  file: { statedDurationMs: number; startMs: number; streamIndexes: readonly number[] },
  options: { signal: AbortSignal },
): Promise<number> {
  const fromSeconds = Math.max(0, file.statedDurationMs - tailMs) / 1000 + file.startMs / 1000;
  let endMs = 0;
  const outcome = await runTool({
    executablePath: tools.ffprobePath,
    arguments: [
      ...['-hide_banner', '-loglevel', 'level+warning', ...safeInputOptions],
      ...['-read_intervals', `${fromSeconds}%`],
      ...['-show_entries', 'packet=stream_index,pts_time,dts_time,duration_time', '-of', 'compact=p=0'],
      toToolPath(path),
    ],
    signal: options.signal,
    onStdoutLine: (line) => {
      const packet = parsePacketLine(line);
      if (packet && file.streamIndexes.includes(packet.streamIndex)) endMs = Math.max(endMs, packet.endMs);
    },
  });
  await requireSuccess(outcome, { inputPath: path, operation: 'probe' });
  return Math.max(0, endMs - file.startMs);
}

/** One line of `ffprobe -show_entries packet=… -of compact=p=0`; null for any other line. */
export function parsePacketLine(line: string): { streamIndex: number; endMs: number } | null {
  const fields = new Map(
    line.split('|').map((field) => {
      const separator = field.indexOf('=');
      return [field.slice(0, separator), Number(field.slice(separator + 1))] as const;
    }),
  );
  const streamIndex = fields.get('stream_index');
  const startSeconds = [fields.get('pts_time'), fields.get('dts_time')].find(Number.isFinite);
  if (streamIndex === undefined || startSeconds === undefined) return null;
  const durationSeconds = fields.get('duration_time') ?? 0;
  return {
    streamIndex,
    endMs: Math.round((startSeconds + (Number.isFinite(durationSeconds) ? durationSeconds : 0)) * 1000),
  };
}

/**
 * Reads the whole file, without decoding, to find its true length. For files that state none or a wrong one.
 *
 * @returns 0 if no packet can be read.
 */
export async function countDurationMs(
  path: string,
  tools: MediaTools,
  file: { streamIndexes: readonly number[]; statedDurationMs: number | null },
  options: MediaTaskOptions,
): Promise<number> {
  const maps = file.streamIndexes.flatMap((index) => ['-map', `0:${index}`]);
  const command = readWithFfmpeg(path)
    .outputOptions(...maps, '-c', 'copy')
    .format('null')
    .output('-');
  const { outTimeMs } = await runFfmpeg({
    ...options,
    ffmpegPath: tools.ffmpegPath,
    command,
    inputPath: path,
    operation: 'probe',
    durationMs: file.statedDurationMs,
  });
  return outTimeMs ?? 0;
}
