import {
  Ban,
  Check,
  CornerUpLeft,
  Ellipsis,
  FolderOpen,
  MapPin,
  PenLine,
  RotateCw,
  Trash2,
  X,
} from 'lucide-react';
import { useState } from 'react';
import type { AssetSummary } from '../../../src-shared/domain/asset.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { Menu, MenuItem, MenuSeparator } from '../../ui/menu.tsx';
import { canRetry } from './asset-words.ts';
import type { AssetActions } from './use-asset-actions.tsx';

interface AssetMenuProps {
  asset: AssetSummary;
  actions: AssetActions;
  className?: string;
}

/**
 * The menu in a list, of which there are many: it is made when the pointer comes near. It stays out of the tab order,
 * since the list has keys for what it does.
 */
export function LateAssetMenu({ asset, actions, className }: AssetMenuProps) {
  const [state, setState] = useState<'far' | 'near' | 'wanted'>('far');
  if (state === 'far') {
    return (
      <Button
        look="ghost"
        size="icon-small"
        tabIndex={-1}
        aria-label={`More for ${asset.title}`}
        onPointerEnter={() => setState('near')}
        onClick={() => setState('wanted')}
        className={className}
      >
        <Ellipsis />
      </Button>
    );
  }
  return (
    <AssetMenu
      asset={asset}
      actions={actions}
      tabIndex={-1}
      isInitiallyOpen={state === 'wanted'}
      {...(className === undefined ? {} : { className })}
    />
  );
}

interface OneAssetMenuProps extends AssetMenuProps {
  tabIndex?: number;
  isInitiallyOpen?: boolean;
}

export function AssetMenu({
  asset,
  actions,
  tabIndex,
  className,
  isInitiallyOpen = false,
}: OneAssetMenuProps) {
  const { status } = asset;
  return (
    <Menu
      isInitiallyOpen={isInitiallyOpen}
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
      {status === 'review' || status === 'approved' ? (
        <MenuItem icon={<PenLine />} onSelect={() => actions.writePost(asset)}>
          Write a post about it
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
