import { Check, RotateCw, Trash2, X } from 'lucide-react';
import { Button, IconButton } from '../../ui/button.tsx';
import { formatCount } from '../../ui/format.ts';
import { canRetry } from './asset-words.ts';
import type { AssetActions } from './use-asset-actions.tsx';
import type { FoundAsset } from './use-paged-assets.ts';

interface SelectionBarProps {
  selected: ReadonlyMap<string, FoundAsset>;
  actions: AssetActions;
  onClear: () => void;
}

/** What can be done with all that is selected. */
export function SelectionBar({ selected, actions, onClear }: SelectionBarProps) {
  if (selected.size === 0) return null;
  const assets = [...selected.values()];
  const decide = (decision: 'approve' | 'reject') => {
    for (const asset of assets) if (asset.status === 'review') actions.review(asset, decision);
    onClear();
  };
  const isAnyInReview = assets.some(({ status }) => status === 'review');
  return (
    <div
      role="toolbar"
      aria-label="Selected assets"
      className="absolute bottom-5 left-1/2 flex -translate-x-1/2 animate-enter items-center gap-1 rounded-xl bg-raised p-1.5 pl-4 shadow-pop"
    >
      <span className="mr-3 font-medium tabular">{formatCount(selected.size)} selected</span>
      {isAnyInReview ? (
        <>
          <Button look="ghost" onClick={() => decide('approve')}>
            <Check /> Approve
          </Button>
          <Button look="ghost" onClick={() => decide('reject')}>
            <X /> Reject
          </Button>
        </>
      ) : null}
      {assets.some(canRetry) ? (
        <Button
          look="ghost"
          onClick={() => {
            for (const asset of assets) if (canRetry(asset)) actions.retry(asset);
            onClear();
          }}
        >
          <RotateCw /> Try again
        </Button>
      ) : null}
      <Button look="ghost" className="text-bad" onClick={() => actions.remove(assets)}>
        <Trash2 /> Remove
      </Button>
      <IconButton label="Clear the selection" keys="Esc" onClick={onClear}>
        <X />
      </IconButton>
    </div>
  );
}
