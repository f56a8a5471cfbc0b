import { fork, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { AppError, fromAppErrorDto } from '../../src-shared/domain/errors.ts';
import { hasProcessGroups, killProcessGroup } from '../transcriber/process-group.ts';
import {
  transcriberMessageSchema,
  type TranscriberCommand,
  type TranscriptionEvent,
  type TranscriptionRequest,
  type TranscriptionSummary,
} from '../transcriber/protocol.ts';

export interface TranscribeOptions {
  /** Ends the transcriber and everything below it at once. */
  signal?: AbortSignal;
  /**
   * Hears of everything, in order, one event at a time. The transcriber waits for it after each chunk and language:
   * resolve once they are saved. What it rejects with ends the transcription and is thrown on.
   */
  onEvent: (event: TranscriptionEvent) => Promise<void> | void;
  /** Hears the transcriber's process id once it runs. */
  onStart?: (pid: number) => void;
  /** The Node that runs the transcriber. Default: the one that runs us. */
  nodePath?: string;
  /** The transcriber's program. Default: the one built with us. */
  transcriberPath?: string;
}

export type TranscriptionResult = TranscriptionSummary | { outcome: 'cancelled' };

/**
 * Transcribes one recording in a process of its own, going on where the saved chunks end. Cancelling is an outcome,
 * not an error; nothing is heard of the transcription after this has settled.
 *
 * @throws AppError `dependency.transcriber-crashed` (retry `auto`), `dependency.*`, `media.*`, `storage.*`,
 *   `input.not-a-model`
 */
export async function transcribe(
  request: TranscriptionRequest,
  options: TranscribeOptions,
): Promise<TranscriptionResult> {
  const { signal } = options;
  if (signal?.aborted === true) return { outcome: 'cancelled' };
  const transcriber = startTranscriber(options);
  const conversation = converse(transcriber, request, options);
  const cancelled = new Promise<TranscriptionResult>((resolve) => {
    transcriber.child.once('close', () => signal?.aborted === true && resolve({ outcome: 'cancelled' }));
  });
  signal?.addEventListener('abort', transcriber.kill);
  try {
    return await Promise.race([cancelled, conversation.outcome]);
  } finally {
    signal?.removeEventListener('abort', transcriber.kill);
    transcriber.kill();
    await Promise.all([transcriber.closed, conversation.end()]);
  }
}

interface Transcriber {
  child: ChildProcess;
  /** The last lines it wrote to stderr. */
  lastWords: () => string;
  /** Ends it with everything below it. */
  kill: () => void;
  /** Resolves once it is gone. */
  closed: Promise<void>;
}

const keptStderrCharacters = 4000;

/** A small young generation: blocks of audio are freed soon instead of piling up to the size of a large one. */
const transcriberNodeOptions = ['--max-semi-space-size=1'];

function startTranscriber({ nodePath, transcriberPath, onStart }: TranscribeOptions): Transcriber {
  const child = fork(transcriberPath ?? findTranscriber(), [], {
    execPath: nodePath ?? process.execPath,
    execArgv: transcriberNodeOptions,
    // Leader of a group of its own, so that one signal reaches the media tool and the speech engine, too.
    detached: hasProcessGroups,
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  const killGroup = (): void => {
    if (child.pid !== undefined) killProcessGroup(child.pid);
  };
  if (child.pid !== undefined) onStart?.(child.pid);
  // Killed alone, it leaves its children behind.
  child.once('exit', killGroup);

  let stderr = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    stderr = (stderr + text).slice(-keptStderrCharacters);
  });

  return {
    child,
    lastWords: () => stderr,
    kill() {
      if (child.exitCode === null && child.signalCode === null) killGroup();
    },
    closed: new Promise((resolve) => {
      child.once('close', () => resolve());
      child.once('error', () => resolve());
    }),
  };
}

/** Talks with the transcriber until it has finished, failed or gone. */
function converse(
  { child, lastWords }: Transcriber,
  request: TranscriptionRequest,
  { onEvent }: TranscribeOptions,
): { outcome: Promise<TranscriptionResult>; end: () => Promise<void> } {
  let handled: Promise<void> = Promise.resolve();
  let isOver = false;
  const tell = (command: TranscriberCommand): void => {
    // Where it has ended meanwhile, its `close` event says so.
    if (child.connected) child.send(command, () => undefined);
  };

  const outcome = new Promise<TranscriptionResult>((resolve, reject) => {
    /** Whatever ends the talk waits for the events heard before it. */
    const finish = (end: () => void): void => {
      handled.then(end).catch(reject);
    };
    const handle = async (id: number, event: TranscriptionEvent): Promise<void> => {
      if (isOver) return;
      await onEvent(event);
      tell({ type: 'saved', id });
    };
    child.on('message', (raw) => {
      const message = transcriberMessageSchema.safeParse(raw);
      if (!message.success) reject(message.error);
      else if (message.data.type === 'failed') {
        const error = fromAppErrorDto(message.data.error);
        finish(() => reject(error));
      } else if (message.data.type === 'finished') {
        const { summary } = message.data;
        finish(() => resolve(summary));
      } else {
        const { id, event } = message.data;
        handled = handled.then(() => handle(id, event));
        handled.catch(reject);
      }
    });
    child.once('error', (cause) => finish(() => reject(crashOf(child, lastWords(), cause))));
    child.once('close', () => finish(() => reject(crashOf(child, lastWords()))));
    tell({ type: 'start', request });
  });

  return {
    outcome,
    /** Lets the event in hand finish, so that none runs afterwards. */
    async end() {
      isOver = true;
      // Its failure, if any, is the outcome already.
      await Promise.allSettled([handled, outcome]);
    },
  };
}

function crashOf(child: ChildProcess, stderr: string, cause?: unknown): AppError {
  const { exitCode, signalCode } = child;
  return new AppError({
    code: 'dependency.transcriber-crashed',
    userMessage:
      'The transcriber stopped unexpectedly. Everything transcribed so far is kept, and the work goes on from there by itself.',
    retry: 'auto',
    details: { exitCode, signal: signalCode, stderr },
    cause,
  });
}

/** Built, this code lies in the same folder as `transcriber.js` or one below it; as source, beside its folder. */
function findTranscriber(): string {
  const candidates = ['transcriber.js', '../transcriber.js', '../transcriber/index.ts'].map((path) =>
    join(import.meta.dirname, path),
  );
  const found = candidates.find((path) => existsSync(path));
  if (found !== undefined) return found;
  throw new AppError({
    code: 'dependency.missing',
    userMessage: 'The transcriber is missing. Your library is unchanged. Build or install Longhand again.',
    retry: 'user',
    details: { candidates },
  });
}

export type { TranscriptionEvent, TranscriptionRequest, TranscriptionSummary };
