import ffmpeg, { type FfmpegCommand } from 'fluent-ffmpeg';
import { resolve } from 'node:path';
import type { MediaOperation } from './classify-media-error.ts';
import type { MediaTaskOptions } from './media-tools.ts';
import { createProgressReader } from './parse-ffmpeg-progress.ts';
import { requireSuccess, runTool } from './run-tool.ts';

/**
 * The only containers that are opened. Play lists and scripts (HLS, concat, DASH, SDP) name further files and
 * addresses: a text file called talk.mp4 could otherwise make ffmpeg read anything on this machine.
 */
export const allowedDemuxers = [
  'mov,mp4,m4a,3gp,3g2,mj2',
  'matroska,webm',
  'avi',
  'mp3',
  'wav',
  'w64',
  'flac',
  'ogg',
  'aiff',
  'aac',
  'mpeg',
  'mpegts',
  'caf',
  'gif',
  'jpeg_pipe',
  'png_pipe',
  'webp_pipe',
].join(',');

/** For both tools: local files only, known containers only. */
export const safeInputOptions = [
  '-protocol_whitelist',
  'file,pipe',
  '-format_whitelist',
  allowedDemuxers,
] as const;

/** `file:` in front keeps names such as `-y.mp4` and `concat:a.mp4` from being taken for anything but names. */
export function toToolPath(path: string): string {
  return `file:${resolve(path)}`;
}

/** A command that reads `path` safely; options for the input may be added before any output. */
export function readWithFfmpeg(path: string, inputOptions: readonly string[] = []): FfmpegCommand {
  return ffmpeg(toToolPath(path)).inputOptions(...safeInputOptions, ...inputOptions);
}

export interface FfmpegRun extends MediaTaskOptions {
  ffmpegPath: string;
  command: FfmpegCommand;
  inputPath: string;
  operation: MediaOperation;
  /** For progress: how long the output will be. */
  durationMs?: number | null;
  onStdout?: (chunk: Buffer) => void;
  /** True for a line that was understood. */
  onStderrLine?: (line: string) => boolean;
}

/**
 * Runs a command built with fluent-ffmpeg.
 *
 * The library builds the arguments, and the process is ours: its own `run` keeps the program's path in a variable
 * shared by all commands, starts ffmpeg once more to list encoders, cannot be cancelled before that has ended, and
 * kills the process 20 ms after its output closes, which loses the loudness summary on a busy machine.
 *
 * @returns how much output was made, and the last messages.
 * @throws AppError of the families media, input, storage or dependency; the signal's reason on cancellation.
 */
export async function runFfmpeg(run: FfmpegRun): Promise<{ outTimeMs: number | null; stderrTail: string }> {
  const progress = createProgressReader(run.durationMs ?? null, run.onProgress);
  const outcome = await runTool({
    executablePath: run.ffmpegPath,
    arguments: [
      // The library's own -y is left out for `file:` names; outputs are temporary files, made anew at each try.
      ...['-y', '-hide_banner', '-nostdin', '-nostats', '-loglevel', 'level+info', '-progress', 'pipe:2'],
      ...run.command._getArguments(),
    ],
    signal: run.signal,
    ...(run.onStdout ? { onStdout: run.onStdout } : {}),
    onStderrLine: (line) => progress.readLine(line) || (run.onStderrLine?.(line) ?? false),
  });
  await requireSuccess(outcome, { inputPath: run.inputPath, operation: run.operation });
  return { outTimeMs: progress.outTimeMs(), stderrTail: outcome.stderrTail };
}
