import { z } from 'zod';
import { AppError } from '../../../../src-shared/domain/errors.ts';
import { isSilent, measureLevels } from '../chunk-levels.ts';
import { judgeDecode, measureCompressionRatio } from '../decode-ladder.ts';
import { computeModelFingerprint } from '../model-fingerprint.ts';
import { checkSegments } from '../quality-checks.ts';
import {
  assertChunkLength,
  engineSampleRateHz,
  type DetectedLanguage,
  type EncodedChunk,
  type RecognisedSegment,
  type SpeechEngine,
  type StageOptions,
} from '../speech-engine.ts';
import { groupWords, type WordGroup } from './group-words.ts';
import { createNotAModelError } from '../ctranslate2/model-file.ts';
import type { LoadedNativeModule, NativeContext } from './native-module.ts';
import { whisperLanguages } from './whisper-languages.ts';

export interface WhisperCppEngineOptions {
  native: LoadedNativeModule;
  /** A ggml Whisper model. */
  modelPath: string;
  isMultilingual: boolean;
  threads: number;
}

const resultSchema = z.object({
  language: z.string().optional(),
  segments: z.array(z.object({ text: z.string(), t0: z.number(), t1: z.number() })),
});

/** The binding tells which language it found, not how sure it is: sure enough to go on. */
const detectedProbability = 0.5;
const bytesPerSample = 2;

interface Transcription {
  language: string;
  groups: WordGroup[];
}

/**
 * Loads a model into whisper.cpp, inside this process.
 * @throws AppError `input.not-a-model`
 */
export async function startWhisperCppEngine(options: WhisperCppEngineOptions): Promise<SpeechEngine> {
  const fingerprint = await computeModelFingerprint(options.modelPath);
  return new WhisperCppEngine(options, openModel(options), fingerprint);
}

function openModel({ native, modelPath }: WhisperCppEngineOptions): NativeContext {
  try {
    return native.openModel(modelPath);
  } catch (error) {
    throw createNotAModelError(modelPath, error instanceof Error ? error.message : String(error));
  }
}

/** The chunk passes the first stage as it is; whisper.cpp does all its work in the second. */
class WhisperCppEngine implements SpeechEngine {
  readonly name = 'whisper.cpp';
  readonly version: string;
  readonly identity: string;
  readonly languages: readonly string[];

