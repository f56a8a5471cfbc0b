import { InferenceSession, Tensor } from 'onnxruntime-node';
import { samplesPerFrame } from './audio-format.ts';

/** The model hears these last samples of the frame before, in front of each frame. */
const contextSamples = 64;
const inputSamples = contextSamples + samplesPerFrame;
const stateShape = [1, 1, 128];

/** Says frame by frame how probable speech is. It remembers what it heard since the last `reset`. */
export interface VoiceDetector {
  /** Forgets everything heard: the next frame is the first. */
  reset(): void;
  /** One probability for each whole frame in `samples`, whose length is a multiple of `samplesPerFrame`. */
  detect(samples: Float32Array): Promise<number[]>;
  close(): Promise<void>;
}

/**
 * Loads the Silero model. One thread and no memory arena: the detector takes well under a percent of a core, and
 * must not grow with the recording.
 */
export async function loadVoiceDetector(modelPath: string): Promise<VoiceDetector> {
  const session = await InferenceSession.create(modelPath, {
    intraOpNumThreads: 1,
    interOpNumThreads: 1,
    executionMode: 'sequential',
    enableCpuMemArena: false,
    enableMemPattern: false,
    logSeverityLevel: 3,
  });
  return new SileroDetector(session);
}

class SileroDetector implements VoiceDetector {
  readonly #session: InferenceSession;
  #hidden: Tensor = silentState();
  #cell: Tensor = silentState();
  #context = new Float32Array(contextSamples);

  constructor(session: InferenceSession) {
    this.#session = session;
  }

  reset(): void {
    this.#hidden = silentState();
    this.#cell = silentState();
    this.#context = new Float32Array(contextSamples);
  }

  async detect(samples: Float32Array): Promise<number[]> {
    const frameCount = samples.length / samplesPerFrame;
    if (!Number.isInteger(frameCount)) throw new Error('The voice detector takes whole frames only.');
    if (frameCount === 0) return [];
    const input = new Tensor('float32', this.#withContext(samples, frameCount), [frameCount, inputSamples]);
    const output = await this.#session.run({ input, h: this.#hidden, c: this.#cell });
    this.#hidden = requireTensor(output, 'hn');
    this.#cell = requireTensor(output, 'cn');
    this.#context = samples.slice(-contextSamples);
    return Array.from(requireTensor(output, 'speech_probs').data as Float32Array);
  }

  async close(): Promise<void> {
    await this.#session.release();
  }

  /** The model takes many frames at once and carries its memory from one to the next, as if they came singly. */
  #withContext(samples: Float32Array, frameCount: number): Float32Array {
    const input = new Float32Array(frameCount * inputSamples);
    for (let frame = 0; frame < frameCount; frame += 1) {
      const start = frame * samplesPerFrame;
      input.set(
        frame === 0 ? this.#context : samples.subarray(start - contextSamples, start),
        frame * inputSamples,
      );
      input.set(samples.subarray(start, start + samplesPerFrame), frame * inputSamples + contextSamples);
    }
    return input;
  }
}

function silentState(): Tensor {
  return new Tensor('float32', new Float32Array(128), stateShape);
}

function requireTensor(output: InferenceSession.OnnxValueMapType, name: string): Tensor {
  const value = output[name];
  if (!(value instanceof Tensor)) throw new Error(`The voice detector's model has no output named ${name}.`);
  return value;
}
