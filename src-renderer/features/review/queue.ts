interface Queued {
  assetId: string;
}

/** The queue without what was decided a moment ago and has not left it yet. */
export function withoutDecided<Asset extends Queued>(
  queue: readonly Asset[],
  decidedIds: ReadonlySet<string>,
): Asset[] {
  return queue.filter(({ assetId }) => !decidedIds.has(assetId));
}

/** What comes after a decision: the next one, or at the end the one before. */
export function nextInQueue<Asset extends Queued>(
  queue: readonly Asset[],
  assetId: string,
): Asset | undefined {
  const index = queue.findIndex((candidate) => candidate.assetId === assetId);
  return index === -1 ? queue[0] : (queue[index + 1] ?? queue[index - 1]);
}