  readonly #context: NativeContext;
  readonly #threads: number;
  /** whisper.cpp can only find the language by transcribing; the text is kept for the decode that follows. */
  #detected: { bytes: Uint8Array; transcription: Transcription } | undefined;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(options: WhisperCppEngineOptions, context: NativeContext, fingerprint: string) {
    this.#context = context;
    this.#threads = options.threads;
    this.version = options.native.version;
    this.identity = `whisper.cpp-${options.native.version}-${fingerprint}`;
    this.languages = options.isMultilingual ? whisperLanguages : ['en'];
  }

  encode(samples: Float32Array, options: StageOptions = {}): Promise<EncodedChunk> {
    options.signal?.throwIfAborted();
    const durationMs = assertChunkLength(samples);
    const pcm = Int16Array.from(samples, (sample) => Math.round(Math.min(1, Math.max(-1, sample)) * 0x7fff));
    return Promise.resolve({ bytes: new Uint8Array(pcm.buffer), durationMs });
  }

  async detectLanguage(encoded: EncodedChunk, options: StageOptions = {}): Promise<DetectedLanguage> {
    if (this.languages.length === 1) return { language: 'en', probability: 1 };
    const transcription = await this.#takeTurn(encoded, 'auto', options.signal);
    this.#detected = { bytes: encoded.bytes, transcription };
    return { language: transcription.language, probability: detectedProbability };
  }

  async decode(
    encoded: EncodedChunk,
    options: StageOptions & { language: string },
  ): Promise<RecognisedSegment[]> {
    const levels = measureLevels(toSamples(encoded.bytes));
    if (isSilent(levels)) return [];
    const whole = await this.#decodeOnce(encoded, options);
    if (judge(whole) === 'good') return check(whole, 0);
    // Another cut breaks most loops, and needs no chance: the same chunk always gives the same text.
    const middleMs = findQuietest(levels, encoded.durationMs);
    const middleByte = Math.round((middleMs / 1000) * engineSampleRateHz) * bytesPerSample;
    const halves: WordGroup[] = [];
    for (const [startMs, bytes] of [
      [0, encoded.bytes.slice(0, middleByte)],
      [middleMs, encoded.bytes.slice(middleByte)],
    ] as const) {
      const durationMs = startMs === 0 ? middleMs : encoded.durationMs - middleMs;
      const groups = await this.#decodeOnce({ bytes, durationMs }, options);
      halves.push(...groups.map((group) => shift(group, startMs)));
    }
    return check(judge(halves) === 'good' ? halves : whole, 1);
  }

  async close(): Promise<void> {
    // Releasing the model under a running computation would crash; there is no way to stop one.
    await this.#turn;
    await this.#context.release();
  }

  async #decodeOnce(
    encoded: EncodedChunk,
    options: StageOptions & { language: string },
  ): Promise<WordGroup[]> {
    const detected = this.#detected;
    this.#detected = undefined;
    if (detected?.bytes === encoded.bytes && detected.transcription.language === options.language) {
      return detected.transcription.groups;
    }
    return (await this.#takeTurn(encoded, options.language, options.signal)).groups;
  }

  /** One computation at a time. An aborted one is left to run out; its caller is told at once. */
  async #takeTurn(
    encoded: EncodedChunk,
    language: string,
    signal: AbortSignal | undefined,
  ): Promise<Transcription> {
    signal?.throwIfAborted();
    const work = this.#turn.then(() => this.#transcribe(encoded, language));
    this.#turn = work.catch(() => undefined); // Whoever asked for it gets the error.
    if (signal === undefined) return work;
    const aborted = Promise.withResolvers<never>();
    const abort = (): void => aborted.reject(signal.reason);
    signal.addEventListener('abort', abort, { once: true });
    try {
      return await Promise.race([work, aborted.promise]);
    } finally {
      signal.removeEventListener('abort', abort);
    }
  }

  async #transcribe(encoded: EncodedChunk, language: string): Promise<Transcription> {
    const pcm = new ArrayBuffer(encoded.bytes.byteLength);
    new Uint8Array(pcm).set(encoded.bytes);
    try {
      const { promise } = this.#context.transcribeData(pcm, {
        language,
        maxThreads: this.#threads,
        temperature: 0,
        temperatureInc: 0,
        tokenTimestamps: true,
        maxLen: 1,
      });
      const result = resultSchema.parse(await promise);
      return {
        language: result.language ?? language,
        groups: groupWords(result.segments, encoded.durationMs),
      };
    } catch (error) {
      throw new AppError({
        code: 'dependency.speech-engine-crashed',
        userMessage:
          'The speech engine failed on a part of the recording. What was transcribed before it is kept. Try again; if it happens again, choose a smaller speech model.',
        retry: 'auto',
        details: { reason: error instanceof Error ? error.message : String(error) },
        cause: error,
      });
    }
  }
}

function judge(groups: readonly WordGroup[]): ReturnType<typeof judgeDecode> {
  const text = groups.map((group) => group.text).join(' ');
  return judgeDecode({ text, averageLogProbability: 0, noSpeechProbability: 0 });
}

function check(groups: readonly WordGroup[], fallbackLevel: number): RecognisedSegment[] {
  return checkSegments(
    groups.map((group) => ({
      ...group,
      averageLogProbability: 0,
      noSpeechProbability: 0,
      compressionRatio: measureCompressionRatio(group.text),
      fallbackLevel,
    })),
  );
}

function shift(group: WordGroup, byMs: number): WordGroup {
  const move = <Span extends { startMs: number; endMs: number }>(span: Span): Span => ({
    ...span,
    startMs: span.startMs + byMs,
    endMs: span.endMs + byMs,
  });
  return { ...move(group), words: group.words.map(move) };
}

/** The quietest 100 ms in the middle third. */
function findQuietest(levels: readonly number[], durationMs: number): number {
  const first = Math.floor(levels.length / 3);
  const middle = levels.slice(first, Math.max(first + 1, Math.ceil((levels.length * 2) / 3)));
  const quietest = middle.indexOf(Math.min(...middle)) + first;
  return Math.min(durationMs, quietest * 100);
}

function toSamples(bytes: Uint8Array): Float32Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Float32Array.from(
    { length: bytes.byteLength / bytesPerSample },
    (_, i) => view.getInt16(i * bytesPerSample, true) / 0x8000,
  );
}
