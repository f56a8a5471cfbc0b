import type { AudioChunk, SampleRun } from './chunk-source.ts';

/** The audio of a chunk without its long silences, as the speech engine gets it. */
export interface SpeechAudio {
  samples: Float32Array;
  /** Where a position in `samples` lies in the recording. A position on a seam starts the later or ends the earlier run. */
  toRecordingSample: (position: number, edge: 'start' | 'end') => number;
}

/** Joins what is spoken in a chunk. A chunk in which nobody speaks gives no samples. */
export function joinSpeech(chunk: Pick<AudioChunk, 'startSample' | 'speech' | 'samples'>): SpeechAudio {
  const placed: { run: SampleRun; offset: number }[] = [];
  let length = 0;
  for (const run of chunk.speech) {
    placed.push({ run, offset: length });
    length += run.endSample - run.startSample;
  }
  const samples = new Float32Array(length);
  for (const { run, offset } of placed) {
    samples.set(chunk.samples.subarray(run.startSample, run.endSample), offset);
  }
  return {
    samples,
    toRecordingSample(position, edge) {
      const clamped = Math.min(Math.max(position, 0), length);
      const found =
        placed.findLast(({ offset }) => (edge === 'start' ? offset <= clamped : offset < clamped)) ??
        placed[0];
      if (!found) return chunk.startSample;
      const within = Math.min(found.run.startSample + (clamped - found.offset), found.run.endSample);
      return chunk.startSample + within;
    },
  };
}
