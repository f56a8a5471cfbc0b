import { open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import {
  pino,
  stdSerializers,
  stdTimeFunctions,
  type DestinationStream,
  type Logger as PinoLogger,
} from 'pino';
import { createStream, type RotatingFileStream } from 'rotating-file-stream';
import { z } from 'zod';

/** The logger that is handed to whoever has something to say. */
export type Logger = PinoLogger;

export type LogLevel = 'debug' | 'info' | 'warn' | 'error';

export interface CreateLoggerOptions {
  /** Names the file (`<processName>.log`) and stands in each line. */
  processName: string;
  logsFolder: string;
  level?: LogLevel;
  /** Bytes after which a file is rotated; four older ones are kept. */
  maxFileBytes?: number;
}

const defaultMaxFileBytes = 5_000_000;
const keptOlderFiles = 4;

/** A disk that does not take lines must not fill the memory with them. */
const maxUnwrittenBytes = 4_000_000;
const reopenAfterMs = 10_000;

const secretField =
  /"([\w.-]*(?:token|secret|password|passphrase|authorization|api[_-]?key|cookie|private[_-]?key))":"(?:[^"\\]|\\.)*"/gi;
const bearer = /\b(bearer|basic) [\w.~+/=-]{8,}/gi;

/** Hides what must never be read in a log: values of fields named like secrets, at any depth, and bearer tokens. */
export function redactSecrets(line: string): string {
  return line.replace(secretField, '"$1":"[redacted]"').replace(bearer, '$1 [redacted]');
}

/**
 * Makes the logger of one process: JSON lines in `<logsFolder>/<processName>.log`, rotated by size. Never throws
 * while logging: lines that cannot be written (full disk) are lost, and writing is tried again later.
 */
export function createLogger(options: CreateLoggerOptions): Logger {
  const file = openLogFile(options);
  const logger = pino(
    {
      level: options.level ?? 'info',
      base: { process: options.processName, pid: process.pid },
      timestamp: stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      serializers: { err: stdSerializers.errWithCause },
      hooks: { streamWrite: redactSecrets },
    },
    file,
  );
  closers.set(logger, () => file.close());
  return logger;
}

/** Writes what is still to be written and closes the file of a logger; what it is told after that is lost. */
export async function closeLogger(logger: Logger): Promise<void> {
  await closers.get(logger)?.();
}

const closers = new WeakMap<Logger, () => Promise<void>>();

/** A logger that writes nowhere: for tests and for programs without a data folder. */
export function createSilentLogger(): Logger {
  return pino({ level: 'silent' });
}

const logLineSchema = z.looseObject({
  time: z.string(),
  level: z.string(),
  process: z.string().optional(),
  msg: z.string().optional(),
});
export type LogLine = z.infer<typeof logLineSchema>;

/** Enough for some thousand lines, however large the files are. */
const tailBytes = 512_000;

/**
 * The newest lines of all processes, oldest first, for diagnostics. Lines that are not JSON are left out.
 * @param filter.processName only that process
 */
export async function readRecentLogLines(
  logsFolder: string,
  filter: { maxLines: number; processName?: string },
): Promise<LogLine[]> {
  const names = (await readdir(logsFolder)).filter(
    (name) =>
      name.endsWith('.log') && (filter.processName === undefined || belongsTo(name, filter.processName)),
  );
  const tails = await Promise.all(names.map((name) => readTail(join(logsFolder, name))));
  return tails
    .flatMap((tail) => tail.split('\n'))
    .flatMap(parseLogLine)
    .sort((left, right) => (left.time < right.time ? -1 : left.time > right.time ? 1 : 0))
    .slice(-filter.maxLines);
}

function belongsTo(fileName: string, processName: string): boolean {
  return fileName === `${processName}.log` || /^\d+\.log$/.test(fileName.replace(`${processName}.`, ''));
}

function parseLogLine(line: string): LogLine[] {
  if (!line.startsWith('{')) return [];
  try {
    const parsed = logLineSchema.safeParse(JSON.parse(line));
    return parsed.success ? [parsed.data] : [];
  } catch (error) {
    // The first line of a tail and the last one of a crash are cut.
    if (error instanceof SyntaxError) return [];
    throw error;
  }
}

async function readTail(path: string): Promise<string> {
  const file = await open(path, 'r');
  try {
    const { size: sizeBytes } = await file.stat();
    const lengthBytes = Math.min(sizeBytes, tailBytes);
    const { buffer, bytesRead } = await file.read(
      Buffer.alloc(lengthBytes),
      0,
      lengthBytes,
      sizeBytes - lengthBytes,
    );
    return buffer.toString('utf8', 0, bytesRead);
  } finally {
    await file.close();
  }
}

interface LogFile extends DestinationStream {
  flush(done: () => void): void;
  close(): Promise<void>;
}

function openLogFile(options: CreateLoggerOptions): LogFile {
  let stream = openRotatingFile(options);
  let failedAt: number | undefined;
  let isClosed = false;

  function openRotatingFile({
    processName,
    logsFolder,
    maxFileBytes,
  }: CreateLoggerOptions): RotatingFileStream {
    // With `rotate` the library asks for the current file with null and for older ones with their number.
    const nameFile = (index: unknown): string =>
      typeof index === 'number' ? `${processName}.${index}.log` : `${processName}.log`;
    const opened = createStream(nameFile, {
      path: logsFolder,
      size: `${maxFileBytes ?? defaultMaxFileBytes}B`,
      rotate: keptOlderFiles,
      mode: 0o600,
    });
    opened.on('error', (error) => {
      failedAt = Date.now();
      process.stderr.write(`${processName}: the log file cannot be written: ${error.message}\n`);
    });
    return opened;
  }

  return {
    write(line) {
      if (isClosed) return;
      if (failedAt !== undefined) {
        if (Date.now() - failedAt < reopenAfterMs) return;
        failedAt = undefined;
        stream.destroy();
        stream = openRotatingFile(options);
      }
      if (stream.writableLength < maxUnwrittenBytes) stream.write(line);
    },
    flush(done) {
      if (isClosed || failedAt !== undefined) done();
      else stream.write('', () => done());
    },
    async close() {
      if (isClosed) return;
      isClosed = true;
      const closed = new Promise<void>((resolve) => {
        stream.once('close', () => resolve());
      });
      if (failedAt === undefined) stream.end();
      else stream.destroy();
      if (!stream.closed) await closed;
    },
  };
}
