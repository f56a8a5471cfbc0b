import { createHash } from 'node:crypto';
import type { PassageVectorRepository } from '../../src-data/passage-vectors.ts';
import type { Logger } from '../../src-node/logger.ts';
import type { LocalModels } from '../../src-node/models/local-models.ts';
import { AppError } from '../../src-shared/domain/errors.ts';
import type { Passage } from '../../src-shared/domain/passages.ts';

export interface Meaning {
  /**
   * How near each passage is in meaning to a question, as far as its transcript has been read for it; null where no
   * installed model makes vectors. What is missing is read in the background, for the next question.
   */
  compare: (
    question: string,
    transcripts: ReadonlyMap<string, readonly Passage[]>,
    signal: AbortSignal,
  ) => Promise<ReadonlyMap<Passage, number> | null>;
  close: () => Promise<void>;
}

const passagesAtOnce = 16;

export function createMeaning(options: {
  localModels: LocalModels;
  vectors: PassageVectorRepository;
  logger: Logger;
}): Meaning {
  const { localModels, vectors, logger } = options;
  const stopping = new AbortController();
  const inHand = new Set<string>();
  /** One transcript after the other: this is background work on somebody's laptop. */
  let reading: Promise<void> = Promise.resolve();

  function readLater(assetId: string, model: string, passages: readonly Passage[]): void {
    if (inHand.has(assetId) || stopping.signal.aborted) return;
    inHand.add(assetId);
    reading = reading
      .then(() => readAll(assetId, model, passages))
      .catch((error: unknown) => {
        if (stopping.signal.aborted) return;
        // What was read is kept; the next question goes on from there.
        logger.info({ err: error, assetId }, 'a transcript could not be read for its meaning to the end');
      })
      .finally(() => inHand.delete(assetId));
  }

  async function readAll(assetId: string, model: string, passages: readonly Passage[]): Promise<void> {
    const present = vectors.list(assetId, model);
    const missing = passages.filter(({ text }) => !present.has(hashOf(text)));
    for (let index = 0; index < missing.length; index += passagesAtOnce) {
      const batch = missing.slice(index, index + passagesAtOnce);
      const made = await localModels.runtime.embed(
        model,
        batch.map(({ text }) => text),
        stopping.signal,
      );
      vectors.save(
        assetId,
        model,
        batch.flatMap(({ text }, place) => {
          const vector = made[place];
          return vector === undefined ? [] : [{ textHash: hashOf(text), vector }];
        }),
      );
    }
  }

  return {
    async compare(question, transcripts, signal) {
      if (transcripts.size === 0) return null;
      const model = await localModels.findEmbeddingModel({ signal });
      if (model === null) return null;
      try {
        const [asked] = await localModels.runtime.embed(model, [question], signal);
        if (asked === undefined) return null;
        const nearness = new Map<Passage, number>();
        for (const [assetId, passages] of transcripts) {
          const present = vectors.list(assetId, model);
          let isComplete = true;
          for (const passage of passages) {
            const vector = present.get(hashOf(passage.text));
            if (vector === undefined) isComplete = false;
            else nearness.set(passage, cosine(asked, vector));
          }
          if (!isComplete) readLater(assetId, model, passages);
        }
        return nearness;
      } catch (error) {
        signal.throwIfAborted();
        if (!(error instanceof AppError)) throw error;
        logger.info({ err: error }, 'no comparison by meaning: the words alone decide');
        return null;
      }
    },

    async close() {
      stopping.abort();
      await reading;
    },
  };
}

/** Both have the length 1. */
function cosine(left: Float32Array, right: Float32Array): number {
  let sum = 0;
  for (let index = 0; index < left.length; index += 1) sum += (left[index] ?? 0) * (right[index] ?? 0);
  return sum;
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
}
