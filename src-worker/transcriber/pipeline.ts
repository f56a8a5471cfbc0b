import { Readable } from 'node:stream';
import type { DetectedLanguage, EncodedChunk, SpeechEngine } from '../adapters/speech/speech-engine.ts';
import { samplesToMs } from './audio-format.ts';
import type { AudioChunk } from './chunk-source.ts';
import { LanguageChoice } from './language-choice.ts';
import type { SavedChunk, TranscribedChunk, TranscribedSegment } from './protocol.ts';
import type { Scratch } from './scratch.ts';
import { placeSegments } from './segments.ts';
import { joinSpeech, type SpeechAudio } from './speech-audio.ts';

export interface PipelineOptions {
  engine: SpeechEngine;
  scratch: Scratch;
  /** The chunks that follow the last one of the unbroken row of saved chunks. */
  chunks: AsyncIterable<AudioChunk>;
  /** The index of the first of `chunks`. */
  firstIndex: number;
  /** Chunks saved beyond that row: they are passed over. */
  savedChunks: readonly SavedChunk[];
  /** The language, where it is known already. */
  language: string | undefined;
  /** Resolves once the language outlives a crash. */
  saveLanguage: (language: DetectedLanguage) => Promise<void>;
  /** Resolves once the chunk outlives a crash. */
  saveChunk: (chunk: TranscribedChunk) => Promise<void>;
}

export interface PipelineOutcome {
  chunkCount: number;
  language: string | null;
}

interface NumberedChunk {
  index: number;
  startSample: number;
  endSample: number;
  /** Undefined where nobody speaks. */
  speech: { audio: Pick<SpeechAudio, 'toRecordingSample'>; encoded: EncodedChunk } | undefined;
}

/** Encoded chunks that may wait for the second stage: enough to even out the stages, little enough for the memory. */
const waitingChunkLimit = 2;

/** While no chunk is sure of its language, this many chunks may wait for others to be heard. */
const undecidedChunkLimit = 3;

/**
 * Takes chunks through the engine's two stages, one chunk in each stage at a time, and saves them in order. What a
 * stage made outlives a crash before the stage begins its next chunk: the first stage's in the scratch folder, the
 * second's through `saveChunk`. A kill therefore costs at most one chunk in each stage.
 */
export async function runPipeline(options: PipelineOptions): Promise<PipelineOutcome> {
  const secondStage = new SecondStage(options);
  const encoded = Readable.from(encodeChunks(options), {
    objectMode: true,
    highWaterMark: waitingChunkLimit,
  });
  let chunkCount = options.firstIndex;
  for await (const chunk of encoded as AsyncIterable<NumberedChunk | 'saved'>) {
    chunkCount += 1;
    if (chunk !== 'saved') await secondStage.take(chunk);
  }
  await secondStage.finish();
  return { chunkCount, language: secondStage.language ?? null };
}

async function* encodeChunks(options: PipelineOptions): AsyncGenerator<NumberedChunk | 'saved'> {
  let index = options.firstIndex;
  for await (const chunk of options.chunks) {
    if (options.savedChunks.some((saved) => isSame(saved, chunk, index))) yield 'saved';
    else
      yield {
        index,
        startSample: chunk.startSample,
        endSample: chunk.endSample,
        speech: await encode(chunk, options),
      };
    index += 1;
  }
}

function isSame(saved: SavedChunk, chunk: AudioChunk, index: number): boolean {
  return (
    saved.index === index && saved.startSample === chunk.startSample && saved.endSample === chunk.endSample
  );
}

async function encode(
  chunk: AudioChunk,
  { engine, scratch }: PipelineOptions,
): Promise<NumberedChunk['speech']> {
  if (chunk.speech.length === 0) return undefined;
  const { samples, toRecordingSample } = joinSpeech(chunk);
  const kept = await scratch.read(chunk);
  const encoded = kept ?? (await engine.encode(samples));
  if (!kept) await scratch.write(chunk, encoded);
  return { audio: { toRecordingSample }, encoded };
}

/** Settles the language, decodes and saves. */
class SecondStage {
  language: string | undefined;
  readonly #options: PipelineOptions;
  readonly #choice = new LanguageChoice();
  /** Chunks that wait for the language. */
  #waiting: NumberedChunk[] = [];

  constructor(options: PipelineOptions) {
    this.#options = options;
    this.language = options.language;
  }

  async take(chunk: NumberedChunk): Promise<void> {
    this.#waiting.push(chunk);
    if (this.language === undefined && chunk.speech) {
      const detected = await this.#options.engine.detectLanguage(chunk.speech.encoded);
      await this.#settleOn(this.#choice.consider(detected));
    }
    if (this.language === undefined && this.#waiting.length >= undecidedChunkLimit) {
      await this.#settleOn(this.#choice.settle());
    }
    if (this.language !== undefined || this.#nobodySpokeYet()) await this.#saveWaiting();
  }

  async finish(): Promise<void> {
    if (this.#waiting.length === 0) return;
    await this.#settleOn(this.#choice.settle());
    await this.#saveWaiting();
  }

  #nobodySpokeYet(): boolean {
    return this.#waiting.every(({ speech }) => speech === undefined);
  }

  async #settleOn(language: DetectedLanguage | undefined): Promise<void> {
    if (!language) return;
    await this.#options.saveLanguage(language);
    this.language = language.language;
  }

  async #saveWaiting(): Promise<void> {
    for (const chunk of this.#waiting.splice(0)) {
      const segments = await this.#decode(chunk);
      await this.#options.saveChunk({
        index: chunk.index,
        startMs: samplesToMs(chunk.startSample),
        endMs: samplesToMs(chunk.endSample),
        startSample: chunk.startSample,
        endSample: chunk.endSample,
        hasSpeech: segments.length > 0,
        segments,
      });
      if (chunk.speech) await this.#options.scratch.remove(chunk);
    }
  }

  async #decode(chunk: NumberedChunk): Promise<TranscribedSegment[]> {
    const { engine } = this.#options;
    if (!chunk.speech || this.language === undefined) return [];
    const recognised = await engine.decode(chunk.speech.encoded, { language: this.language });
    return placeSegments(recognised, { chunk, audio: chunk.speech.audio });
  }
}
