import { Ban, Check, CornerUpLeft, Ellipsis, FolderOpen, MapPin, RotateCw, Trash2, X } from 'lucide-react';
import type { AssetSummary } from '../../../src-shared/domain/asset.ts';
import { IconButton } from '../../ui/button.tsx';
import { Menu, MenuItem, MenuSeparator } from '../../ui/menu.tsx';
import { canRetry } from './asset-words.ts';
import type { AssetActions } from './use-asset-actions.tsx';

interface AssetMenuProps {
  asset: AssetSummary;
  actions: AssetActions;
  /** Lists keep it out of the tab order: their own keys do the same. */
  tabIndex?: number;
  className?: string;
}

export function AssetMenu({ asset, actions, tabIndex, className }: AssetMenuProps) {
  const { status } = asset;
  return (
    <Menu
      trigger={
        <IconButton
          label={`More for ${asset.title}`}
          size="icon-small"
          {...(tabIndex === undefined ? {} : { tabIndex })}
          {...(className === undefined ? {} : { className })}
        >
          <Ellipsis />
        </IconButton>
      }
    >
      {status === 'review' || status === 'rejected' ? (
        <MenuItem icon={<Check />} onSelect={() => actions.review(asset, 'approve')}>
          Approve
        </MenuItem>
      ) : null}
      {status === 'review' || status === 'approved' ? (
        <MenuItem icon={<X />} onSelect={() => actions.review(asset, 'reject')}>
          Reject
        </MenuItem>
      ) : null}
      {status === 'approved' || status === 'rejected' ? (
        <MenuItem icon={<CornerUpLeft />} onSelect={() => actions.review(asset, 'return-to-review')}>
          Return to review
        </MenuItem>
      ) : null}
      {canRetry(asset) ? (
        <MenuItem icon={<RotateCw />} onSelect={() => actions.retry(asset)}>
          Try again
        </MenuItem>
      ) : null}
      {status === 'ingesting' ? (
        <MenuItem icon={<Ban />} onSelect={() => actions.cancel(asset)}>
          Cancel processing
        </MenuItem>
      ) : null}
      <MenuSeparator />
      {asset.isFileMissing ? (
        <>
          <MenuItem icon={<MapPin />} onSelect={() => actions.locate(asset, 'moved-file')}>
            Locate the file…
          </MenuItem>
          <MenuItem icon={<MapPin />} onSelect={() => actions.locate(asset, 'moved-folder')}>
            Look for it in a folder…
          </MenuItem>
        </>
      ) : (
        <MenuItem icon={<FolderOpen />} onSelect={() => actions.showInFolder(asset)}>
          Show in folder
        </MenuItem>
      )}
      <MenuItem icon={<Trash2 />} isDangerous onSelect={() => actions.remove([asset])}>
        Remove…
      </MenuItem>
    </Menu>
  );
}
