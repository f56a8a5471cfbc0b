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

/** From this probability on, for so many frames in a row (192 ms), speech seems possible … */
const possibleSpeechThreshold = 0.15;
const possibleSpeechFrames = 6;
/** … which deserves a second hearing after 2 s of silence with the same detector … */
const staleAfterFrames = 62;
/** … that begins 1 s earlier. */
const hearAgainFrames = 31;

/** Where to look for a cut once a chunk is full, best first: how far back, and how long a silence must be. */
const searches = [
  { lookBackFrames: 125, shortestSilenceFrames: 16 },
  { lookBackFrames: 250, shortestSilenceFrames: 10 },
  { lookBackFrames: 437, shortestSilenceFrames: 4 },
] as const;
/** With no silence at all, the cut is at the frame least like speech among the last 8 s. */
const lastResortFrames = 250;

/** What to do next. Frames count from the cut before. */
export type CutterAnswer =
  | { kind: 'cut'; cut: Cut }
  /** Something may be there: let a detector that starts anew hear the frames from here on. */
  | { kind: 'listen-again'; fromFrame: number };

/**
 * Turns the detector's probabilities into chunks that lie end to end. Where a cut falls depends only on the frames
 * since the cut before it, so a run that starts again at any cut finds the same cuts as an unbroken one. After every
 * cut the caller hands in the frames that follow the cut afresh (the detector, too, starts anew there).
 *
 * A detector that has long heard music or noise is slow to hear speech in it. So where speech seems possible after a
 * long silence, the cutter asks for a second hearing of the last moments by a detector without a past.
 */
export class ChunkCutter {
  #probabilities: number[] = [];
  #hysteresis = new SpeechHysteresis();
  #runLength = 0;
  #possibleLength = 0;
  #speechFound = false;
  /** Where the last speech ended, and where the detector last started anew. */
  #speechEnd = 0;
  #detectorStart = 0;

  /** Takes the next frame. After an answer, the next frame is the one after the cut, or the one to listen to again. */
  push(probability: number): CutterAnswer | undefined {
    this.#probabilities.push(probability);
    this.#follow(probability);
    if (this.#shouldListenAgain()) return this.#listenAgain();
    const cut = this.#findCut();
    return cut && { kind: 'cut', cut: this.#close(cut) };
  }

  /** The audio is over: what is left is the last chunk, if there is anything left. */
  finish(): Cut | undefined {
    const frameCount = this.#probabilities.length;
    return frameCount === 0 ? undefined : this.#close(describe(this.#probabilities, frameCount));
  }

  #follow(probability: number): void {
    this.#runLength = this.#hysteresis.next(probability) ? this.#runLength + 1 : 0;
    this.#possibleLength = probability >= possibleSpeechThreshold ? this.#possibleLength + 1 : 0;
    if (this.#runLength >= shortestSpeechFrames) this.#speechEnd = this.#probabilities.length;
  }

  #shouldListenAgain(): boolean {
    const frameCount = this.#probabilities.length;
    const possibleStart = frameCount - possibleSpeechFrames;
    return (
      this.#possibleLength === possibleSpeechFrames &&
      (this.#speechEnd === 0 || possibleStart - this.#speechEnd >= staleAfterFrames) &&
      possibleStart - this.#detectorStart >= staleAfterFrames
    );
  }

  #listenAgain(): CutterAnswer {
    const fromFrame = this.#probabilities.length - possibleSpeechFrames - hearAgainFrames;
    this.#probabilities.length = fromFrame;
    this.#hysteresis = new SpeechHysteresis();
    this.#runLength = 0;
    this.#possibleLength = 0;
    this.#detectorStart = fromFrame;
    return { kind: 'listen-again', fromFrame };
  }

  #findCut(): Cut | undefined {
    const frameCount = this.#probabilities.length;
    if (!this.#speechFound && this.#runLength >= shortestSpeechFrames) {
      this.#speechFound = true;
      const silentFrames = frameCount - shortestSpeechFrames - paddingFrames;
      if (silentFrames >= shortestSilentChunkFrames) return { frameCount: silentFrames, speech: [] };
    }
    if (frameCount < framesPerChunkLimit) return undefined;
    // Without speech, leaves the room that speech starting in the very last frames will want before it.
    const kept = this.#speechFound ? chooseCut(this.#probabilities) : frameCount - paddingFrames;
    return describe(this.#probabilities, kept);
  }

  #close(cut: Cut): Cut {
    this.#probabilities = [];
    this.#hysteresis = new SpeechHysteresis();
    this.#runLength = 0;
    this.#possibleLength = 0;
    this.#speechFound = false;
    this.#speechEnd = 0;
    this.#detectorStart = 0;
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
