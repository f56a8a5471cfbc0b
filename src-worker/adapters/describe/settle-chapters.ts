import type { Chapter } from '../../../src-shared/domain/transcript.ts';

/** Nobody jumps between chapters closer than this. */
const shortestChapterMs = 20_000;
const longestList = 60;

/**
 * Makes a list to navigate by out of what the model proposed: in order, within the recording, none twice, none too
 * close to the next, the first one at the start. A recording too short for two chapters gets none.
 */
export function settleChapters(proposed: readonly Chapter[], durationMs: number): Chapter[] {
  const ordered = proposed
    .map(({ startMs, title }) => ({ startMs: Math.round(startMs), title: title.replace(/\s+/g, ' ').trim() }))
    .filter(({ startMs, title }) => title !== '' && startMs >= 0 && startMs < durationMs)
    .sort((left, right) => left.startMs - right.startMs);
  const spacingMs = Math.max(shortestChapterMs, durationMs / longestList);
  const settled: Chapter[] = [];
  for (const chapter of ordered) {
    const last = settled.at(-1);
    if (last === undefined) {
      settled.push({ ...chapter, startMs: 0 });
      continue;
    }
    const isTooClose =
      chapter.startMs - last.startMs < spacingMs || durationMs - chapter.startMs < shortestChapterMs;
    if (!isTooClose && chapter.title.toLowerCase() !== last.title.toLowerCase()) settled.push(chapter);
  }
  return settled.length < 2 ? [] : settled;
}

/** How many chapters to ask for in a stretch of this length: about one for every two minutes, eight at most. */
export function chapterLimitFor(durationMs: number): number {
  return Math.min(8, Math.max(1, Math.round(durationMs / 120_000) + 1));
}
