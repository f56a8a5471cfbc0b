import { useQueries } from '@tanstack/react-query';
import { Scissors, Trash2 } from 'lucide-react';
import { useState } from 'react';
import type { AssetDetail } from '../../../src-shared/domain/asset.ts';
import type { MediaReference } from '../../../src-shared/domain/variant-content.ts';
import { commandQuery } from '../../app/command-data.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { classNames } from '../../ui/class-names.ts';
import { formatClock } from '../../ui/format.ts';
import { Skeleton } from '../../ui/skeleton.tsx';
import { canBePlayed } from '../asset/use-player.ts';
import { Thumbnail } from '../library/thumbnail.tsx';
import { MakeReady } from '../renderings/make-ready.tsx';
import { ClipDialog } from './clip-dialog.tsx';

interface MediaEditorProps {
  media: readonly MediaReference[];
  /** That it goes to. */
  accountIds: readonly string[];
  onChange: (media: MediaReference[]) => void;
}

/** What goes with a post: each with words for those who cannot see or hear it, recordings with the part that is used. */
export function MediaEditor({ media, accountIds, onChange }: MediaEditorProps) {
  const assets = useQueries({
    queries: media.map(({ assetId }) => commandQuery('readMetadata', { assetId })),
  });
  const change = (index: number, part: Partial<MediaReference>) =>
    onChange(media.map((one, at) => (at === index ? { ...one, ...part } : one)));
  return (
    <ul aria-label="Media" className="flex flex-col gap-2 px-4 pb-3">
      {media.map((one, index) => {
        const query = assets[index];
        return (
          <li
            key={`${one.assetId} ${index}`}
            className="@container rounded-lg border border-line bg-panel p-2.5"
          >
            {query?.data === undefined ? (
              query?.error == null ? (
                <Skeleton className="h-14" />
              ) : (
                <div className="flex items-center gap-3">
                  <p className="min-w-0 flex-1 text-bad">{query.error.dto.userMessage}</p>
                  <IconButton
                    label="Remove"
                    size="icon-small"
                    onClick={() => onChange(media.toSpliced(index, 1))}
                  >
                    <Trash2 />
                  </IconButton>
                </div>
              )
            ) : (
              <>
                <MediaRow
                  asset={query.data}
                  reference={one}
                  onChange={(part) => change(index, part)}
                  onRemove={() => onChange(media.toSpliced(index, 1))}
                />
                {accountIds.length === 0 ? null : (
                  <MakeReady assetId={one.assetId} clip={one.clip} accountIds={accountIds} className="mt-2" />
                )}
              </>
            )}
          </li>
        );
      })}
    </ul>
  );
}

interface MediaRowProps {
  asset: AssetDetail;
  reference: MediaReference;
  onChange: (change: Partial<MediaReference>) => void;
  onRemove: () => void;
}

function MediaRow({ asset, reference, onChange, onRemove }: MediaRowProps) {
  const [isCutting, setIsCutting] = useState(false);
  const { clip } = reference;
  const isPlayable = canBePlayed(asset);
  return (
    <div className="flex gap-3">
      <span className="block h-20 w-28 shrink-0 overflow-hidden rounded-md border border-line @max-[18rem]:hidden">
        <Thumbnail asset={asset} withoutPicture="waveform" />
      </span>
      <div className="flex min-w-0 flex-1 flex-col">
        <div className="flex items-center gap-2 @max-[26rem]:flex-wrap">
          <span
            title={asset.title}
            className={classNames(
              'min-w-0 flex-1 truncate text-xs font-medium',
              isPlayable && '@max-[26rem]:basis-full',
            )}
          >
            {asset.title}
          </span>
          {isPlayable ? (
            <Button look="ghost" size="small" className="h-6 px-1.5" onClick={() => setIsCutting(true)}>
              <Scissors />
              {clip === null
                ? `All of it, ${formatClock(asset.durationMs ?? 0)}`
                : `${formatClock(clip.startMs)} – ${formatClock(clip.endMs)}`}
            </Button>
          ) : null}
          <IconButton
            label={`Remove ${asset.title}`}
            size="icon-small"
            className="ml-auto size-6"
            onClick={onRemove}
          >
            <Trash2 />
          </IconButton>
        </div>
        <textarea
          aria-label={`Described for those who cannot ${asset.kind === 'audio' ? 'hear' : 'see'} it: ${asset.title}`}
          placeholder={
            asset.kind === 'audio'
              ? 'Alt text: what is heard, for those who cannot hear it'
              : 'Alt text: what is seen, for those who cannot see it'
          }
          value={reference.altText}
          maxLength={10_000}
          rows={2}
          onChange={({ target }) => onChange({ altText: target.value })}
          className="mt-1 field-sizing-content max-h-28 min-h-13 w-full flex-1 resize-none rounded-md border border-line bg-raised px-2 py-1 text-xs outline-none focus-visible:border-accent"
        />
      </div>
      {isPlayable ? (
        <ClipDialog
          isOpen={isCutting}
          onOpenChange={setIsCutting}
          asset={asset}
          clip={clip}
          onChange={(next) => onChange({ clip: next })}
        />
      ) : null}
    </div>
  );
}
