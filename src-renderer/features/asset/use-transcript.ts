import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import type { AssetDetail } from '../../../src-shared/domain/asset.ts';
import type { Segment } from '../../../src-shared/domain/transcript.ts';
import { callPatiently, commandQuery } from '../../app/command-data.ts';
import type { CommandError } from '../../app/command-error.ts';
import { showError } from '../../app/error-toast.tsx';
import { emptyHistory, recordEdit, type ChangeSet } from './edit-history.ts';
import { createTranscriptCache } from './transcript-cache.ts';

export interface Transcript {
  /** Undefined until it has been read. */
  segments: readonly Segment[] | undefined;
  error: CommandError | null;
  retry: () => void;
  /** More text is on its way. */
  isGrowing: boolean;
  edit: (changes: ChangeSet) => void;
  undo: () => void;
  redo: () => void;
  canUndo: boolean;
  canRedo: boolean;
}

const growIntervalMs = 2500;

function isTranscribing({ steps }: AssetDetail): boolean {
  return steps.some(({ step, state }) => step === 'transcribe' && state === 'running');
}

/** The transcript of an asset, with edits that are seen at once and can be taken back. */
export function useTranscript(asset: AssetDetail): Transcript {
  const { assetId, transcriptRevision } = asset;
  const queryClient = useQueryClient();
  const query = commandQuery('readTranscript', { assetId });
  const isGrowing = isTranscribing(asset);
  const { data, error, refetch } = useQuery({
    ...query,
    refetchInterval: isGrowing ? growIntervalMs : false,
  });
  const [cache] = useState(() => createTranscriptCache(queryClient, query.queryKey));
  const [history, setHistory] = useState(emptyHistory);
  /** The same, for steps that were asked for while an edit was still on its way. */
  const newestHistory = useRef(emptyHistory);

  const edit = useMutation({
    // Edits of one transcript follow one another, since each must know the revision that the last one made.
    scope: { id: `transcript ${assetId}` },
    mutationFn: async (wanted: { kind: 'edit'; changes: ChangeSet } | { kind: 'undo' | 'redo' }) => {
      const changes = wanted.kind === 'edit' ? wanted.changes : newestHistory.current[wanted.kind].at(-1);
      if (changes === undefined) return null;
      if (wanted.kind !== 'edit') cache.show(changes);
      const expectedRevision = cache.readRevision();
      return callPatiently('editTranscript', { assetId, expectedRevision, changes: [...changes] });
    },
    onSuccess: (answer, { kind }) => {
      if (answer === null) return;
      if (cache.accept(answer.revision)) void refetch();
      newestHistory.current = recordEdit(newestHistory.current, kind, answer.undo);
      setHistory(newestHistory.current);
    },
    onError: (thrown: CommandError) => {
      showError(thrown.dto);
      void refetch();
    },
  });

  const shownRevision = data?.revision;
  const isSaving = edit.isPending;
  useEffect(() => {
    if (shownRevision !== undefined && shownRevision < transcriptRevision && !isSaving) void refetch();
  }, [shownRevision, transcriptRevision, isSaving, refetch]);
  // The last chunk may have been saved after the last look.
  useEffect(() => {
    if (!isGrowing) void refetch();
  }, [isGrowing, refetch]);

  return {
    segments: data?.segments,
    error,
    retry: () => void refetch(),
    isGrowing,
    edit: (changes) => {
      if (changes.length === 0) return;
      cache.show(changes);
      edit.mutate({ kind: 'edit', changes });
    },
    undo: () => edit.mutate({ kind: 'undo' }),
    redo: () => edit.mutate({ kind: 'redo' }),
    canUndo: history.undo.length > 0,
    canRedo: history.redo.length > 0,
  };
}
