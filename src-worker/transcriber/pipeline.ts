import { Readable } from 'node:stream';
import type { DetectedLanguage, EncodedChunk, SpeechEngine } from '../adapters/speech/speech-engine.ts';
import { samplesToMs } from './audio-format.ts';
import type { AudioChunk } from './chunk-source.ts';
import { chooseLanguage } from './language-choice.ts';
import type { SavedChunk, TranscribedChunk, TranscribedSegment } from './protocol.ts';
import { readAhead } from './read-ahead.ts';
import type { Scratch } from './scratch.ts';
import { placeSegments } from './segments.ts';
import { joinSpeech, type RecordingPositions } from './speech-audio.ts';

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
  speech: { positions: RecordingPositions; encoded: EncodedChunk } | undefined;
}

/** Encoded chunks that may wait for the second stage: enough to even out the stages, little enough for the memory. */
const waitingChunkLimit = 2;

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
  // The next chunk is decoded from its file and cut while this one is in the first stage.
  for await (const chunk of readAhead(options.chunks)) {
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
  const { samples, positions } = joinSpeech(chunk);
  const kept = await scratch.read(chunk);
  const encoded = kept ?? (await engine.encode(samples));
  if (!kept) await scratch.write(chunk, encoded);
  return { positions, encoded };
}

interface WaitingChunk {
  chunk: NumberedChunk;
  detected: DetectedLanguage | undefined;
}

/**
 * Settles the language, decodes and saves. The language is settled by the first chunk in which the engine finds text:
 * what it takes for a language in music says nothing about the speech that follows. Until then a chunk's fate depends
 * on itself and the next ones alone, so that a run that starts again in between decides the same.
 */
class SecondStage {
  language: string | undefined;
  readonly #options: PipelineOptions;
  readonly #waiting: WaitingChunk[] = [];

  constructor(options: PipelineOptions) {
    this.#options = options;
    this.language = options.language;
  }

  async take(chunk: NumberedChunk): Promise<void> {
    const detected =
      this.language === undefined && chunk.speech
        ? await this.#options.engine.detectLanguage(chunk.speech.encoded)
        : undefined;
    this.#waiting.push({ chunk, detected });
    await this.#saveDecided(false);
  }

  /** There are no more chunks. */
  async finish(): Promise<void> {
    await this.#saveDecided(true);
  }

  async #saveDecided(isLast: boolean): Promise<void> {
    for (;;) {
      const [next] = this.#waiting;
      if (!next) return;
      const chosen = this.#choose(isLast);
      if (next.chunk.speech && chosen === undefined) return;
      this.#waiting.shift();
      await this.#save(next.chunk, chosen);
    }
  }

  #choose(isLast: boolean): DetectedLanguage | undefined {
    if (this.language !== undefined) return { language: this.language, probability: 1 };
    return chooseLanguage(
      this.#waiting.map(({ detected }) => detected),
      isLast,
    );
  }

  async #save(chunk: NumberedChunk, chosen: DetectedLanguage | undefined): Promise<void> {
    const { scratch, saveChunk, saveLanguage } = this.#options;
    const segments = chunk.speech && chosen ? await this.#decode(chunk, chunk.speech, chosen.language) : [];
    if (segments.length > 0 && chosen && this.language === undefined) {
      await saveLanguage(chosen);
      this.language = chosen.language;
    }
    await saveChunk({
      index: chunk.index,
      startMs: samplesToMs(chunk.startSample),
      endMs: samplesToMs(chunk.endSample),
      startSample: chunk.startSample,
      endSample: chunk.endSample,
      hasSpeech: segments.length > 0,
      segments,
    });
    if (chunk.speech) await scratch.remove(chunk);
  }

  async #decode(
    chunk: NumberedChunk,
    { positions, encoded }: NonNullable<NumberedChunk['speech']>,
    language: string,
  ): Promise<TranscribedSegment[]> {
    return placeSegments(await this.#options.engine.decode(encoded, { language }), { chunk, positions });
  }
}
