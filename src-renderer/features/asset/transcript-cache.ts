import type { QueryClient } from '@tanstack/react-query';
import type { Segment } from '../../../src-shared/domain/transcript.ts';
import type { commandQuery } from '../../app/command-data.ts';
import type { ChangeSet } from './edit-history.ts';
import { applyChanges } from './segment-edits.ts';

export interface TranscriptCache {
  /** Shows changes that are on their way to the library. */
  show: (changes: ChangeSet) => void;
  /** That the next change is made to. */
  readRevision: () => number;
  /** The library has taken a change. Returns whether what is shown must be read again. */
  accept: (revision: number) => boolean;
}

/** A transcript as it is shown while edits of it are on their way: a reading that began before them does not undo them. */
export function createTranscriptCache(
  queryClient: QueryClient,
  queryKey: ReturnType<typeof commandQuery<'readTranscript'>>['queryKey'],
): TranscriptCache {
  let shown: readonly Segment[] | undefined;
  return {
    show(changes) {
      void queryClient.cancelQueries({ queryKey, exact: true });
      queryClient.setQueryData(queryKey, (current) =>
        current === undefined ? current : { ...current, segments: applyChanges(current.segments, changes) },
      );
      shown = queryClient.getQueryData(queryKey)?.segments;
    },
    readRevision: () => queryClient.getQueryData(queryKey)?.revision ?? 0,
    accept(revision) {
      const current = queryClient.getQueryData(queryKey);
      if (current === undefined) return false;
      queryClient.setQueryData(queryKey, { ...current, revision });
      // Something that was read meanwhile stands in its place, perhaps from before the change.
      return current.segments !== shown;
    },
  };
}
