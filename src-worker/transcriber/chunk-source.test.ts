import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { samplesPerFrame } from './audio-format.ts';
import { cutIntoChunks, type AudioChunk } from './chunk-source.ts';
import type { VoiceDetector } from './vad.ts';

/**
 * A fake, and it says so: loud is speech. As with a real detector, its answers depend on what it has heard since it
 * was reset: the first frame counts half, and after long silence it is half deaf.
 */
function createLoudnessDetector(): VoiceDetector {
  let heardFrames = 0;
  let silentFrames = 0;
  return {
    reset() {
      heardFrames = 0;
      silentFrames = 0;
    },
    detect(samples) {
      const probabilities: number[] = [];
      for (let start = 0; start < samples.length; start += samplesPerFrame) {
        const loudness = Math.abs(samples[start] ?? 0);
        probabilities.push(heardFrames === 0 || silentFrames > 150 ? loudness / 3 : loudness);
        heardFrames += 1;
        if (loudness < 0.5) silentFrames += 1;
      }
      return Promise.resolve(probabilities);
    },
    close: () => Promise.resolve(),
  };
}

async function* inBlocks(samples: Float32Array, lengths: readonly number[]): AsyncGenerator<Float32Array> {
  let start = 0;
  for (let index = 0; start < samples.length; index += 1) {
    const length = lengths[index % lengths.length] ?? samples.length;
    yield await Promise.resolve(samples.subarray(start, start + length));
    start += length;
  }
}

async function cut(
  samples: Float32Array,
  options: { startSample?: number; blocks?: number[] } = {},
): Promise<AudioChunk[]> {
  const { startSample = 0, blocks = [30_000] } = options;
  const audio = inBlocks(samples.subarray(startSample), blocks);
  const chunks: AudioChunk[] = [];
  for await (const chunk of cutIntoChunks(audio, { startSample, detector: createLoudnessDetector() }))
    chunks.push(chunk);
  return chunks;
}

function bytesOf(samples: Float32Array): Buffer {
  return Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength);
}

/** Everything about chunks, in a form that is quick to compare. */
function describeAll(chunks: readonly AudioChunk[]): unknown[] {
  return chunks.map(({ samples, ...chunk }) => ({
    ...chunk,
    digest: createHash('sha1').update(bytesOf(samples)).digest('hex'),
  }));
}

/** Some minutes of loud and quiet stretches; every sample is a little different. */
const recording = fc
  .record({
    stretches: fc.array(
      fc.record({ frames: fc.integer({ min: 1, max: 600 }), level: fc.constantFrom(0.01, 0.9) }),
      {
        minLength: 1,
        maxLength: 5,
      },
    ),
    rest: fc.nat({ max: samplesPerFrame - 1 }),
  })
  .map(({ stretches, rest }) => {
    const length = stretches.reduce((sum, { frames }) => sum + frames * samplesPerFrame, rest);
    const samples = new Float32Array(length);
    let position = 0;
    for (const { frames, level } of stretches) {
      const end = position + frames * samplesPerFrame;
      for (; position < end; position += 1) samples[position] = level + (position % 997) * 1e-6;
    }
    return samples;
  });

describe('cutIntoChunks', () => {
  it('gives back every sample of the recording, in order, whatever the blocks it comes in', async () => {
    await fc.assert(
      fc.asyncProperty(
        recording,
        fc.array(fc.integer({ min: 3001, max: 70_000 }), { minLength: 1, maxLength: 5 }),
        async (samples, blocks) => {
          const chunks = await cut(samples, { blocks });
          expect(Float32Array.from(chunks.flatMap((chunk) => [...chunk.samples]))).toEqual(samples);
          const positions = chunks.map(({ startSample, endSample, speech }) => ({
            startSample,
            endSample,
            speech,
          }));
          expect(positions).toEqual(
            (await cut(samples)).map(({ startSample, endSample, speech }) => ({
              startSample,
              endSample,
              speech,
            })),
          );
        },
      ),
      { numRuns: 15 },
    );
  });

  it('finds the same chunks when it starts again at the end of any of them', async () => {
    await fc.assert(
      fc.asyncProperty(recording, async (samples) => {
        const chunks = await cut(samples);
        for (const [index, { startSample }] of chunks.entries()) {
          expect(describeAll(await cut(samples, { startSample }))).toEqual(describeAll(chunks.slice(index)));
        }
      }),
      { numRuns: 10 },
    );
  });

  it('finds the beginning of speech that a detector tired by a long noise would miss', async () => {
    const samples = new Float32Array(500 * samplesPerFrame).fill(0.01);
    samples.fill(0.9, 300 * samplesPerFrame, 400 * samplesPerFrame);
    const spoken = (await cut(samples)).flatMap(({ startSample, speech }) =>
      speech.map((run) => [startSample + run.startSample, startSample + run.endSample]),
    );
    expect(spoken).toEqual([[288 * samplesPerFrame, 412 * samplesPerFrame]]);
  });

  it('finds nothing in nothing', async () => {
    expect(await cut(new Float32Array(0))).toEqual([]);
  });
});
