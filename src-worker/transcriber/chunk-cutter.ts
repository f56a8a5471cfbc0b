import { framesPerChunkLimit } from './audio-format.ts';
import {
  findSilences,
  findSpeechRuns,
  padAndJoinRuns,
  shortestSpeechFrames,
  SpeechHysteresis,
  type FrameRun,
} from './speech-runs.ts';

/** The next chunk, in frames counted from the cut before it. */
export interface Cut {
  frameCount: number;
  /** What of it goes to the speech engine. Empty: nobody speaks in this chunk. */
  speech: FrameRun[];
}

/** Room kept before and after speech, so that no soft first or last sound is lost (384 ms). */
const paddingFrames = 12;
/** Silence up to this long stays inside the audio given to the engine (2 s); longer silence is taken out. */
const longestKeptSilenceFrames = 62;
/** Silence at least this long in front of speech becomes a chunk of its own (2 s). */
const shortestSilentChunkFrames = 62;

/** Where to look for a cut once a chunk is full, best first: how far back, and how long a silence must be. */
const searches = [
  { lookBackFrames: 250, shortestSilenceFrames: 10 },
  { lookBackFrames: 437, shortestSilenceFrames: 4 },
] as const;
/** With no silence at all, the cut is at the frame least like speech among the last 8 s. */
const lastResortFrames = 250;

/**
 * Turns the detector's probabilities into chunks that lie end to end. Where a cut falls depends only on the frames
 * since the cut before it, so a run that starts again at any cut finds the same cuts as an unbroken one. After every
 * cut the caller hands in the frames that follow the cut afresh (the detector, too, starts anew there).
 */
export class ChunkCutter {
  #probabilities: number[] = [];
  #hysteresis = new SpeechHysteresis();
  #runLength = 0;
  #speechFound = false;

  /** Takes the next frame. Returns a cut when one is due; the cutter is then ready for the frame after the cut. */
  push(probability: number): Cut | undefined {
    this.#probabilities.push(probability);
    const cut = this.#speechFound ? undefined : this.#watchForSpeech(probability);
    if (cut) return this.#close(cut);
    if (this.#probabilities.length < framesPerChunkLimit) return undefined;
    return this.#close(this.#cutFullChunk());
  }

  /** The audio is over: what is left is the last chunk, if there is anything left. */
  finish(): Cut | undefined {
    const frameCount = this.#probabilities.length;
    return frameCount === 0 ? undefined : this.#close(describe(this.#probabilities, frameCount));
  }

  #watchForSpeech(probability: number): Cut | undefined {
    this.#runLength = this.#hysteresis.next(probability) ? this.#runLength + 1 : 0;
    if (this.#runLength < shortestSpeechFrames) return undefined;
    this.#speechFound = true;
    const silentFrames = this.#probabilities.length - shortestSpeechFrames - paddingFrames;
    return silentFrames >= shortestSilentChunkFrames ? { frameCount: silentFrames, speech: [] } : undefined;
  }

  #cutFullChunk(): Cut {
    const frameCount = this.#speechFound
      ? chooseCut(this.#probabilities)
      : // Leaves the room that speech starting in the very last frames will want before it.
        this.#probabilities.length - paddingFrames;
    return describe(this.#probabilities, frameCount);
  }

  #close(cut: Cut): Cut {
    this.#probabilities = [];
    this.#hysteresis = new SpeechHysteresis();
    this.#runLength = 0;
    this.#speechFound = false;
    return cut;
  }
}

function describe(probabilities: readonly number[], frameCount: number): Cut {
  const runs = findSpeechRuns(probabilities.slice(0, frameCount));
  return {
    frameCount,
    speech: padAndJoinRuns(runs, { frameCount, paddingFrames, longestKeptSilenceFrames }),
  };
}

/** How many frames of a full chunk to keep: up to the longest late silence, else to the frame least like speech. */
function chooseCut(probabilities: readonly number[]): number {
  const frameCount = probabilities.length;
  const silences = findSilences(findSpeechRuns(probabilities), frameCount);
  for (const { lookBackFrames, shortestSilenceFrames } of searches) {
    const earliest = frameCount - lookBackFrames;
    const longest = silences
      .map(({ startFrame, endFrame }) => ({ startFrame: Math.max(startFrame, earliest), endFrame }))
      .filter(({ startFrame, endFrame }) => endFrame - startFrame >= shortestSilenceFrames)
      .reduce<FrameRun | undefined>(
        (best, next) => (best && lengthOf(best) > lengthOf(next) ? best : next),
        undefined,
      );
    if (longest) return cutWithin(longest);
  }
  return leastLikeSpeech(probabilities, frameCount - lastResortFrames);
}

/** In the middle of a short silence; in a long one late, so that the next chunk starts just before its speech. */
function cutWithin(silence: FrameRun): number {
  return lengthOf(silence) >= 2 * paddingFrames
    ? silence.endFrame - paddingFrames
    : silence.startFrame + Math.ceil(lengthOf(silence) / 2);
}

function leastLikeSpeech(probabilities: readonly number[], fromFrame: number): number {
  let bestFrame = probabilities.length - 1;
  for (let frame = bestFrame; frame >= fromFrame; frame -= 1) {
    if ((probabilities[frame] ?? 1) < (probabilities[bestFrame] ?? 1)) bestFrame = frame;
  }
  return bestFrame + 1;
}

function lengthOf(run: FrameRun): number {
  return run.endFrame - run.startFrame;
}
