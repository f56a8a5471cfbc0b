import { Check, Download, RotateCw, Square, Trash2 } from 'lucide-react';
import { useState } from 'react';
import type { SpeechModel } from '../../../src-shared/domain/model.ts';
import { useCommand } from '../../app/command-data.ts';
import { ErrorNotice } from '../../app/error-notice.tsx';
import { Badge } from '../../ui/badge.tsx';
import { Button, IconButton } from '../../ui/button.tsx';
import { Confirm } from '../../ui/confirm.tsx';
import { formatBytes, formatPercent, formatRemaining } from '../../ui/format.ts';
import { Progress } from '../../ui/progress.tsx';
import { useSettings } from './use-settings.ts';

/** One model for speech: what it is, how far it has come, and what can be done with it. */
export function SpeechModelRow({ model }: { model: SpeechModel }) {
  const [isAsking, setIsAsking] = useState(false);
  const { change } = useSettings();
  const pull = useCommand('pullSpeechModel');
  const stop = useCommand('stopSpeechModelPull');
  const remove = useCommand('deleteSpeechModel');
  const { modelId, state, isInUse, sizeBytes, downloadedBytes } = model;
  const fraction = sizeBytes === 0 ? null : Math.min(1, downloadedBytes / sizeBytes);
  const hasPart = (state === 'stopped' || state === 'failed') && downloadedBytes > 0;
  return (
    <div className="px-4 py-3">
      <div className="flex items-center gap-4">
        <div className="min-w-0 flex-1">
          <div className="flex flex-wrap items-center gap-2">
            <span className="font-medium">{model.name}</span>
            {isInUse ? (
              <Badge tone="good">
                <Check aria-hidden /> In use
              </Badge>
            ) : null}
            {model.source === 'imported' ? <Badge>Imported</Badge> : null}
          </div>
          <div className="mt-0.5 text-xs text-ink-soft">
            {model.description} {model.languages === 'english' ? 'English only.' : ''}{' '}
            {formatBytes(sizeBytes)}
          </div>
        </div>
        <div className="flex items-center gap-1">
          {state === 'installed' && !isInUse ? (
            <>
              <Button size="small" onClick={() => change({ speechModelId: modelId })}>
                Use
              </Button>
              {model.source === 'bundled' ? null : (
                <IconButton
                  label={`Delete ${model.name}`}
                  size="icon-small"
                  onClick={() => setIsAsking(true)}
                >
                  <Trash2 />
                </IconButton>
              )}
            </>
          ) : null}
          {state === 'available' ? (
            <Button size="small" onClick={() => pull.mutate({ modelId })}>
              <Download /> Download
            </Button>
          ) : null}
          {state === 'stopped' || state === 'failed' ? (
            <Button size="small" onClick={() => pull.mutate({ modelId })}>
              <RotateCw /> {hasPart ? 'Resume' : 'Try again'}
            </Button>
          ) : null}
          {state === 'downloading' ? (
            <Button size="small" onClick={() => stop.mutate({ modelId })}>
              <Square /> Stop
            </Button>
          ) : null}
        </div>
      </div>
      {state === 'downloading' || hasPart ? (
        <div className="mt-2.5">
          <Progress label={`Download of ${model.name}`} value={fraction} />
          <div className="mt-1 flex justify-between text-xs text-ink-soft tabular">
            <span>
              {formatBytes(downloadedBytes)} of {formatBytes(sizeBytes)}
              {state === 'stopped' ? ', stopped' : ''}
            </span>
            <span>
              {state === 'downloading'
                ? (formatRemaining(model.remainingMs) ?? (fraction === null ? '' : formatPercent(fraction)))
                : ''}
            </span>
          </div>
        </div>
      ) : null}
      {model.error === null ? null : (
        <ErrorNotice error={model.error} retry={() => pull.mutate({ modelId })} className="mt-3" />
      )}
      <Confirm
        isOpen={isAsking}
        onOpenChange={setIsAsking}
        title={`Delete ${model.name}?`}
        description={`This frees ${formatBytes(sizeBytes)}. Transcripts made with it stay. ${model.source === 'downloaded' ? 'It can be downloaded again.' : 'To have it again, import it again.'}`}
        action="Delete"
        onConfirm={() => remove.mutate({ modelId })}
      />
    </div>
  );
}
