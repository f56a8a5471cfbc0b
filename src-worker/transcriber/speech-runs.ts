/** Frames [startFrame, endFrame) in which somebody speaks. */
export interface FrameRun {
  startFrame: number;
  endFrame: number;
}

/** A frame begins speech at this probability … */
const speechThreshold = 0.5;
/** … and goes on being speech down to this one, so that a run does not flicker. */
const silenceThreshold = 0.35;
/** Shorter bursts are clicks, not words (96 ms). */
export const shortestSpeechFrames = 3;

/** Follows the detector frame by frame and says whether the frame is speech. */
export class SpeechHysteresis {
  #speaking = false;

  next(probability: number): boolean {
    this.#speaking = probability >= (this.#speaking ? silenceThreshold : speechThreshold);
    return this.#speaking;
  }
}

/** Every run of speech long enough to hold a word, in order. */
export function findSpeechRuns(probabilities: readonly number[]): FrameRun[] {
  const hysteresis = new SpeechHysteresis();
  const runs: FrameRun[] = [];
  let startFrame: number | undefined;
  const close = (endFrame: number): void => {
    if (startFrame !== undefined && endFrame - startFrame >= shortestSpeechFrames) {
      runs.push({ startFrame, endFrame });
    }
    startFrame = undefined;
  };
  for (const [frame, probability] of probabilities.entries()) {
    if (hysteresis.next(probability)) startFrame ??= frame;
    else close(frame);
  }
  close(probabilities.length);
  return runs;
}

/** The silences between, before and after the runs, within [0, frameCount). */
export function findSilences(runs: readonly FrameRun[], frameCount: number): FrameRun[] {
  const silences: FrameRun[] = [];
  let startFrame = 0;
  for (const run of runs) {
    if (run.startFrame > startFrame) silences.push({ startFrame, endFrame: run.startFrame });
    startFrame = run.endFrame;
  }
  if (frameCount > startFrame) silences.push({ startFrame, endFrame: frameCount });
  return silences;
}

/**
 * What of a chunk goes to the speech engine: the runs, each with some room around it, joined wherever the silence
 * between two of them is too short to be worth taking out.
 */
export function padAndJoinRuns(
  runs: readonly FrameRun[],
  options: { frameCount: number; paddingFrames: number; longestKeptSilenceFrames: number },
): FrameRun[] {
  const joined: FrameRun[] = [];
  for (const run of runs) {
    const previous = joined.at(-1);
    if (previous && run.startFrame - previous.endFrame <= options.longestKeptSilenceFrames) {
      previous.endFrame = run.endFrame;
    } else {
      joined.push({ ...run });
    }
  }
  return joined.map((run) => ({
    startFrame: Math.max(0, run.startFrame - options.paddingFrames),
    endFrame: Math.min(options.frameCount, run.endFrame + options.paddingFrames),
  }));
}
