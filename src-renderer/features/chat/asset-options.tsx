import { useQuery } from '@tanstack/react-query';
import { useDeferredValue, useState } from 'react';
import { commandQuery } from '../../app/command-data.ts';
import { formatClock } from '../../ui/format.ts';
import { KindIcon } from '../library/kind-icon.tsx';
import type { FoundAsset } from '../library/use-paged-assets.ts';

const mostOffered = 7;

export interface AssetChoice {
  options: readonly FoundAsset[];
  isSearching: boolean;
  highlighted: FoundAsset | undefined;
  move: (by: 1 | -1) => void;
}

/** Recordings whose title or words fit, of which one is highlighted. */
export function useAssetChoice(text: string, isEnabled: boolean, without: readonly string[]): AssetChoice {
  const wanted = useDeferredValue(text.trim());
  const [place, setPlace] = useState({ wanted, index: 0 });
  const { data, isPending } = useQuery({
    ...commandQuery('searchLibrary', {
      ...(wanted === '' ? {} : { text: wanted }),
      sort: wanted === '' ? 'newest' : 'relevance',
      limit: mostOffered + without.length,
    }),
    enabled: isEnabled,
    placeholderData: (previous) => previous,
  });
  const options = (data?.items ?? [])
    .filter(({ assetId }) => !without.includes(assetId))
    .slice(0, mostOffered);
  // Other words are another list: it begins at its top.
  const index = place.wanted === wanted ? Math.min(place.index, Math.max(0, options.length - 1)) : 0;
  return {
    options,
    isSearching: isPending,
    highlighted: options[index],
    move: (by) => {
      if (options.length > 0) setPlace({ wanted, index: (index + by + options.length) % options.length });
    },
  };
}

interface AssetOptionsProps {
  id: string;
  choice: AssetChoice;
  onChoose: (asset: FoundAsset) => void;
}

export function optionId(listId: string, assetId: string): string {
  return `${listId}-${assetId}`;
}

/** The list itself; the focus stays in the field that it belongs to. */
export function AssetOptions({ id, choice, onChoose }: AssetOptionsProps) {
  if (choice.options.length === 0) {
    return (
      <p id={id} role="status" className="px-3 py-4 text-center text-ink-soft">
        {choice.isSearching ? 'Looking…' : 'No recording fits.'}
      </p>
    );
  }
  return (
    <ul id={id} role="listbox" aria-label="Recordings">
      {choice.options.map((asset) => (
        <li
          key={asset.assetId}
          id={optionId(id, asset.assetId)}
          role="option"
          aria-selected={asset === choice.highlighted}
          // A press would take the focus out of the field.
          onPointerDown={(event) => event.preventDefault()}
          onClick={() => onChoose(asset)}
          className="flex h-9 items-center gap-2.5 rounded-md px-2.5 hover:bg-hover aria-selected:bg-hover"
        >
          <KindIcon kind={asset.kind} className="size-4 shrink-0 text-ink-soft" />
          <span className="min-w-0 flex-1 truncate">{asset.title}</span>
          <span className="shrink-0 text-xs text-ink-faint tabular">
            {asset.durationMs === null ? '' : formatClock(asset.durationMs)}
          </span>
        </li>
      ))}
    </ul>
  );
}
