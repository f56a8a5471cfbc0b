import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { AssetDetail } from '../../../src-shared/domain/asset.ts';
import type { Segment } from '../../../src-shared/domain/transcript.ts';
import { callPatiently, commandQuery } from '../../app/command-data.ts';
import type { CommandError } from '../../app/command-error.ts';
import { showError } from '../../app/error-toast.tsx';
import { emptyHistory, recordEdit, type ChangeSet, type EditKind } from './edit-history.ts';
import { applyChanges } from './segment-edits.ts';

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
  const [history, setHistory] = useState(emptyHistory);

  const edit = useMutation({
    // Edits of one transcript follow one another, since each must know the revision that the last one made.
    scope: { id: `transcript ${assetId}` },
    mutationFn: ({ changes }: { changes: ChangeSet; kind: EditKind }) => {
      const expectedRevision = queryClient.getQueryData(query.queryKey)?.revision ?? 0;
      return callPatiently('editTranscript', { assetId, expectedRevision, changes: [...changes] });
    },
    onSuccess: ({ revision, undo }, { kind }) => {
      queryClient.setQueryData(query.queryKey, (current) =>
        current === undefined ? current : { ...current, revision },
      );
      setHistory((current) => recordEdit(current, kind, undo));
    },
    onError: (thrown: CommandError) => {
      showError(thrown.dto);
      void refetch();
    },
  });

  const start = (changes: ChangeSet, kind: EditKind) => {
    queryClient.setQueryData(query.queryKey, (current) =>
      current === undefined ? current : { ...current, segments: applyChanges(current.segments, changes) },
    );
    edit.mutate({ changes, kind });
  };
  const shownRevision = data?.revision;
  const isSaving = edit.isPending;
  useEffect(() => {
    if (shownRevision !== undefined && shownRevision < transcriptRevision && !isSaving) void refetch();
  }, [shownRevision, transcriptRevision, isSaving, refetch]);
  // The last chunk may have been saved after the last look.
  useEffect(() => {
    if (!isGrowing) void refetch();
  }, [isGrowing, refetch]);

  const step = (kind: 'undo' | 'redo') => {
    const changes = history[kind].at(-1);
    if (changes !== undefined && !isSaving) start(changes, kind);
  };
  return {
    segments: data?.segments,
    error,
    retry: () => void refetch(),
    isGrowing,
    edit: (changes) => {
      if (changes.length > 0) start(changes, 'edit');
    },
    undo: () => step('undo'),
    redo: () => step('redo'),
    canUndo: history.undo.length > 0,
    canRedo: history.redo.length > 0,
  };
}
