import type { WatchEntry } from '../../src-data/watch-folders.ts';
import type { FoundFile } from '../workflows/activity-contracts.ts';

export interface Sorted {
  /** Unchanged for long enough, and not imported yet. */
  ready: FoundFile[];
  /** Still growing, empty, or seen for the first time. */
  waitingCount: number;
  /** When the first of the waiting ones may be ready, in milliseconds from now; null where none waits. */
  nextLookInMs: number | null;
}

interface Look {
  sizeBytes: number;
  modifiedAt: string;
  /** Since when it has looked like this. */
  sinceMs: number;
}

/**
 * Remembers from look to look how files appeared, and tells which ones have stopped growing: same size and time over
 * two looks that lie `settleMs` apart. A file of zero bytes is not there yet, however long it stays like that.
 */
export class SettledFiles {
  readonly #settleMs: number;
  #looks = new Map<string, Look>();

  constructor(settleMs: number) {
    this.#settleMs = settleMs;
  }

  sort(files: readonly FoundFile[], imported: ReadonlyMap<string, WatchEntry>, nowMs: number): Sorted {
    const looks = new Map<string, Look>();
    const sorted: Sorted = { ready: [], waitingCount: 0, nextLookInMs: null };
    for (const file of files) {
      const entry = imported.get(file.path);
      if (entry !== undefined && isSame(entry, file)) continue;
      const before = this.#looks.get(file.path);
      const look = before !== undefined && isSame(before, file) ? before : { ...file, sinceMs: nowMs };
      looks.set(file.path, look);
      // A clock that was set back must not make a file wait for ever.
      const ageMs = Math.abs(nowMs - look.sinceMs);
      if (file.sizeBytes > 0 && look === before && ageMs >= this.#settleMs) {
        sorted.ready.push(file);
        continue;
      }
      sorted.waitingCount += 1;
      const leftMs = Math.max(1, this.#settleMs - ageMs);
      sorted.nextLookInMs = Math.min(sorted.nextLookInMs ?? leftMs, leftMs);
    }
    this.#looks = looks;
    return sorted;
  }
}

function isSame(
  left: { sizeBytes: number; modifiedAt: string },
  right: { sizeBytes: number; modifiedAt: string },
): boolean {
  return left.sizeBytes === right.sizeBytes && left.modifiedAt === right.modifiedAt;
}
