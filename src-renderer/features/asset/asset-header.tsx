import { Link } from '@tanstack/react-router';
import { ArrowLeft, Check, PenLine, Redo2, Search, Undo2, X } from 'lucide-react';
import type { AssetDetail } from '../../../src-shared/domain/asset.ts';
import { shortcut } from '../../app/bridge.ts';
import { useZone } from '../../app/zone.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button, IconButton } from '../../ui/button.tsx';
import { EditableText } from '../../ui/editable-text.tsx';
import { formatDuration, formatLanguage } from '../../ui/format.ts';
import { formatDateIn } from '../../ui/zone-time.ts';
import { AskMenu } from '../ideas/ask-menu.tsx';
import { FileMissingBadge, StatusBadge } from '../library/asset-badges.tsx';
import { AssetMenu } from '../library/asset-menu.tsx';
import { KindIcon } from '../library/kind-icon.tsx';
import type { AssetActions } from '../library/use-asset-actions.tsx';
import { ExportMenu } from './export-menu.tsx';
import { useUpdateAsset } from './use-update-asset.ts';
import type { Transcript } from './use-transcript.ts';

interface AssetHeaderProps {
  asset: AssetDetail;
  actions: AssetActions;
  transcript: Transcript;
  from: 'review' | undefined;
  onFind: () => void;
}

export function AssetHeader({ asset, actions, transcript, from, onFind }: AssetHeaderProps) {
  const zone = useZone();
  const update = useUpdateAsset(asset.assetId);
  const hasText = (transcript.segments?.length ?? 0) > 0;
  return (
    <header className="shrink-0 border-b border-line px-6 pt-4 pb-3">
      <div className="flex items-center gap-1">
        <Link
          {...(from === 'review'
            ? { to: '/review' as const, search: { asset: asset.assetId } }
            : { to: '/library' as const })}
          className="-ml-2 flex h-7 items-center gap-1.5 rounded-md px-2 text-xs font-medium text-ink-soft hover:bg-hover hover:text-ink"
        >
          <ArrowLeft className="size-3.5" /> {from === 'review' ? 'Review' : 'Library'}
        </Link>
        <div className="ml-auto flex items-center gap-1">
          {hasText ? (
            <>
              <IconButton
                label="Undo"
                keys={shortcut('Z')}
                disabled={!transcript.canUndo}
                onClick={transcript.undo}
              >
                <Undo2 />
              </IconButton>
              <IconButton
                label="Redo"
                keys={shortcut('Shift Z')}
                disabled={!transcript.canRedo}
                onClick={transcript.redo}
              >
                <Redo2 />
              </IconButton>
              <IconButton label="Find and replace" keys={shortcut('F')} onClick={onFind}>
                <Search />
              </IconButton>
              <span className="mx-1 h-5 w-px bg-line" />
            </>
          ) : null}
          {asset.status === 'review' ? (
            <>
              <Button look="ghost" onClick={() => actions.review(asset, 'reject')}>
                <X /> Reject
              </Button>
              <Button look="good" onClick={() => actions.review(asset, 'approve')}>
                <Check /> Approve
              </Button>
            </>
          ) : null}
          {asset.status === 'ingesting' ? null : <AskMenu asset={asset} />}
          {asset.status === 'approved' ? (
            <Button look="primary" onClick={() => actions.writePost(asset)}>
              <PenLine /> Write a post
            </Button>
          ) : null}
          {asset.kind === 'image' ? null : <ExportMenu assetId={asset.assetId} isDisabled={!hasText} />}
          <AssetMenu asset={asset} actions={actions} />
        </div>
      </div>
      <h1 className="mt-1.5 font-serif text-2xl leading-tight font-medium tracking-tight">
        <EditableText
          label="Title"
          value={asset.title}
          placeholder={asset.originalName}
          isRequired
          onSave={(title) => update({ title: title.replace(/\s+/g, ' ') })}
        />
      </h1>
      <div className="mt-1.5 flex flex-wrap items-center gap-x-3 gap-y-1 text-xs text-ink-soft">
        <KindIcon kind={asset.kind} className="size-3.5" />
        {asset.durationMs === null ? null : (
          <span className="tabular">{formatDuration(asset.durationMs)}</span>
        )}
        <span>{formatDateIn(asset.capturedAt ?? asset.createdAt, zone)}</span>
        {asset.language === null ? null : <span>{formatLanguage(asset.language)}</span>}
        <StatusBadge asset={asset} />
        {asset.isSample ? <Badge>Sample</Badge> : null}
        <FileMissingBadge asset={asset} />
      </div>
    </header>
  );
}
