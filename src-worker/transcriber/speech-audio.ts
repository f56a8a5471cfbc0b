import type { AudioChunk, SampleRun } from './chunk-source.ts';

/** Finds where a stretch of the joined audio lies in the recording. All in samples. */
export interface RecordingPositions {
  /** A stretch that may go over a silence that was taken out. On a seam, it starts the later or ends the earlier run. */
  placeStretch: (stretch: SampleRun) => SampleRun;
  /** A word, which lies on one side of a silence: on that of the end that is known better. */
  placeWord: (word: SampleRun, betterKnown: 'start' | 'end') => SampleRun;
}

/** The audio of a chunk without its long silences, as the speech engine gets it. */
export interface SpeechAudio {
  samples: Float32Array;
  positions: RecordingPositions;
}

interface PlacedRun {
  run: SampleRun;
  /** Where it begins and ends in the joined audio. */
  start: number;
  end: number;
}

/** Joins what is spoken in a chunk. A chunk in which nobody speaks gives no samples. */
export function joinSpeech(chunk: Pick<AudioChunk, 'startSample' | 'speech' | 'samples'>): SpeechAudio {
  const placed: PlacedRun[] = [];
  let length = 0;
  for (const run of chunk.speech) {
    const end = length + run.endSample - run.startSample;
    placed.push({ run, start: length, end });
    length = end;
  }
  const samples = new Float32Array(length);
  for (const { run, start } of placed) {
    samples.set(chunk.samples.subarray(run.startSample, run.endSample), start);
  }
  return { samples, positions: findPositions(placed, chunk.startSample) };
}

function findPositions(placed: readonly PlacedRun[], chunkStart: number): RecordingPositions {
  const toRecording = (position: number, { run, start, end }: PlacedRun): number =>
    chunkStart + run.startSample + Math.min(Math.max(position, start), end) - start;
  const runStartingAt = (position: number): PlacedRun | undefined =>
    placed.findLast(({ start }) => start <= position) ?? placed[0];
  const runEndingAt = (position: number): PlacedRun | undefined =>
    placed.find(({ end }) => end >= position) ?? placed.at(-1);
  const place = (
    { startSample, endSample }: SampleRun,
    first: PlacedRun | undefined,
    last: PlacedRun | undefined,
  ): SampleRun => ({
    startSample: first ? toRecording(startSample, first) : chunkStart,
    endSample: last ? toRecording(endSample, last) : chunkStart,
  });
  return {
    placeStretch: (stretch) =>
      place(stretch, runStartingAt(stretch.startSample), runEndingAt(stretch.endSample)),
    placeWord(word, betterKnown) {
      const run = betterKnown === 'start' ? runStartingAt(word.startSample) : runEndingAt(word.endSample);
      return place(word, run, run);
    },
  };
}
