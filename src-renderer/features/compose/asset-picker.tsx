import { useQuery } from '@tanstack/react-query';
import { FilePlus2 } from 'lucide-react';
import { useDeferredValue, useState } from 'react';
import { chooseAndAdd } from '../../app/add-media.ts';
import { commandQuery } from '../../app/command-data.ts';
import { useZone } from '../../app/zone.ts';
import { formatClock } from '../../ui/format.ts';
import { PickDialog, PickItem, PickList } from '../../ui/pick-dialog.tsx';
import { formatDateIn } from '../../ui/zone-time.ts';
import { Thumbnail } from '../library/thumbnail.tsx';

interface AssetPickerProps {
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
  onPick: (assetId: string) => void;
}

/** Finds a recording or picture of the library by its title or by what is said in it. */
export function AssetPicker({ isOpen, onOpenChange, onPick }: AssetPickerProps) {
  return (
    <PickDialog isOpen={isOpen} onOpenChange={onOpenChange} title="Add media to the post">
      <PickerList
        onPick={(assetId) => {
          onOpenChange(false);
          onPick(assetId);
        }}
      />
    </PickDialog>
  );
}

function PickerList({ onPick }: { onPick: (assetId: string) => void }) {
  const zone = useZone();
  const [text, setText] = useState('');
  const wanted = useDeferredValue(text.trim());
  const { data, isPlaceholderData } = useQuery({
    ...commandQuery('searchLibrary', {
      ...(wanted === '' ? {} : { text: wanted }),
      sort: wanted === '' ? 'newest' : 'relevance',
      // What failed has nothing to post, and what was rejected is not meant to be.
      statuses: ['ingesting', 'review', 'approved'],
      limit: 20,
    }),
    placeholderData: (previous) => previous,
  });
  return (
    <PickList
      label="Recordings and pictures"
      placeholder="Search recordings and pictures"
      text={text}
      onText={setText}
      foundFor={data === undefined || isPlaceholderData ? null : wanted}
      firstValue={data?.items[0]?.assetId}
    >
      {data?.items.map((asset) => (
        <PickItem
          key={asset.assetId}
          value={asset.assetId}
          onSelect={() => onPick(asset.assetId)}
          icon={
            <span className="block h-9 w-14 shrink-0 overflow-hidden rounded border border-line">
              <Thumbnail asset={asset} />
            </span>
          }
        >
          <span className="block truncate font-medium">{asset.title}</span>
          <span className="block text-xs text-ink-soft tabular">
            {[
              asset.durationMs === null ? null : formatClock(asset.durationMs),
              formatDateIn(asset.capturedAt ?? asset.createdAt, zone),
            ]
              .filter((part) => part !== null)
              .join(', ')}
          </span>
        </PickItem>
      ))}
      <PickItem
        value="add-files"
        icon={<FilePlus2 />}
        onSelect={() => void chooseAndAdd('media-files')}
        className="mt-1 text-ink-soft"
      >
        Add files to the library…
      </PickItem>
    </PickList>
  );
}
