import { z } from 'zod';
import type { Logger } from '../../../../src-node/logger.ts';
import { AppError } from '../../../../src-shared/domain/errors.ts';
import { isSilent } from '../chunk-levels.ts';
import { computeModelFingerprint } from '../model-fingerprint.ts';
import {
  assertChunkLength,
  type DetectedLanguage,
  type EncodedChunk,
  type RecognisedSegment,
  type SpeechEngine,
  type StageOptions,
} from '../speech-engine.ts';
import { decodeChunk, type TokenDecoder } from './decode-chunk.ts';
import { packEncodedChunk, unpackEncodedChunk } from './encoded-chunk.ts';
import type { Frame } from './frames.ts';
import { ModelRefused, Sidecar, SidecarStopped, type SidecarOptions } from './sidecar.ts';
import { readVocabulary, type Vocabulary } from './vocabulary.ts';

export interface Ct2EngineOptions {
  programPath: string;
  /** A CTranslate2 Whisper folder. */
  modelFolder: string;
  /** Processor cores to use. */
  threads: number;
  logger: Logger;
}

const languageSchema = z.object({ language: z.string(), probability: z.number() });
const tokensSchema = z.object({
  tokens: z.array(z.int()),
  averageLogProbability: z.number(),
  noSpeechProbability: z.number(),
});
const alignmentSchema = z.object({ startSteps: z.array(z.int()), probabilities: z.array(z.number()) });

/** More cores than this no longer make a decode faster. */
const mostDecodeThreads = 4;

/**
 * Starts the sidecar with a model.
 * @throws AppError `input.not-a-model` or `dependency.speech-engine-crashed`
 */
export async function startCt2Engine(options: Ct2EngineOptions): Promise<SpeechEngine> {
  const decodeThreads = Math.min(mostDecodeThreads, Math.max(1, Math.floor(options.threads / 2)));
  const sidecarOptions: SidecarOptions = {
    programPath: options.programPath,
    modelFolder: options.modelFolder,
    encodeThreads: Math.max(1, options.threads - decodeThreads),
    decodeThreads,
    logger: options.logger,
  };
  const vocabulary = await readVocabulary(options.modelFolder);
  const fingerprint = await computeModelFingerprint(options.modelFolder);
  const sidecar = await Sidecar.start(sidecarOptions).catch((error: unknown) => {
    throw toStartError(error, options.modelFolder);
  });
  return new Ct2Engine({ sidecarOptions, sidecar, vocabulary, fingerprint });
}

class Ct2Engine implements SpeechEngine {
  readonly name = 'ctranslate2';
  readonly version: string;
  readonly identity: string;
  readonly languages: readonly string[];

  readonly #options: SidecarOptions;
  readonly #vocabulary: Vocabulary;
  #running: Promise<Sidecar>;
  #isClosed = false;

  constructor(parts: {
    sidecarOptions: SidecarOptions;
    sidecar: Sidecar;
    vocabulary: Vocabulary;
    fingerprint: string;
  }) {
    const { facts } = parts.sidecar;
    this.#options = parts.sidecarOptions;
    this.#vocabulary = parts.vocabulary;
    this.#running = Promise.resolve(parts.sidecar);
    this.version = facts.engineVersion;
    this.identity = `ctranslate2-${facts.engineVersion}-r${facts.revision}-int8-${parts.fingerprint}`;
    this.languages = facts.isMultilingual ? facts.languages : ['en'];
  }

  async encode(samples: Float32Array, options: StageOptions = {}): Promise<EncodedChunk> {
    const durationMs = assertChunkLength(samples);
    const bytes = new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength);
    const { payload } = await this.#call({ operation: 'encode' }, bytes, options.signal);
    return packEncodedChunk(samples, durationMs, payload);
  }

  async detectLanguage(encoded: EncodedChunk, options: StageOptions = {}): Promise<DetectedLanguage> {
    const { tensor } = unpackEncodedChunk(encoded);
    const { header } = await this.#call({ operation: 'detect-language' }, tensor, options.signal);
    return languageSchema.parse(header);
  }

  async decode(
    encoded: EncodedChunk,
    options: StageOptions & { language: string },
  ): Promise<RecognisedSegment[]> {
    const { notes, tensor } = unpackEncodedChunk(encoded);
    options.signal?.throwIfAborted();
    if (isSilent(notes.levels)) return [];
    const { facts } = await this.#running;
    const { language, signal } = options;
    const decoder: TokenDecoder = {
      decode: async (settings) => {
        const { header } = await this.#call({ operation: 'decode', language, ...settings }, tensor, signal);
        return tokensSchema.parse(header);
      },
      align: async (tokens, stepCount) => {
        const { header } = await this.#call(
          { operation: 'align', language, tokens, stepCount },
          tensor,
          signal,
        );
        return alignmentSchema.parse(header);
      },
    };
    return decodeChunk(decoder, {
      vocabulary: this.#vocabulary,
      layout: facts,
      language,
      durationMs: encoded.durationMs,
      levels: notes.levels,
    });
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    const sidecar = await this.#running.catch((error: unknown) => {
      this.#options.logger.debug({ err: error }, 'no speech engine to close');
      return undefined;
    });
    await sidecar?.kill();
  }

  /** Sends a request. A crash of the sidecar starts it anew and sends the request once more. */
  async #call(header: object, payload: Uint8Array, signal: AbortSignal | undefined): Promise<Frame> {
    let crashes = 0;
    for (;;) {
      const sidecar = await this.#ensureRunning();
      // After the last wait: what was aborted meanwhile tells nobody any more.
      signal?.throwIfAborted();
      // There is no other way to stop a computation than to end its process. A request of the other stage that is
      // lost with it is sent again by its own caller, below.
      const abort = (): void => void sidecar.kill();
      signal?.addEventListener('abort', abort, { once: true });
      try {
        return await sidecar.request(header, payload);
      } catch (error) {
        signal?.throwIfAborted();
        if (!(error instanceof SidecarStopped)) throw error;
        if (!error.wasWanted) crashes += 1;
        if (crashes > 1) throw createCrashError(error);
      } finally {
        signal?.removeEventListener('abort', abort);
      }
    }
  }

  async #ensureRunning(): Promise<Sidecar> {
    const current = this.#running;
    const sidecar = await current.catch(() => undefined);
    if (this.#isClosed) throw createClosedError();
    if (sidecar?.isRunning === true) return sidecar;
    // Whoever comes first starts it; the others wait for the same start.
    if (this.#running === current) this.#running = Sidecar.start(this.#options);
    return this.#running.catch((error: unknown) => {
      throw toStartError(error, this.#options.modelFolder);
    });
  }
}

function toStartError(error: unknown, modelFolder: string): AppError {
  if (error instanceof ModelRefused) {
    return new AppError({
      code: 'input.not-a-model',
      userMessage: `The speech model in ${modelFolder} cannot be used. Nothing was changed. Choose another model in Settings, or download this one again.`,
      retry: 'user',
      details: { modelFolder, reason: error.message },
      cause: error,
    });
  }
  return createCrashError(error);
}

function createCrashError(cause: unknown): AppError {
  return new AppError({
    code: 'dependency.speech-engine-crashed',
    userMessage:
      'The speech engine stopped twice on the same part of the recording. What was transcribed before it is kept. Try again; if it happens again, run `npm run doctor`, or choose a smaller speech model.',
    retry: 'auto',
    details: { reason: cause instanceof Error ? cause.message : String(cause) },
    cause,
  });
}

function createClosedError(): Error {
  return new Error('the speech engine is closed');
}
