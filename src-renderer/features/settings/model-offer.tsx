import { Download, Pause, RotateCw, Trash2, X } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import type { LocalModel } from '../../../src-shared/domain/chat-model.ts';
import { useCommand } from '../../app/command-data.ts';
import { ErrorNotice } from '../../app/error-notice.tsx';
import { ModeBadge } from '../../app/mode-badge.tsx';
import { Badge } from '../../ui/badge.tsx';
import { Button, IconButton } from '../../ui/button.tsx';
import { Confirm } from '../../ui/confirm.tsx';
import { formatBytes, formatPercent, formatRemaining } from '../../ui/format.ts';
import { Progress } from '../../ui/progress.tsx';

/** In which mode models are downloaded, and why. */
export function DownloadMode() {
  return (
    <ModeBadge
      mode="commit"
      reason="A download is long work that must survive network loss and a restart, so it runs as a workflow."
    />
  );
}

const whyRecommended = 'The largest with tools that fits and still answers at the pace of talking.';

interface ModelOfferProps {
  model: LocalModel;
  /** Beside the name. */
  badges?: ReactNode;
}

/** A chat model: what it is, whether it fits this machine and why, how far its download is, and what can be done. */
export function ModelOffer({ model, badges }: ModelOfferProps) {
  const { name, description, parameterSize, sizeBytes, state, fit, isRecommended } = model;
  const facts = [parameterSize, sizeBytes === 0 ? null : formatBytes(sizeBytes)].filter(
    (fact) => fact !== null,
  );
  return (
    <div className="px-4 py-3">
      <div className="flex items-center gap-4">
        <div className="min-w-0 flex-1">
          <div className="flex flex-wrap items-center gap-2">
            <span className="truncate font-medium text-ink">{name}</span>
            <span className="text-xs text-ink-soft tabular">{facts.join(', ')}</span>
            {isRecommended && state !== 'installed' ? <Badge tone="accent">Suits this computer</Badge> : null}
            {badges}
          </div>
          {description === null ? null : <div className="mt-0.5 text-xs text-ink-soft">{description}</div>}
          <div className={fit.verdict === 'fits' ? 'text-xs text-ink-soft' : 'text-xs text-warn'}>
            {fit.reason}
            {isRecommended && state !== 'installed' ? ` ${whyRecommended}` : ''}
          </div>
        </div>
        <ModelButtons model={model} />
      </div>
      <ModelDownload model={model} />
    </div>
  );
}

function ModelButtons({ model }: { model: LocalModel }) {
  const [isAsking, setIsAsking] = useState(false);
  const pull = useCommand('pullChatModel');
  const stop = useCommand('stopChatModelPull');
  const remove = useCommand('deleteChatModel');
  const { name, state, sizeBytes, downloadedBytes, fit, tasks } = model;
  switch (state) {
    case 'available':
      return (
        <Button
          size="small"
          aria-label={`Download ${name}`}
          disabled={fit.verdict === 'too-large'}
          onClick={() => pull.mutate({ name })}
        >
          <Download /> Download
        </Button>
      );
    case 'downloading':
      return (
        <Button size="small" aria-label={`Pause ${name}`} onClick={() => stop.mutate({ name })}>
          <Pause /> Pause
        </Button>
      );
    case 'stopped':
    case 'failed': {
      const action = downloadedBytes > 0 ? 'Resume' : 'Try again';
      return (
        <div className="flex shrink-0 items-center gap-1">
          <Button size="small" aria-label={`${action} ${name}`} onClick={() => pull.mutate({ name })}>
            <RotateCw /> {action}
          </Button>
          <IconButton label={`Forget ${name}`} size="icon-small" onClick={() => remove.mutate({ name })}>
            <X />
          </IconButton>
        </div>
      );
    }
    case 'installed':
      return (
        <>
          <IconButton label={`Delete ${name}`} size="icon-small" onClick={() => setIsAsking(true)}>
            <Trash2 />
          </IconButton>
          <Confirm
            isOpen={isAsking}
            onOpenChange={setIsAsking}
            title={`Delete ${name}?`}
            description={[
              `This frees ${formatBytes(sizeBytes)}. What it wrote stays. It can be downloaded again.`,
              tasks.length === 0
                ? ''
                : ' It is in use: another installed model takes its place, if there is one.',
            ].join('')}
            action="Delete"
            onConfirm={() => remove.mutate({ name })}
          />
        </>
      );
  }
}

function ModelDownload({ model }: { model: LocalModel }) {
  const { name, state, sizeBytes, downloadedBytes, remainingMs, error } = model;
  const isWaiting = state === 'downloading' && error !== null;
  const fraction = sizeBytes === 0 ? null : Math.min(1, downloadedBytes / sizeBytes);
  const isShown =
    state === 'downloading' || ((state === 'stopped' || state === 'failed') && downloadedBytes > 0);
  return (
    <>
      {isShown ? (
        <div className="mt-2.5">
          <Progress label={`Download of ${name}`} value={fraction} />
          <div className="mt-1 flex justify-between text-xs text-ink-soft tabular">
            <span>
              {formatBytes(downloadedBytes)}
              {sizeBytes === 0 ? '' : ` of ${formatBytes(sizeBytes)}`}
              {state === 'stopped' ? ', paused' : ''}
            </span>
            <span>
              {state === 'downloading'
                ? (formatRemaining(remainingMs) ?? (fraction === null ? '' : formatPercent(fraction)))
                : ''}
            </span>
          </div>
        </div>
      ) : null}
      <p role="status" className={isWaiting ? 'mt-1 text-xs text-warn' : 'sr-only'}>
        {isWaiting ? error.userMessage : ''}
      </p>
      {error === null || isWaiting ? null : (
        // What can be done stands beside the name.
        <ErrorNotice error={error} className="mt-3" />
      )}
    </>
  );
}
