import { useQuery } from '@tanstack/react-query';
import { Command } from 'cmdk';
import { FilePlus2, Search } from 'lucide-react';
import { Dialog as Primitive } from 'radix-ui';
import { useDeferredValue, useState } from 'react';
import { chooseAndAdd } from '../../app/add-media.ts';
import { commandQuery } from '../../app/command-data.ts';
import { useZone } from '../../app/zone.ts';
import { formatClock } from '../../ui/format.ts';
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
    <Primitive.Root open={isOpen} onOpenChange={onOpenChange}>
      <Primitive.Portal>
        <Primitive.Overlay className="fixed inset-0 z-40 animate-fade bg-scrim" />
        <Primitive.Content
          aria-describedby={undefined}
          className="fixed top-[14vh] left-1/2 z-40 w-[min(38rem,calc(100vw-3rem))] -translate-x-1/2 animate-fade overflow-hidden rounded-xl bg-raised shadow-pop outline-none"
        >
          <Primitive.Title className="sr-only">Add media to the post</Primitive.Title>
          <PickerList
            onPick={(assetId) => {
              onOpenChange(false);
              onPick(assetId);
            }}
          />
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}

function PickerList({ onPick }: { onPick: (assetId: string) => void }) {
  const zone = useZone();
  const [text, setText] = useState('');
  const wanted = useDeferredValue(text.trim());
  const { data } = useQuery({
    ...commandQuery('searchLibrary', {
      ...(wanted === '' ? {} : { text: wanted }),
      sort: wanted === '' ? 'newest' : 'relevance',
      limit: 20,
    }),
    placeholderData: (previous) => previous,
  });
  return (
    <Command shouldFilter={false} label="Recordings and pictures">
      <div className="flex h-12 items-center gap-3 border-b border-line px-4">
        <Search className="size-4 shrink-0 text-ink-faint" />
        <Command.Input
          autoFocus
          value={text}
          onValueChange={setText}
          placeholder="Search recordings and pictures"
          className="h-full flex-1 bg-transparent text-base outline-none"
        />
      </div>
      <Command.List className="max-h-[52vh] overflow-y-auto p-1.5">
        <Command.Empty className="px-4 py-10 text-center text-ink-soft">
          Nothing was found for this.
        </Command.Empty>
        {data?.items.map((asset) => (
          <Command.Item
            key={asset.assetId}
            value={asset.assetId}
            onSelect={() => onPick(asset.assetId)}
            className="flex items-center gap-3 rounded-md px-2.5 py-1.5 data-[selected=true]:bg-hover"
          >
            <span className="block h-9 w-14 shrink-0 overflow-hidden rounded border border-line">
              <Thumbnail asset={asset} />
            </span>
            <span className="min-w-0 flex-1">
              <span className="block truncate font-medium">{asset.title}</span>
              <span className="block text-xs text-ink-soft tabular">
                {[
                  asset.durationMs === null ? null : formatClock(asset.durationMs),
                  formatDateIn(asset.capturedAt ?? asset.createdAt, zone),
                ]
                  .filter((part) => part !== null)
                  .join(', ')}
              </span>
            </span>
          </Command.Item>
        ))}
        <Command.Item
          value="add-files"
          onSelect={() => void chooseAndAdd('media-files')}
          className="mt-1 flex h-9 items-center gap-3 rounded-md border-t border-line px-2.5 text-ink-soft data-[selected=true]:bg-hover"
        >
          <FilePlus2 className="size-4" /> Add files to the library…
        </Command.Item>
      </Command.List>
    </Command>
  );
}
