import { execa } from 'execa';
import { basename } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { classifyMediaError, type MediaOperation } from './classify-media-error.ts';
import { observeFile } from './observe-failure.ts';

const keptLineCount = 60;
const keptLineLength = 500;

export interface ToolRun {
  executablePath: string;
  arguments: readonly string[];
  signal: AbortSignal;
  /** Raw output, in order. Without it and without `onStdoutLine`, output is discarded. */
  onStdout?: (chunk: Buffer) => void;
  onStdoutLine?: (line: string) => void;
  /** Return true for a line that was understood and need not be kept for error messages. */
  onStderrLine?: (line: string) => boolean;
}

export interface ToolOutcome {
  exitCode: number | null;
  exitSignal: string | null;
  /** The last lines that were not understood. */
  stderrTail: string;
  /** Why the program could not be started, if it could not. */
  startError: Error | null;
}

/**
 * Runs ffmpeg or ffprobe to its end, keeping nothing but the last lines of its messages.
 *
 * On cancellation the process is killed at once (its output is a temporary file, nothing needs finishing), awaited,
 * and the signal's reason is thrown. An exception in a callback kills it as well and is thrown on.
 */
export async function runTool(run: ToolRun): Promise<ToolOutcome> {
  run.signal.throwIfAborted();
  const stop = new AbortController();
  const wantsStdout = run.onStdout !== undefined || run.onStdoutLine !== undefined;
  const subprocess = execa(run.executablePath, run.arguments, {
    stdin: 'ignore',
    stdout: wantsStdout ? 'pipe' : 'ignore',
    stderr: 'pipe',
    buffer: false,
    reject: false,
    windowsHide: true,
    cancelSignal: AbortSignal.any([run.signal, stop.signal]),
    killSignal: 'SIGKILL',
    env: { AV_LOG_FORCE_NOCOLOR: '1', LC_ALL: 'C' },
  });

  const keptLines: string[] = [];
  const readers = [
    readLines(subprocess.stderr, (line) => {
      if (run.onStderrLine?.(line) === true) return;
      keptLines.push(line.slice(0, keptLineLength));
      if (keptLines.length > keptLineCount) keptLines.shift();
    }),
    ...(run.onStdoutLine ? [readLines(subprocess.stdout, run.onStdoutLine)] : []),
    ...(run.onStdout ? [readChunks(subprocess.stdout, run.onStdout)] : []),
  ];
  const reading = Promise.all(readers).catch((error: unknown) => {
    stop.abort();
    return { error };
  });
  const result = await subprocess;
  const readResult = await reading;

  run.signal.throwIfAborted();
  if ('error' in readResult) throw readResult.error;
  const startError =
    result.exitCode === undefined && result.signal === undefined && result.failed ? result : null;
  return {
    exitCode: result.exitCode ?? null,
    exitSignal: result.signal ?? null,
    stderrTail: keptLines.join('\n'),
    startError: startError instanceof Error ? startError : null,
  };
}

async function readLines(stream: Readable | null, onLine: (line: string) => void): Promise<void> {
  if (!stream) return;
  for await (const line of createInterface({ input: stream, crlfDelay: Infinity })) onLine(line);
}

async function readChunks(stream: Readable | null, onChunk: (chunk: Buffer) => void): Promise<void> {
  if (!stream) return;
  for await (const chunk of stream as AsyncIterable<Buffer>) onChunk(chunk);
}

/** ffmpeg 5 ends with code 0 although its last bytes did not fit on the disk. */
const lostOutputPattern = /\[(?:error|fatal)\].*(?:No space left on device|Disk quota exceeded)/;

/** Throws the named error for a run that did not end well; see {@link classifyMediaError}. */
export async function requireSuccess(
  outcome: ToolOutcome,
  context: { inputPath: string; operation: MediaOperation; detectedMime?: string | null },
): Promise<void> {
  if (outcome.exitCode === 0 && !lostOutputPattern.test(outcome.stderrTail)) return;
  const startCode = outcome.startError && 'code' in outcome.startError ? outcome.startError.code : undefined;
  throw classifyMediaError({
    operation: context.operation,
    fileName: basename(context.inputPath),
    file: await observeFile(context.inputPath),
    errnoCode: typeof startCode === 'string' ? startCode : undefined,
    toolOutput: outcome.stderrTail,
    exitCode: outcome.exitCode,
    exitSignal: outcome.exitSignal,
    detectedMime: context.detectedMime ?? null,
    cause: outcome.startError ?? undefined,
  });
}
