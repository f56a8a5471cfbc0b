import type { SegmentHit } from '../../src-data/passage-search.ts';
import type { Passage } from '../../src-shared/domain/passages.ts';

export interface RankedPassages {
  /** In the order in which they should go in, the best first. */
  passages: Passage[];
  /** How they were chosen, as a reason for the person. */
  how: string;
}

/** Dampens the first places, so that two rankings are worth about the same (reciprocal rank fusion). */
const fusionConstant = 60;

/**
 * Orders the passages of a transcript by how much they have to do with a question: where its words occur and, where
 * there are vectors, where the same is meant. Without any sign, passages from all over the recording.
 */
export function rankPassages(
  passages: readonly Passage[],
  hits: readonly SegmentHit[],
  similarities: ReadonlyMap<Passage, number> | null,
): RankedPassages {
  const passageOf = new Map(
    passages.flatMap((passage) => passage.segmentIds.map((segmentId) => [segmentId, passage] as const)),
  );
  const byWords = new Map<Passage, number>();
  for (const { segmentId, rank } of hits) {
    const passage = passageOf.get(segmentId);
    // Several segments that match make a passage better; bm25 is negative.
    if (passage !== undefined) byWords.set(passage, (byWords.get(passage) ?? 0) + rank);
  }
  const rankings = [
    [...byWords.keys()].sort((left, right) => (byWords.get(left) ?? 0) - (byWords.get(right) ?? 0)),
    similarities === null
      ? []
      : [...similarities.keys()].sort(
          (left, right) => (similarities.get(right) ?? 0) - (similarities.get(left) ?? 0),
        ),
  ];
  const scores = new Map<Passage, number>();
  for (const ranking of rankings) {
    for (const [place, passage] of ranking.entries()) {
      scores.set(passage, (scores.get(passage) ?? 0) + 1 / (fusionConstant + place));
    }
  }
  if (scores.size === 0) {
    return {
      passages: spread(passages),
      how: 'None of its words occur there, so passages from all over it were put in.',
    };
  }
  const ranked = [...scores.keys()].sort((left, right) => (scores.get(right) ?? 0) - (scores.get(left) ?? 0));
  return {
    passages: ranked,
    how:
      similarities === null
        ? 'The passages in which words of the question occur were put in.'
        : 'The passages nearest to the question in words and meaning were put in.',
  };
}

/** First, last, middle, then the quarters, and so on: however many are taken, they cover the whole. */
export function spread<Item>(items: readonly Item[]): Item[] {
  const taken = new Set<number>();
  const order = (index: number): void => void taken.add(Math.min(items.length - 1, Math.max(0, index)));
  if (items.length === 0) return [];
  order(0);
  order(items.length - 1);
  for (let step = items.length / 2; taken.size < items.length; step /= 2) {
    for (let position = step; position < items.length; position += step) order(Math.floor(position));
  }
  return [...taken].flatMap((index) => items[index] ?? []);
}
