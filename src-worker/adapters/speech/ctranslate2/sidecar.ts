import { spawn, type ChildProcessByStdio } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import { z } from 'zod';
import type { Logger } from '../../../../src-node/logger.ts';
import { encodeFrame, FrameDecoder, type Frame } from './frames.ts';

export interface SidecarOptions {
  programPath: string;
  modelFolder: string;
  encodeThreads: number;
  decodeThreads: number;
  logger: Logger;
}

const readySchema = z.object({
  event: z.literal('ready'),
  protocol: z.literal(1),
  /** Rises when the same audio may give other numbers. */
  revision: z.int().default(1),
  engineVersion: z.string(),
  isMultilingual: z.boolean(),
  endOfTextToken: z.int(),
  firstTimestampToken: z.int(),
  vocabularySize: z.int(),
  languages: z.array(z.string()),
});
export type ReadyEvent = z.infer<typeof readySchema>;

const failedSchema = z.object({ event: z.literal('failed'), error: z.string() });
const answerSchema = z.looseObject({ id: z.int(), error: z.string().optional() });

/** The process is gone, and with it every request under way. */
export class SidecarStopped extends Error {
  /** True where we ended it ourselves. */
  readonly wasWanted: boolean;

  constructor(reason: string, wasWanted: boolean) {
    super(reason);
    this.name = 'SidecarStopped';
    this.wasWanted = wasWanted;
  }
}

/** The model folder could be read by the program, but not used. */
export class ModelRefused extends Error {
  override readonly name = 'ModelRefused';
}

interface WaitingRequest {
  resolve: (frame: Frame) => void;
  reject: (error: Error) => void;
}

/** A model of some gigabytes on a slow disk takes its time. */
const longestStartMs = 120_000;
const keptErrorBytes = 4_000;

/**
 * Memory is kept from one computation to the next, in large pages. Given back each time, as glibc does with blocks of
 * this size, it costs a third of an encode to get it again; small pages cost a sixth of a decode. Other systems do not
 * look at this.
 */
const memorySettings = [
  'glibc.malloc.mmap_max=0',
  'glibc.malloc.trim_threshold=4294967296',
  'glibc.malloc.arena_max=1',
  'glibc.malloc.hugetlb=1',
].join(':');

/** A thread of the program that waits for its next part looks for it for about 50 µs; by default it burns milliseconds. */
const looksBeforeSleep = '2000';

/** One running sidecar process. Once stopped it stays so; start another. */
export class Sidecar {
  readonly facts: ReadyEvent;
  readonly #child: ChildProcessByStdio<Writable, Readable, Readable>;
  readonly #waiting: Map<number, WaitingRequest>;
  readonly #stopped: Promise<void>;
  readonly #stop: { wasWanted: boolean };
  #nextId = 1;

  private constructor(parts: {
    facts: ReadyEvent;
    child: ChildProcessByStdio<Writable, Readable, Readable>;
    waiting: Map<number, WaitingRequest>;
    stopped: Promise<void>;
    stop: { wasWanted: boolean };
  }) {
    this.facts = parts.facts;
    this.#child = parts.child;
    this.#waiting = parts.waiting;
    this.#stopped = parts.stopped;
    this.#stop = parts.stop;
  }

  /**
   * Starts the process and waits until the model is loaded.
   * @throws SidecarStopped, ModelRefused
   */
  static async start(options: SidecarOptions): Promise<Sidecar> {
    const child = spawn(
      options.programPath,
      [
        ...['--model', options.modelFolder],
        ...['--encode-threads', String(options.encodeThreads)],
        ...['--decode-threads', String(options.decodeThreads)],
      ],
      {
        stdio: ['pipe', 'pipe', 'pipe'],
        windowsHide: true,
        env: { ...process.env, GLIBC_TUNABLES: memorySettings, GOMP_SPINCOUNT: looksBeforeSleep },
      },
    );
    const waiting = new Map<number, WaitingRequest>();
    const stop = { wasWanted: false };
    const decoder = new FrameDecoder();
    let lastWords = '';
    let failure: Error | undefined;

    const ready = Promise.withResolvers<ReadyEvent>();
    const stopped = Promise.withResolvers<undefined>();
    const deadline = setTimeout(() => {
      failure = new SidecarStopped(`not ready after ${longestStartMs / 1000} s`, false);
      child.kill('SIGKILL');
    }, longestStartMs);

    function take(frame: Frame): void {
      const answer = answerSchema.safeParse(frame.header);
      if (answer.success) {
        const request = waiting.get(answer.data.id);
        waiting.delete(answer.data.id);
        if (answer.data.error === undefined) request?.resolve(frame);
        else request?.reject(new Error(`the speech engine refused a request: ${answer.data.error}`));
        return;
      }
      const failed = failedSchema.safeParse(frame.header);
      if (failed.success) failure = new ModelRefused(failed.data.error);
      else ready.resolve(readySchema.parse(frame.header));
    }

    child.stdout.on('data', (bytes: Buffer) => {
      try {
        for (const frame of decoder.push(bytes)) take(frame);
      } catch (error) {
        failure = error instanceof Error ? error : new Error(String(error));
        child.kill('SIGKILL');
      }
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      lastWords = (lastWords + text).slice(-keptErrorBytes);
    });
    // Writing to a process that is ending fails; its `close` event says more.
    child.stdin.on('error', (error) =>
      options.logger.debug({ err: error }, 'speech engine takes no more input'),
    );
    child.on('error', (error) => {
      failure = new SidecarStopped(error.message, false);
      if (child.pid === undefined) end('could not be started');
    });
    child.on('close', (code, signal) => end(`ended with ${signal ?? `code ${code ?? 'unknown'}`}`));

    function end(how: string): void {
      clearTimeout(deadline);
      if (!stop.wasWanted) options.logger.warn({ how, lastWords }, 'speech engine stopped');
      const error = failure ?? new SidecarStopped(`the speech engine ${how}`, stop.wasWanted);
      ready.reject(error);
      const lost =
        error instanceof SidecarStopped ? error : new SidecarStopped(error.message, stop.wasWanted);
      for (const request of waiting.values()) request.reject(lost);
      waiting.clear();
      stopped.resolve(undefined);
    }

    const facts = await ready.promise;
    clearTimeout(deadline);
    return new Sidecar({ facts, child, waiting, stopped: stopped.promise, stop });
  }

  get isRunning(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null && !this.#stop.wasWanted;
  }

  /**
   * Sends one request and waits for its answer. Requests of one stage are answered in order.
   * @throws SidecarStopped
   */
  async request(header: object, payload?: Uint8Array): Promise<Frame> {
    if (!this.isRunning) throw new SidecarStopped('the speech engine is not running', this.#stop.wasWanted);
    const id = this.#nextId;
    this.#nextId += 1;
    const answer = Promise.withResolvers<Frame>();
    this.#waiting.set(id, answer);
    for (const part of encodeFrame({ ...header, id }, payload)) this.#child.stdin.write(part);
    return answer.promise;
  }

  /** Ends the process at once, and returns when it is gone. Work under way is rejected. */
  async kill(): Promise<void> {
    this.#stop.wasWanted = true;
    this.#child.kill('SIGKILL');
    await this.#stopped;
  }
}
