import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { framesPerChunkLimit } from './audio-format.ts';
import { ChunkCutter, type Cut } from './chunk-cutter.ts';
import { findSpeechRuns } from './speech-runs.ts';

interface PlacedCut extends Cut {
  startFrame: number;
}

/** Cuts as the caller does: after each cut, the frames that follow it are handed in again. */
function cutAll(probabilities: readonly number[], fromFrame = 0): PlacedCut[] {
  const cutter = new ChunkCutter();
  const cuts: PlacedCut[] = [];
  let startFrame = fromFrame;
  let frame = fromFrame;
  while (frame < probabilities.length) {
    const answer = cutter.push(probabilities[frame] ?? 0);
    frame += 1;
    if (answer?.kind === 'listen-again') frame = startFrame + answer.fromFrame;
    if (answer?.kind !== 'cut') continue;
    cuts.push({ ...answer.cut, startFrame });
    startFrame += answer.cut.frameCount;
    frame = startFrame;
  }
  const last = cutter.finish();
  if (last) cuts.push({ ...last, startFrame });
  return cuts;
}

function frames(count: number, probability: number): number[] {
  return new Array<number>(count).fill(probability);
}

/** Stretches of silence, of speech and of anything between, up to several minutes together. */
const recording = fc
  .array(
    fc.oneof(
      fc.integer({ min: 1, max: 1200 }).map((count) => frames(count, 0.02)),
      fc.integer({ min: 1, max: 1200 }).map((count) => frames(count, 0.97)),
      fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 300 }),
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.flat());

describe('ChunkCutter', () => {
  it('lays chunks end to end over the whole recording, none longer than the limit and none empty', () => {
    fc.assert(
      fc.property(recording, (probabilities) => {
        let expectedStart = 0;
        for (const { startFrame, frameCount } of cutAll(probabilities)) {
          expect(startFrame).toBe(expectedStart);
          expect(frameCount).toBeGreaterThan(0);
          expect(frameCount).toBeLessThanOrEqual(framesPerChunkLimit);
          expectedStart += frameCount;
        }
        expect(expectedStart).toBe(probabilities.length);
      }),
      { numRuns: 200 },
    );
  });

  it('gives every frame of speech to the engine exactly once', () => {
    fc.assert(
      fc.property(recording, (probabilities) => {
        for (const { startFrame, frameCount, speech } of cutAll(probabilities)) {
          const given = frames(frameCount, 0);
          for (const run of speech) {
            for (let frame = run.startFrame; frame < run.endFrame; frame += 1)
              given[frame] = (given[frame] ?? 0) + 1;
          }
          expect(Math.max(0, ...given)).toBeLessThanOrEqual(1);
          const spoken = findSpeechRuns(probabilities.slice(startFrame, startFrame + frameCount));
          for (const run of spoken) {
            expect(given.slice(run.startFrame, run.endFrame).every((count) => count === 1)).toBe(true);
          }
        }
      }),
      { numRuns: 200 },
    );
  });

  it('makes the same cuts when it starts again at any of them', () => {
    fc.assert(
      fc.property(recording, (probabilities) => {
        const cuts = cutAll(probabilities);
        for (const [index, { startFrame }] of cuts.entries()) {
          expect(cutAll(probabilities, startFrame)).toEqual(cuts.slice(index));
        }
      }),
      { numRuns: 60 },
    );
  });

  it('skips a long silence and starts the next chunk just before the speech after it', () => {
    const cuts = cutAll([...frames(4000, 0.01), ...frames(100, 0.9)]);
    expect(cuts.slice(0, -1).every(({ speech }) => speech.length === 0)).toBe(true);
    expect(cuts.at(-1)).toEqual({
      startFrame: 3988,
      frameCount: 112,
      speech: [{ startFrame: 0, endFrame: 112 }],
    });
  });

  it('cuts a full chunk in its longest late silence, not in the middle of a word', () => {
    const probabilities = [
      ...frames(700, 0.9),
      ...frames(12, 0.1),
      ...frames(60, 0.9),
      ...frames(20, 0.1),
      ...frames(300, 0.9),
    ];
    expect(cutAll(probabilities)[0]?.frameCount).toBe(700 + 12 + 60 + 10);
  });

  it('prefers a good pause near the limit to a longer one that would leave much of the chunk unused', () => {
    const probabilities = [
      ...frames(650, 0.9),
      ...frames(40, 0.1),
      ...frames(120, 0.9),
      ...frames(18, 0.1),
      ...frames(300, 0.9),
    ];
    expect(cutAll(probabilities)[0]?.frameCount).toBe(650 + 40 + 120 + 9);
  });

  it('cuts speech without any pause where it is least like speech', () => {
    const probabilities = frames(1000, 0.95);
    probabilities[800] = 0.6;
    expect(cutAll(probabilities)[0]?.frameCount).toBe(801);
  });

  it('takes a silence of several seconds inside a chunk out of what the engine hears', () => {
    const [cut] = cutAll([...frames(100, 0.9), ...frames(200, 0.01), ...frames(100, 0.9)]);
    expect(cut?.speech).toEqual([
      { startFrame: 0, endFrame: 112 },
      { startFrame: 288, endFrame: 400 },
    ]);
  });

  it('asks for a second hearing where speech seems possible after a long silence, once', () => {
    const cutter = new ChunkCutter();
    const answers = [...frames(200, 0.01), ...frames(40, 0.2)].map((probability) => cutter.push(probability));
    expect(answers.filter((answer) => answer !== undefined)).toEqual([
      { kind: 'listen-again', fromFrame: 169 },
    ]);
    expect(answers[205]).toBeDefined();
  });

  it('asks for none right after speech, or where the detector is fresh', () => {
    const cutter = new ChunkCutter();
    const probabilities = [...frames(30, 0.2), ...frames(40, 0.9), ...frames(40, 0.01), ...frames(40, 0.2)];
    expect(
      probabilities.map((probability) => cutter.push(probability)).every((answer) => answer === undefined),
    ).toBe(true);
  });

  it('finds no speech in clicks', () => {
    const probabilities = frames(500, 0.01);
    for (const frame of [100, 200, 201, 300]) probabilities[frame] = 0.99;
    expect(cutAll(probabilities).flatMap(({ speech }) => speech)).toEqual([]);
  });
});
