import { framesPerChunkLimit, samplesPerFrame } from './audio-format.ts';
import { ChunkCutter, type Cut } from './chunk-cutter.ts';
import type { FrameRun } from './speech-runs.ts';
import type { VoiceDetector } from './vad.ts';

/** A stretch of the recording. Chunks lie end to end from sample 0 to the end of the recording. */
export interface AudioChunk {
  /** Position of the chunk in the recording, in samples. */
  startSample: number;
  endSample: number;
  /** What goes to the speech engine, in samples counted from `startSample`. Empty: nobody speaks. */
  speech: SampleRun[];
  /** The whole chunk's audio, `endSample - startSample` long. */
  samples: Float32Array;
}

/** Samples [startSample, endSample). */
export interface SampleRun {
  startSample: number;
  endSample: number;
}

/** About a second. Asking the detector for many frames at once halves its cost and does not change its answers. */
const framesPerBlock = 32;

/** Yields the chunks of the audio that follows `startSample`, holding no more than one chunk in memory. */
export async function* cutIntoChunks(
  audio: AsyncIterable<Float32Array>,
  options: { startSample: number; detector: VoiceDetector },
): AsyncGenerator<AudioChunk> {
  const window = new CutWindow(options);
  for await (const samples of audio) {
    window.append(samples);
    yield* window.cutChunks();
  }
  yield* window.cutRest();
}

/** The audio since the last cut, and how much of it the cutter has seen. */
class CutWindow {
  readonly #detector: VoiceDetector;
  readonly #cutter = new ChunkCutter();
  #samples = new Float32Array((framesPerChunkLimit + 4 * framesPerBlock) * samplesPerFrame);
  #sampleCount = 0;
  #seenFrames = 0;
  #startSample: number;

  constructor(options: { startSample: number; detector: VoiceDetector }) {
    this.#detector = options.detector;
    this.#startSample = options.startSample;
    this.#listenFrom(0);
  }

  append(samples: Float32Array): void {
    const needed = this.#sampleCount + samples.length;
    if (needed > this.#samples.length) {
      const larger = new Float32Array(needed);
      larger.set(this.#samples.subarray(0, this.#sampleCount));
      this.#samples = larger;
    }
    this.#samples.set(samples, this.#sampleCount);
    this.#sampleCount = needed;
  }

  async *cutChunks(): AsyncGenerator<AudioChunk> {
    const blockSamples = framesPerBlock * samplesPerFrame;
    for (;;) {
      const from = this.#seenFrames * samplesPerFrame;
      if (from + blockSamples > this.#sampleCount) return;
      yield* this.#offer(this.#samples.subarray(from, from + blockSamples));
    }
  }

  /** The audio is over: the last frame is filled up with silence. */
  async *cutRest(): AsyncGenerator<AudioChunk> {
    yield* this.cutChunks();
    for (;;) {
      const from = this.#seenFrames * samplesPerFrame;
      const frames = Math.min(framesPerBlock, Math.ceil((this.#sampleCount - from) / samplesPerFrame));
      if (frames <= 0) break;
      const block = new Float32Array(frames * samplesPerFrame);
      block.set(this.#samples.subarray(from, Math.min(this.#sampleCount, from + block.length)));
      yield* this.#offer(block);
    }
    const last = this.#cutter.finish();
    if (last) yield this.#take(last);
  }

  async *#offer(block: Float32Array): AsyncGenerator<AudioChunk> {
    const probabilities = await this.#detector.detect(block);
    this.#seenFrames += probabilities.length;
    for (const probability of probabilities) {
      const answer = this.#cutter.push(probability);
      if (!answer) continue;
      // The other frames of the block are asked for again: the detector starts anew, as it does on a resumed run.
      if (answer.kind === 'cut') yield this.#take(answer.cut);
      else this.#listenFrom(answer.fromFrame);
      return;
    }
  }

  #take(cut: Cut): AudioChunk {
    const length = Math.min(cut.frameCount * samplesPerFrame, this.#sampleCount);
    const chunk: AudioChunk = {
      startSample: this.#startSample,
      endSample: this.#startSample + length,
      speech: cut.speech.map((run) => toSampleRun(run, length)),
      samples: this.#samples.slice(0, length),
    };
    this.#samples.copyWithin(0, length, this.#sampleCount);
    this.#sampleCount -= length;
    this.#startSample += length;
    this.#listenFrom(0);
    return chunk;
  }

  #listenFrom(frame: number): void {
    this.#seenFrames = frame;
    this.#detector.reset();
  }
}

function toSampleRun(run: FrameRun, limit: number): SampleRun {
  return {
    startSample: run.startFrame * samplesPerFrame,
    endSample: Math.min(limit, run.endFrame * samplesPerFrame),
  };
}
