import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RecognisedSegment } from '../adapters/speech/speech-engine.ts';
import { transcribedSegmentSchema } from './protocol.ts';
import { placeSegments } from './segments.ts';
import { joinSpeech } from './speech-audio.ts';

const second = 16_000;
/** 10 s to 30 s of the recording; spoken from 12 s to 14 s and from 20 s to 24 s. */
const chunk = { startSample: 10 * second, endSample: 30 * second };
const { positions } = joinSpeech({
  ...chunk,
  samples: new Float32Array(20 * second),
  speech: [
    { startSample: 2 * second, endSample: 4 * second },
    { startSample: 10 * second, endSample: 14 * second },
  ],
});

function recognise(segment: Partial<RecognisedSegment>): RecognisedSegment {
  return {
    startMs: 0,
    endMs: 1000,
    text: ' text',
    words: [],
    averageLogProbability: -0.1,
    noSpeechProbability: 0,
    compressionRatio: 1,
    fallbackLevel: 0,
    suspect: null,
    ...segment,
  };
}

describe('placeSegments', () => {
  it('places segments and words at their time in the recording, over a silence that was taken out', () => {
    const [first, later] = placeSegments(
      [
        recognise({ startMs: 500, endMs: 2000, text: ' before' }),
        recognise({
          startMs: 2000,
          endMs: 4000,
          text: ' after it',
          words: [
            { startMs: 2000, endMs: 2500, text: 'after', probability: 0.5 },
            { startMs: 2500, endMs: 4000, text: 'it', probability: 1 },
          ],
        }),
      ],
      { chunk, positions },
    );
    expect(first).toMatchObject({ startMs: 12_500, endMs: 14_000, text: 'before' });
    expect(later).toMatchObject({ startMs: 20_000, endMs: 22_000, text: 'after it', confidence: 0.75 });
    expect(later?.words.map(({ startMs, endMs }) => [startMs, endMs])).toEqual([
      [20_000, 20_500],
      [20_500, 22_000],
    ]);
  });

  it('lets a segment begin and end with its words', () => {
    const words = [{ startMs: 800, endMs: 1200, text: 'word', probability: 1 }];
    const [placed] = placeSegments([recognise({ startMs: 0, endMs: 2000, words })], { chunk, positions });
    expect(placed).toMatchObject({ startMs: 12_800, endMs: 13_200 });
  });

  it('never lets times leave the chunk, run backwards or overlap, whatever the engine says', () => {
    const time = fc.integer({ min: -2000, max: 40_000 });
    const word = fc.record({
      startMs: time,
      endMs: time,
      text: fc.constant('word'),
      probability: fc.constant(0.9),
    });
    const segment = fc
      .record({ startMs: time, endMs: time, words: fc.array(word, { maxLength: 5 }) })
      .map((fields) => recognise(fields));
    fc.assert(
      fc.property(fc.array(segment, { maxLength: 6 }), (segments) => {
        let earliestMs = 10_000;
        for (const placed of placeSegments(segments, { chunk, positions })) {
          expect(transcribedSegmentSchema.safeParse(placed).error).toBeUndefined();
          expect(placed.startMs).toBeGreaterThanOrEqual(earliestMs);
          expect(placed.endMs).toBeGreaterThanOrEqual(placed.startMs);
          expect(placed.endMs).toBeLessThanOrEqual(30_000);
          let earliestWordMs = placed.startMs;
          for (const { startMs, endMs } of placed.words) {
            expect(startMs).toBeGreaterThanOrEqual(earliestWordMs);
            expect(endMs).toBeGreaterThanOrEqual(startMs);
            expect(endMs).toBeLessThanOrEqual(placed.endMs);
            earliestWordMs = endMs;
          }
          earliestMs = placed.endMs;
        }
      }),
    );
  });

  it('leaves out segments without text and keeps the reason to doubt one', () => {
    const placed = placeSegments(
      [
        recognise({ text: '  ' }),
        recognise({ text: ' doubtful', suspect: 'low-confidence' }),
        recognise({ text: ' sure' }),
      ],
      { chunk, positions },
    );
    expect(placed.map(({ text, suspect }) => [text, suspect])).toEqual([
      ['doubtful', 'low-confidence'],
      ['sure', null],
    ]);
  });
});
