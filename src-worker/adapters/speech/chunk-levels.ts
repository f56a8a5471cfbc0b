import { engineSampleRateHz } from './speech-engine.ts';

const blockMs = 100;
const samplesPerBlock = (engineSampleRateHz * blockMs) / 1000;

/** -60 dB of full scale: quieter than the noise of any room. */
const silentLevel = 0.001;

/** A tail counts as sounding from a quarter (-12 dB) of the chunk's loud parts on. */
const soundingShare = 0.25;
/** Blocks (100 ms) that must sound: a word, rather than a click or a breath. */
const leastSoundingBlocks = 5;

/** A word is looked for where it is at least a tenth (-20 dB) as loud as the chunk's loud parts. */
const wordShare = 0.1;
/** Kept around it, for soft first and last sounds. */
const softSoundMs = blockMs;

/** Quiet blocks (100 ms) that a word has in itself at most, before a closed sound such as a long “t”. */
const longestGapBlocks = 2;

/** Loudness (root mean square, 0 to 1) of each 100 ms. */
export function measureLevels(samples: Float32Array): number[] {
  const levels: number[] = [];
  for (let start = 0; start < samples.length; start += samplesPerBlock) {
    const block = samples.subarray(start, start + samplesPerBlock);
    let sum = 0;
    for (const sample of block) sum += sample * sample;
    levels.push(Math.sqrt(sum / block.length));
  }
  return levels;
}

/** True where nothing at all is to be heard. */
export function isSilent(levels: readonly number[]): boolean {
  return levels.every((level) => level < silentLevel);
}

/** Whether something about as loud as the rest of the chunk is to be heard after a time. */
export function soundsAfter(levels: readonly number[], timeMs: number): boolean {
  const threshold = findThreshold(levels, soundingShare);
  const tail = levels.slice(Math.ceil(timeMs / blockMs));
  return tail.filter((level) => level > threshold).length >= leastSoundingBlocks;
}

/**
 * Takes the silence off both ends of a word, and what comes before a pause within it: the alignment gives a pause, with
 * the last sound before it, to the word that follows. A span in which nothing sounds stays as it is: the speaker may be
 * far more quiet than others in the chunk.
 */
export function trimToSound<Span extends { startMs: number; endMs: number }>(
  span: Span,
  levels: readonly number[],
): Span {
  const threshold = findThreshold(levels, wordShare);
  const firstBlock = Math.floor(span.startMs / blockMs);
  const blocks = levels.slice(firstBlock, Math.ceil(span.endMs / blockMs));
  const sounds = blocks.map((level) => level >= threshold);
  const last = sounds.lastIndexOf(true);
  if (last === -1) return span;
  const first = findStartOfSound(sounds, last);
  return {
    ...span,
    startMs: Math.max(span.startMs, (firstBlock + first) * blockMs - softSoundMs),
    endMs: Math.min(span.endMs, (firstBlock + last + 1) * blockMs + softSoundMs),
  };
}

/** The first block of the sound that ends at `last`: a pause comes before it, or nothing. */
function findStartOfSound(sounds: readonly boolean[], last: number): number {
  let first = last;
  for (let block = last - 1; block >= 0 && first - block <= longestGapBlocks + 1; block -= 1) {
    if (sounds[block] === true) first = block;
  }
  return first;
}

function findThreshold(levels: readonly number[], share: number): number {
  const sorted = [...levels].sort((left, right) => left - right);
  const loud = sorted[Math.floor(sorted.length * 0.9)] ?? 0;
  return Math.max(silentLevel, loud * share);
}
